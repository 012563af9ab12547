// WebKit, by WebKitGTK's own driver; it needs a display, and Xvfb is one.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { WebDriver } from "./webdriver.mjs";

const BINARY = fileURLToPath(new URL("webkit.py", import.meta.url));

export class WebKit {
  static called = "WebKit";
  #driver;
  #display;
  #isFirst = true;
  #starts = 0;

  async starts(profile) {
    mkdirSync(profile, { recursive: true });
    this.profile = profile;
    const own = 100 + (process.pid % 900);
    this.#display ??= await display(own);
    // Another port each time: the one before may still be held.
    const port = 20_000 + own * 20 + ((this.#starts += 1) % 20);
    this.#driver = new WebDriver(["WebKitWebDriver", `--port=${port}`], port, { DISPLAY: this.#display.name, TZ: "Europe/London" });
    await this.#driver.begins({ "webkitgtk:browserOptions": { binary: BINARY, args: [profile] } });
    this.#isFirst = true;
  }

  async ends() {
    await this.#driver?.ends();
    this.#driver = undefined;
  }

  /** The display goes with the last browser. */
  leaves() {
    this.#display?.process.kill();
  }

  async opensTab() {
    // A session begins with a window.
    const { handle } = this.#isFirst ? { handle: await this.#driver.sends("GET", "/window") } : await this.#driver.sends("POST", "/window/new", { type: "window" });
    this.#isFirst = false;
    return new Tab(this.#driver, handle, this.profile);
  }
}

class Tab {
  #driver;
  #handle;
  #profile;

  constructor(driver, handle, profile) {
    this.#driver = driver;
    this.#handle = handle;
    this.#profile = profile;
  }

  #sends(method, path, body) {
    return this.#driver.sendsTo(this.#handle, method, path, body);
  }

  async goes(address) {
    await this.#sends("POST", "/url", { url: address });
  }

  async does(inside, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve((${inside})(...${JSON.stringify(args)})).then((said) => done({ said }), (error) => done({ error: String(error) }));`;
    const { said, error } = await this.#sends("POST", "/execute/async", { script, args: [] });
    if (error) throw new Error(error);
    return said ?? undefined;
  }

  async reloads() {
    await this.#sends("POST", "/refresh", {});
  }

  async reloadsHard() {
    process.kill(Number(readFileSync(`${this.#profile}/pid`, "utf8")), "SIGUSR1");
  }

  async closes() {
    await this.#sends("DELETE", "/window");
  }
}

async function display(number) {
  const name = `:${number}`;
  const server = spawn("Xvfb", [name, "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], { stdio: "ignore" });
  process.on("exit", () => server.kill());
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { name, process: server };
}
