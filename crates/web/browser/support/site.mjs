// The site that `cargo xtask site` made, at a static host, in a browser of its own.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { Host } from "./host.mjs";
import { Visitor } from "./visitor.mjs";

const SITE = process.env.UNCLENCH_SITE ?? "";

/** How long a test may take, in milliseconds. */
export const LONGEST = 120_000;

/** What a release says of itself, as its worker has it. */
export const release = (folder) => JSON.parse(/^const RELEASE = (\{.*?\});$/m.exec(worker(folder))[1]);

const worker = (folder) => readFileSync(join(folder, "sw.js"), "utf8");

/** All that the host may be asked for once the program is there: whether there is a newer one. */
const isUpdate = (request, base) => request === `GET ${base}sw.js`;

export class Site {
  #folder = mkdtempSync(join(tmpdir(), "unclench-site-"));
  #profile = join(this.#folder, "profile");
  #releases = 0;

  constructor(engine) {
    assert.notEqual(SITE, "", "UNCLENCH_SITE names no folder with the site");
    this.engine = engine;
    this.host = new Host(SITE, release(SITE).base);
  }

  async begins() {
    await this.host.starts();
    await this.engine.starts(this.#profile);
  }

  async ends() {
    await this.engine.ends();
    await this.host.stops().catch(() => {});
    await isRemoved(this.#folder);
  }

  /** Another tab of the same browser. */
  async arrives() {
    return new Visitor(await this.engine.opensTab(), this.host);
  }

  /** The browser is closed and opened again. */
  async restarts() {
    await this.engine.ends();
    await this.engine.starts(this.#profile);
    return this.arrives();
  }

  /** The browser dies at once, as where a phone is short of memory. */
  async dies() {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      if (isStartedWith(pid, this.#profile)) process.kill(Number(pid), "SIGKILL");
    }
    // What drives it may wait for an answer of the dead.
    await Promise.race([this.engine.ends().catch(() => {}), sleep(2000)]);
  }

  /** All that the browser kept is gone. */
  async isWiped() {
    await this.engine.ends();
    await isRemoved(this.#profile);
    await this.engine.starts(this.#profile);
    return this.arrives();
  }

  /** The host gets the next release; `changed` may break its worker. */
  publishes(changed = (script) => script) {
    const folder = join(this.#folder, `release-${(this.#releases += 1)}`);
    cpSync(SITE, folder, { recursive: true });
    const version = `next-${this.#releases}`;
    writeFileSync(join(folder, "sw.js"), changed(worker(folder).replace(release(folder).version, version)));
    this.host.folder = folder;
    return version;
  }

  /** Which releases the browser has whole, and which of them is in charge. */
  async releases(visitor) {
    const { cached, waiting } = await visitor.tab.does(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return { cached: await caches.keys(), waiting: registration.waiting !== null };
    });
    return { cached: cached.map((name) => name.split(" ").at(-1)), waiting };
  }

  /** Looks for a newer release, as browsers do after a while. */
  async looksForUpdates(visitor) {
    await visitor.tab.does(() => navigator.serviceWorker.getRegistration().then((registration) => registration.update()).then(() => undefined));
  }

  /** From here on the host is asked for nothing but updates. */
  isInstalled() {
    this.host.requests.length = 0;
  }

  get stray() {
    return this.host.requests.filter((request) => !isUpdate(request, this.host.base));
  }
}

/** A browser that was closed may still write for a moment. */
async function isRemoved(folder) {
  for (let tries = 0; ; tries += 1) {
    try {
      return rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (tries === 50) throw error;
      await sleep(100);
    }
  }
}

/** Whether a program was started with this word. */
function isStartedWith(pid, word) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(word);
  } catch {
    return false; // It ended meanwhile.
  }
}

/** Says how to tell a test about one visitor at one engine. */
export function journeys(Engine) {
  const engine = new Engine();
  after(() => engine.leaves?.());
  return (name, told, longest = LONGEST) =>
    test(`${Engine.called}: ${name}`, { timeout: longest }, async () => {
      const site = new Site(engine);
      let visitor;
      try {
        await site.begins();
        visitor = await site.arrives();
        await told(visitor, site);
      } catch (error) {
        if (visitor) error.stack += `\n\n${await visitor.describes()}\n${site.host.requests.join("\n")}`;
        throw error;
      } finally {
        await site.ends();
      }
    });
}
