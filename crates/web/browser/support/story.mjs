// A test is a story about one person, one browser and one program.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { chromium } from "./libraries.mjs";
import { Person } from "./person.mjs";
import { MORNING, Program } from "./program.mjs";
import { Watch } from "./watch.mjs";
import { findChromium } from "./browsers.mjs";

/** Sizes of windows, in CSS pixels. */
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/** How long a test may take, in milliseconds. */
const LONGEST = 90_000;

/** Starts a browser; `more` are further options of Playwright. */
export const launch = ({ args = [], ...more } = {}) => chromium.launch({
  executablePath: findChromium(),
  ...more,
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // What would leave this machine fails, and the test with it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ...args,
  ],
});

/**
 * One browser serves all tests of a file; each test has a context of its own. It
 * starts before the tests do: a cold disk may take longer than a test is given.
 */
export const browser = await launch();

after(() => browser.close());

/**
 * Tells a story: starts the program, opens a browser, and at the end makes sure of
 * what must hold in every story. `told` gets the person and ways to bring in others.
 *
 * @param {object} [options] `scripts: false` for a browser without them, `region: ""` for a
 *   program that was not told where it is, `zone` for its clock, `using` for another browser,
 *   and whatever a browser context takes.
 */
export function story(name, options, told) {
  if (told === undefined) return story(name, {}, options);
  const { region, zone, ...context } = options;
  return test(name, { timeout: LONGEST }, async (running) => {
    const program = new Program({ region, zone });
    const people = [];
    const arrives = async (more = {}) => {
      const person = await newcomer(program, { ...options, ...more });
      people.push(person);
      return person;
    };
    try {
      await program.start();
      await told(await arrives(), { program, arrives, running });
    } catch (error) {
      // Whoever reads this wants to see what the person saw.
      for (const person of people) error.stack += `\n\n${await person.describes()}`;
      throw error;
    } finally {
      for (const person of people) await person.page.context().close();
      await program.stop();
    }
    for (const { watch } of people) assert.deepEqual(watch.problems, []);
    // Nothing that anybody answered or wrote: nothing at all but what it says of itself.
    assert.deepEqual(program.strayLines(), [], "the program printed this");
  });
}

/** Somebody with a browser of their own. */
async function newcomer(program, { scripts = true, using = browser, ...options }) {
  const context = await using.newContext({
    viewport: PHONE,
    locale: "en-GB",
    timezoneId: "Europe/London",
    // Nothing slides about while a test looks for it.
    reducedMotion: "reduce",
    javaScriptEnabled: scripts,
    ...options,
  });
  // The first question to the book prepares all its words, in a program without optimisation, beside other tests.
  context.setDefaultTimeout(30_000);
  // The clock of the browser starts with that of the program, and runs.
  if (scripts) await context.clock.install({ time: program.now });
  const watch = new Watch(context, program.origin);
  await program.letsIn(context);
  return new Person(await context.newPage(), program, watch);
}

export { MORNING };
