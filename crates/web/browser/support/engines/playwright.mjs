// Chromium and Firefox, each with a profile that outlives it.

import { chromium, firefox } from "../libraries.mjs";
import { findChromium, findFirefox } from "../browsers.mjs";

const ABOUT_PEOPLE = {
  locale: "en-GB",
  timezoneId: "Europe/London",
  viewport: { width: 390, height: 844 },
  // Workers of Firefox know of neither of the first two.
  env: { ...process.env, TZ: "Europe/London" },
};

const IN_BRITAIN = { "intl.accept_languages": "en-GB, en" };

class Playwright {
  #context;
  #type;
  #options;

  constructor(type, options) {
    this.#type = type;
    this.#options = options;
  }

  async starts(profile) {
    this.#context = await this.#type.launchPersistentContext(profile, { ...ABOUT_PEOPLE, ...this.#options });
  }

  async ends() {
    await this.#context?.close();
    this.#context = undefined;
  }

  async opensTab() {
    return this.makesTab(await this.#context.newPage());
  }
}

class Tab {
  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(20_000);
  }

  /** Goes to an address, whatever comes of it. */
  async goes(address) {
    await this.page.goto(address).catch((error) => {
      // Where a page sends itself on while it loads, the first of the two is not the end.
      if (!/interrupted|NS_BINDING_ABORTED|ERR_ABORTED/.test(error.message)) throw error;
    });
  }

  /** What a function says inside the page. */
  does(inside, ...args) {
    return this.page.evaluate(`(${inside})(...${JSON.stringify(args)})`);
  }

  async reloads() {
    await this.page.reload();
  }

  async closes() {
    await this.page.close();
  }
}

class ChromiumTab extends Tab {
  async reloadsHard() {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send("Page.reload", { ignoreCache: true });
    await session.detach();
  }

  /** A way to end every worker at once, as a phone does that is short of memory. */
  async killer() {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send("ServiceWorker.enable");
    return { kill: () => session.send("ServiceWorker.stopAllWorkers"), ends: () => session.detach() };
  }
}

class FirefoxTab extends Tab {
  async reloadsHard() {
    // The hard reload of the keyboard, for which Firefox has a word of its own.
    await this.does(() => void location.reload(true));
  }
}

export class Chromium extends Playwright {
  static called = "Chromium";

  constructor() {
    super(chromium, { executablePath: findChromium(), args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"] });
  }

  makesTab(page) {
    return new ChromiumTab(page);
  }
}

export class Firefox extends Playwright {
  static called = "Firefox";

  constructor(firefoxUserPrefs = {}) {
    super(firefox, { channel: "moz-firefox", executablePath: findFirefox(), firefoxUserPrefs: { ...IN_BRITAIN, ...firefoxUserPrefs } });
  }

  makesTab(page) {
    return new FirefoxTab(page);
  }
}

/** A Firefox with so little room for a site, 10 MB, that a test can fill it. */
export class NarrowFirefox extends Firefox {
  constructor() {
    super({ "dom.quotaManager.temporaryStorage.fixedLimit": 40_000 });
  }
}

/** A Firefox without workers, as old browsers and careful people have it. */
export class WorkerlessFirefox extends Firefox {
  constructor() {
    super({ "dom.serviceWorkers.enabled": false });
  }
}

/** A Firefox that opens private windows only. */
export class PrivateFirefox extends Firefox {
  constructor() {
    super({ "browser.privatebrowsing.autostart": true });
  }
}
