// A person in front of the pages: what they press, tick, write and read, by the
// words that stand on the screen.

import assert from "node:assert/strict";

import { MORNING } from "./program.mjs";

/** Part of a label, wherever it stands and however it is written. */
export const part = (words) => new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");

/** The records of people who were triaged, by their answers. */
const triaged = new Map();

/** A form has so many screens at most; more would be a circle. */
const MOST_SCREENS = 40;

export class Person {
  /** Whether nothing fits on the screen that was filled in. */
  #saysNone = false;

  constructor(page, program, watch) {
    this.page = page;
    this.program = program;
    this.watch = watch;
  }

  /** The path of the page. */
  get place() {
    return new URL(this.page.url()).pathname;
  }

  get main() {
    return this.page.getByRole("main");
  }

  async opens(path = "/") {
    await this.page.goto(`${this.program.origin}${path}`);
  }

  /** Presses a button of the page. */
  async presses(name) {
    await this.page.getByRole("button", { name: part(name) }).first().click();
  }

  /** Follows a link of the page. */
  async follows(name) {
    await this.page.getByRole("link", { name: part(name) }).first().click();
  }

  /** Opens what is folded away. */
  async unfolds(name) {
    const summary = this.page.locator("summary").filter({ hasText: part(name) }).first();
    // Whoever looks at a page unfolds all of it.
    if (!(await summary.evaluate((folded) => folded.parentElement.open))) await summary.click();
  }

  /** Ticks a box. */
  async ticks(label) {
    await this.page.getByRole("checkbox", { name: part(label) }).first().check();
  }

  /** Chooses one of several, in the group whose heading says `of`. */
  async chooses(option, of) {
    const group = of === undefined ? this.page : this.page.getByRole("group", { name: part(of) }).first();
    // On a scale, 1 is not 10.
    const name = /^\d+$/.test(option) ? new RegExp(`^${option}\\b`) : part(option);
    await group.getByRole("radio", { name }).first().check();
  }

  /** Writes into a field. */
  async writes(label, text) {
    const fields = this.page.locator("input, textarea");
    await this.page.getByLabel(part(label)).and(fields).first().fill(text);
  }

  /** The heading of the page. */
  async heading() {
    return (await this.page.getByRole("heading", { level: 1 }).first().innerText()).trim();
  }

  /** What stands on the page. */
  async reads() {
    return this.main.innerText();
  }

  /** Where the person is and what stands there, for whoever reads about a test that failed. */
  async describes() {
    const text = await this.main.innerText({ timeout: 1_000 }).catch(() => "(nothing)");
    return `At ${this.program.now.toISOString()} ${this.place} says:\n${text}`;
  }

  /** The words are on the page, for anybody to see. */
  async sees(words) {
    await this.page.getByText(part(words)).locator("visible=true").first().waitFor({ timeout: 5_000 }).catch(async () => {
      assert.fail(`"${words}" is not on ${this.place}`);
    });
  }

  async seesNo(words) {
    assert.ok(!part(words).test(await this.reads()), `"${words}" is on ${this.place}`);
  }

  async isAt(path) {
    await this.page.waitForURL(`${this.program.origin}${path}`, { timeout: 5_000 }).catch(() => {});
    assert.equal(this.place, path);
  }

  /** A question of the interview is shown, at an address of its own. */
  async isAsked() {
    await this.page.waitForURL(`${this.program.origin}/question/*`, { timeout: 5_000 }).catch(() => {});
    assert.match(this.place, /^\/question\/[a-z_]+$/);
  }

  /** Says that something changed, and what. */
  async saysWhatChanged(what) {
    await this.isAt("/changed");
    await this.presses(what);
    await this.isAsked();
  }

  /** What the record holds: its events, in order. */
  async events() {
    const response = await this.page.request.get(`${this.program.origin}/data/export.json`);
    return (await response.json()).events;
  }

  /** Begins the interview. */
  async begins() {
    await this.opens("/");
    await this.presses("Check the danger signs");
    await this.isAsked();
  }

  /**
   * Fills in the screen of the interview that is shown. `answers` names a field by
   * part of its words, and `fits` the lines to tick; whatever it does not
   * name is answered with none, no, nought, or the first that is offered. Whether "none of
   * these" is still to be pressed.
   */
  async fillsIn(answers) {
    this.#saysNone = false;
    const form = this.page.locator("form.question");
    for (const folded of await form.locator("fieldset details:not([open]) > summary").all()) await folded.click();
    for (const group of await form.locator("fieldset").all()) {
      const boxes = group.getByRole("checkbox");
      if ((await boxes.count()) > 0) {
        await this.#ticksWhatFits(boxes, answers.fits ?? []);
      } else {
        await this.#choosesOne(group, answers);
      }
    }
    // A number that can be tapped as well was.
    for (const field of await form.locator("input[type=text]:not([data-near] *)").all()) {
      const label = await field.evaluate((input) => input.labels[0].innerText);
      const given = answer(answers, label);
      if (given === "not sure") {
        await form.getByRole("checkbox", { name: "Not sure", exact: true }).first().check();
      } else {
        await field.fill(given ?? "0");
      }
    }
    return this.#saysNone;
  }

  /** How many fields of the form are ticked, chosen or written in. */
  async chosen() {
    const fields = this.page.locator("form.question :is(input:checked, input[type=text])");
    return fields.evaluateAll((fields) => fields.filter((field) => field.value !== "").length);
  }

  async #ticksWhatFits(boxes, fits) {
    let isAny = false;
    for (const words of fits) {
      const box = boxes.and(this.page.getByRole("checkbox", { name: part(words) }));
      if ((await box.count()) === 0) continue;
      await box.first().check();
      isAny = true;
    }
    // Where "none of these" was the answer, it is a line; else it is the button that goes on.
    const line = boxes.and(this.page.locator("[name$='-none']"));
    const isLine = (await line.count()) > 0;
    if (!isAny && isLine) await line.check();
    const hasButton = (await this.page.locator("button[data-none]").count()) > 0;
    this.#saysNone = !isAny && !isLine && hasButton;
    // What was ticked before stands in the way of "none of these".
    if (this.#saysNone) for (const box of await boxes.all()) await box.uncheck();
  }

  async #choosesOne(group, answers) {
    const legend = await group.locator("legend").innerText();
    const heading = await this.heading();
    const given = answer(answers, legend) ?? answer(answers, heading);
    const options = group.getByRole("radio");
    const no = group.getByRole("radio", { name: "No", exact: true });
    const isTapped = given === undefined || (await group.locator(`input[value="${given}"]`).count()) > 0;
    if (!isTapped && /^\d+$/.test(given)) return group.getByRole("textbox").fill(given);
    const option = given === undefined
      ? (await no.count()) > 0 ? no : options.first()
      : /^\d+$/.test(given) ? group.locator(`input[value="${given}"]`) : group.getByRole("radio", { name: part(given) });
    await option.first().check();
  }

  /** Looks at every line and says that none of them fits. */
  async saysNone() {
    await this.page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
    await this.page.locator("button[data-none]").click();
  }

  /** On to the next screen: with "none of these", where nothing of what was filled in fits. */
  async goesOn() {
    if (!this.#saysNone) return this.page.getByRole("button", { name: "Continue" }).click();
    this.#saysNone = false;
    await this.saysNone();
  }

  /** Answers whatever is asked, until something else than a question comes; the headings of what was asked. */
  async goesThrough(answers) {
    const asked = [];
    // The interview, and the questions of other pages.
    while ((await this.page.getByRole("button", { name: "Continue" }).count()) > 0) {
      assert.ok(asked.length < MOST_SCREENS, `the questions go round in circles: ${asked.join(" | ")}`);
      asked.push(await this.heading());
      await this.fillsIn(answers);
      await this.goesOn();
    }
    return asked;
  }

  /** Answers until the screen with this heading comes. */
  async goesThroughUntil(heading, answers) {
    for (let screen = 0; !part(heading).test(await this.heading()); screen += 1) {
      assert.ok(screen < MOST_SCREENS, `"${heading}" is never asked`);
      await this.fillsIn(answers);
      await this.goesOn();
    }
  }

  /**
   * Has been from the first page to the outcome, and looks at it. Only the first to
   * give these answers in a file of tests clicks through the interview; the others
   * get a copy of that record.
   */
  async isTriaged(answers) {
    const key = JSON.stringify(answers);
    const isNew = this.program.now.toISOString() === new Date(MORNING).toISOString() && !this.watch.requests.some((request) => request.startsWith("POST"));
    const known = isNew && triaged.get(key);
    if (known) {
      await this.program.takeOver(known);
      return this.opens("/outcome");
    }
    await this.begins();
    await this.concludes(answers);
    await this.isAt("/outcome");
    if (isNew) triaged.set(key, await this.program.copyRecord());
  }

  /** Answers whatever is left to ask and confirms it. */
  async concludes(answers) {
    await this.goesThrough(answers);
    if (this.place === "/check") await this.presses("All correct");
  }
}

/** The answer to a field: its key is part of the field's words. */
export function answer(answers, words) {
  const key = Object.keys(answers).find((key) => key !== "fits" && part(key).test(words));
  return key === undefined ? undefined : answers[key];
}
