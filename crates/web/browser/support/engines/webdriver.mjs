// As much of W3C WebDriver as the tests need: https://www.w3.org/TR/webdriver2/

import { spawn } from "node:child_process";

/** A driver, and one session of the browser that it starts. */
export class WebDriver {
  #process;
  #address;
  #session;
  #before = Promise.resolve();

  /** @param {string[]} command the driver with its port as the last word */
  constructor(command, port, env) {
    this.#process = spawn(command[0], command.slice(1), { env: { ...process.env, ...env }, stdio: "ignore" });
    this.#address = `http://127.0.0.1:${port}`;
  }

  async begins(capabilities) {
    await this.#isUp();
    const { sessionId } = await this.#asks("POST", "/session", { capabilities: { alwaysMatch: capabilities } });
    this.#session = `/session/${sessionId}`;
    await this.sends("POST", "/timeouts", { script: 30_000, pageLoad: 30_000, implicit: 0 });
  }

  async ends() {
    // A browser that died answers nothing more.
    if (this.#session) await this.#asks("DELETE", this.#session, {}, 2_000).catch(() => {});
    this.#process.kill("SIGKILL");
  }

  /** A command of the session. */
  sends(method, path, body) {
    return this.#asks(method, `${this.#session}${path}`, body);
  }

  /** A command to one window. One at a time, for a session looks at one window only. */
  sendsTo(handle, method, path, body) {
    const sent = this.#before.then(async () => {
      await this.sends("POST", "/window", { handle });
      return this.sends(method, path, body);
    });
    this.#before = sent.catch(() => {});
    return sent;
  }

  async #isUp() {
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.#asks("GET", "/status");
      } catch (error) {
        if (tries === 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  async #asks(method, path, body = {}, patience = 60_000) {
    const response = await fetch(this.#address + path, {
      method,
      body: method === "POST" ? JSON.stringify(body) : undefined,
      signal: AbortSignal.timeout(patience),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }
}
