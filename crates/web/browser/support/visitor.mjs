// A person at a tab of any engine: what they press, tick and read, by the words on the
// screen. The smaller sister of `person.mjs`, for engines that Playwright does not drive.

import assert from "node:assert/strict";

/** How long a page may take, in milliseconds: a busy machine is no fault of ours. */
const PATIENCE = 20_000;

/** A form has so many screens at most; more would be a circle. */
const MOST_SCREENS = 40;

const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));

export class Visitor {
  /** Whether nothing fits on the screen that was filled in. */
  #saysNone = false;

  constructor(tab, host) {
    this.tab = tab;
    this.host = host;
  }

  address(path) {
    return `${this.host.origin}${this.host.base}${path.slice(1)}`;
  }

  async opens(path = "/") {
    await this.tab.goes(this.address(path));
    await this.isThere();
  }

  /** Waits until `inside` says yes in the page. A page that is just being left says nothing. */
  async waits(inside, ...args) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const said = await this.tab.does(inside, ...args).catch(() => undefined);
      if (said) return said;
      if (Date.now() > end) assert.fail(`${inside} ${JSON.stringify(args)} never held; ${await this.describes()}`);
      await sleep(25);
    }
  }

  /** The page is loaded, and it is no page that was left, nor the empty one that Firefox has between two. */
  isThere() {
    return this.waits(() => document.readyState === "complete" && !window.isLeft && document.querySelector("h1") !== null);
  }

  async place() {
    const path = await this.tab.does(() => location.pathname);
    return `/${path.slice(this.host.base.length)}`;
  }

  async isAt(path) {
    await this.waits((path) => location.pathname === path && document.readyState === "complete" && !window.isLeft, this.host.base + path.slice(1));
  }

  heading() {
    return this.tab.does(() => document.querySelector("h1").innerText.trim());
  }

  reads() {
    return this.tab.does(() => (document.querySelector("main") ?? document.body).innerText);
  }

  async sees(words) {
    await this.waits((words) => document.body.innerText.toLowerCase().includes(words.toLowerCase()), words);
  }

  async describes() {
    const said = await this.tab.does(() => `${location.pathname} says:\n${document.body.innerText}`).catch(String);
    return said;
  }

  /** Presses a button, or follows a link. */
  async presses(words) {
    await this.tab.does((words) => {
      const said = (element) => element.innerText.trim().toLowerCase();
      const all = [...(document.querySelector("main") ?? document).querySelectorAll("button, a[href]")].filter((one) => one.checkVisibility());
      const found = all.find((one) => said(one) === words.toLowerCase()) ?? all.find((one) => said(one).includes(words.toLowerCase()));
      if (!found) throw new Error(`nothing to press says "${words}" among: ${all.map(said).join(" | ")}`);
      window.isLeft = true;
      found.click();
    }, words);
    await this.isThere();
  }

  /** Chooses one of several, in the group whose heading says `of`. */
  async chooses(option, of) {
    await this.tab.does((option, of) => {
      const has = (element, words) => element?.textContent.toLowerCase().includes(words.toLowerCase());
      const group = [...document.querySelectorAll("fieldset")].find((one) => has(one.querySelector("legend"), of));
      const radios = [...(group?.querySelectorAll("input[type=radio]") ?? [])];
      const found = radios.find((radio) => (/^\d+$/.test(option) ? radio.value === option : [...radio.labels].some((label) => has(label, option))));
      if (!found) throw new Error(`no "${option}" in "${of}"`);
      found.click();
    }, option, of);
  }

  async ticks(words) {
    await this.tab.does((words) => {
      const boxes = [...document.querySelectorAll("input[type=checkbox]")];
      boxes.find((box) => [...box.labels].some((label) => label.textContent.includes(words))).click();
    }, words);
  }

  /** Answers whatever is asked, as `answers` says, until something else than a question comes. */
  async goesThrough(answers) {
    const asked = [];
    while (await this.tab.does(() => document.querySelector("[data-continue]") !== null)) {
      assert.ok(asked.length < MOST_SCREENS, `the questions go round in circles: ${asked.join(" | ")}`);
      asked.push(await this.heading());
      await this.fillsIn(answers);
      await this.goesOn();
    }
    return asked;
  }

  /** Fills in one screen: what `answers` does not name is none, no, nought, or the first that is offered. */
  async fillsIn(answers) {
    this.#saysNone = await this.tab.does((answers) => {
      const has = (text, words) => text.toLowerCase().includes(words.toLowerCase());
      const label = (input) => [...input.labels].map((one) => one.textContent.trim()).join(" ").trim();
      const given = (text) => answers[Object.keys(answers).find((words) => words !== "fits" && has(text, words))];
      const form = document.querySelector("form.question, form[data-first-screen]");
      let saysNone = false;
      for (const group of form.querySelectorAll("fieldset")) {
        const boxes = [...group.querySelectorAll("input[type=checkbox]")];
        const radios = [...group.querySelectorAll("input[type=radio]")];
        if (boxes.length > 0) {
          const fits = boxes.filter((box) => (answers.fits ?? []).some((words) => has(label(box), words)));
          const chosen = fits.length > 0 ? fits : boxes.filter((box) => box.name.endsWith("-none"));
          for (const box of chosen) box.checked || box.click();
          saysNone = chosen.length === 0 && form.querySelector("button[data-none]") !== null;
          if (saysNone) for (const box of boxes) box.checked && box.click();
        } else if (radios.length > 0) {
          const words = given(group.querySelector("legend").textContent) ?? given(document.querySelector("h1").textContent);
          const no = radios.find((radio) => label(radio) === "No") ?? radios[0];
          const fits = (radio) => (/^\d+$/.test(words) ? radio.value === words : has(label(radio), words));
          const chosen = words === undefined ? no : radios.find(fits);
          if (chosen) chosen.click();
          else group.querySelector("input[type=text]").value = words;
        }
      }
      for (const field of form.querySelectorAll("input[type=text]:not([data-near] *)")) field.value = given(label(field)) ?? "0";
      return saysNone;
    }, answers);
  }

  /** On to the next screen: with "none of these", where nothing of what was filled in fits. */
  async goesOn() {
    const none = this.#saysNone && (await this.tab.does(() => {
      // Every line is looked at first.
      scrollTo({ top: document.body.scrollHeight, behavior: "instant" });
      return document.querySelector("button[data-none]").innerText;
    }));
    this.#saysNone = false;
    await this.presses(none || "Continue");
  }

  /** From the first page to the outcome. */
  async isTriaged(answers) {
    await this.opens("/");
    await this.presses("Check the danger signs");
    await this.concludes(answers);
  }

  async concludes(answers) {
    const asked = await this.goesThrough(answers);
    await this.presses("All correct");
    await this.isAt("/outcome");
    return asked;
  }

  /** What the record holds: its events, in order. */
  async events() {
    const text = await this.tab.does((address) => fetch(address).then((response) => response.text()), this.address("/data/export.json"));
    return JSON.parse(text).events;
  }

  /** Chooses a file, which is all that the page wants. */
  async brings(text, name) {
    await this.tab.does((text, name) => {
      const files = new DataTransfer();
      files.items.add(new File([text], name, { type: "application/json" }));
      const field = document.querySelector("input[type=file]");
      field.files = files.files;
      window.isLeft = true;
      field.dispatchEvent(new Event("change"));
    }, text, name);
    await this.isThere();
  }
}
