// Help before any question: the red lines, a position with its picture, and the pacer.

import assert from "node:assert/strict";

import { PHONE, story } from "../support/story.mjs";

/** The words that stand on the page above something. */
const wordsAbove = (person, selector) =>
  person.page.evaluate((selector) => {
    const main = document.querySelector("main");
    const range = document.createRange();
    range.setStart(main, 0);
    range.setEndAfter(main.querySelector(selector));
    return range.toString().split(/\s+/).filter((word) => /\w/.test(word)).length;
  }, selector);

/** What the pacer says now: whether to breathe in or out. */
const word = (person) => person.page.locator("[data-pacer-word]").innerText();

for (const scripts of [true, false]) {
  const how = scripts ? "" : ", without scripts";
  story(`a position with its picture is there at the third tap${how}`, { scripts, viewport: PHONE }, async (person) => {
    await person.opens("/");
    let words = scripts ? await wordsAbove(person, "a[href='/help']") : 0;
    await person.follows("Help me now");
    words += scripts ? await wordsAbove(person, "a[href='/help/now']") : 0;
    await person.follows("None of these");
    const picture = person.page.locator("main img").first();
    assert.ok((await picture.boundingBox()).y < PHONE.height / 2, "the picture is not in sight");
    if (scripts) words += await wordsAbove(person, ".figure");
    assert.ok(words <= 90, `${words} words`);
    await person.sees("count to 4");
    await person.follows("Chair");
    assert.equal(await person.heading(), "Lean forward on a table");
    await person.follows("Check the danger signs");
    await person.isAsked();
    // Nothing was taken for a no.
    assert.equal(await person.page.locator("form.question input:checked").count(), 0);
    assert.deepEqual(await person.events(), []);
  });
}

story("a red line leads to whom to call, and a slip back", async (person) => {
  await person.opens("/help");
  await person.follows("Numb between your legs");
  assert.equal(await person.heading(), "Get emergency help now");
  await person.sees("Call 999");
  await person.follows("That was a slip");
  await person.isAt("/help");
  await person.follows("A crash or a bad fall");
  await person.sees("keep your head and back still");
});

story("the circle grows while one breathes in, shrinks while one breathes out, and stops", { reducedMotion: "no-preference" }, async (person) => {
  await person.opens("/help/now");
  const size = () => person.page.locator(".pacer__circle").evaluate((circle) => circle.getBoundingClientRect().width);
  const resting = await size();
  await person.presses("Breathe with me");
  assert.match(await word(person), /^In \d$/);
  await person.page.waitForFunction(() => document.querySelector("[data-pacer-word]").innerText === "In 1");
  assert.ok((await size()) > resting * 1.5, "it did not grow");
  await person.page.waitForFunction(() => /^Out/.test(document.querySelector("[data-pacer-word]").innerText));
  await person.unfolds("Sound, eyes closed, pace");
  await person.page.getByLabel("Longer: 5 in, 7 out").check();
  await person.page.waitForFunction(() => document.querySelector("[data-pacer-word]").innerText === "In 5");
  await person.presses("Eyes closed");
  await person.page.getByRole("dialog").waitFor();
  assert.equal(await person.page.locator("[data-pacer-do=tone]").getAttribute("aria-pressed"), "true");
  await person.presses("Tap anywhere to come back");
  await person.presses("Stop");
  assert.equal(await word(person), "");
  assert.ok(Math.abs((await size()) - resting) < 1, "it went on");
  await person.sees("breathe as usual");
});

story("whoever wants less motion gets a bar that fills", { reducedMotion: "reduce" }, async (person) => {
  await person.opens("/help/now");
  await person.presses("Breathe with me");
  assert.ok(await person.page.locator(".pacer__track").isVisible());
  assert.ok(await person.page.locator(".pacer__circle").isHidden());
  assert.match(await word(person), /^(In|Out) \d$/);
});
