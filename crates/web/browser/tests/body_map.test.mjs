// The body map: a picture of the list below it.

import assert from "node:assert/strict";

import { PLAIN_SPASM } from "../support/answers.mjs";
import { story } from "../support/story.mjs";

/** Goes to the question about places. */
async function comesToTheMap(person) {
  await person.begins();
  for (let screen = 0; (await person.page.locator(".body-map").count()) === 0; screen += 1) {
    assert.ok(screen < 40, "no question has a map");
    await person.fillsIn(PLAIN_SPASM);
    await person.presses("Continue");
  }
}

/** Puts a finger on a place of the picture, where its tick is drawn. */
async function taps(person, place, view = "back") {
  const label = person.page.locator(`.body-map__view--${view} [data-place=${place}]`);
  const shape = label.locator(".body-map__shape");
  await shape.scrollIntoViewIfNeeded();
  const [picture, tick] = [await label.boundingBox(), await label.locator(".body-map__tick").getAttribute("transform")];
  const [across, down] = tick.match(/\d+/g).map(Number);
  await person.page.mouse.click(picture.x + (across / 184) * picture.width, picture.y + (down / 400) * picture.height);
}

const ticked = (person) => person.page.locator("[name=yes]:checked").evaluateAll((boxes) => boxes.map((box) => box.id));
const side = (person) => person.page.locator("[name=pain_side]:checked").evaluateAll(([radio]) => radio?.value ?? null);
const drawn = (person) =>
  person.page.locator(".body-map__tick").evaluateAll((ticks) => [
    ...new Set(ticks.filter((tick) => getComputedStyle(tick).display !== "none").map((tick) => tick.closest("label").dataset.place)),
  ]);

story("a tap on the body ticks the list and tells the side", async (person) => {
  await comesToTheMap(person);
  await taps(person, "low_back_left");
  assert.deepEqual([await ticked(person), await side(person)], [["pain_low_back"], "left"]);
  assert.deepEqual(await drawn(person), ["low_back_left"]);
  // Seen from the front the person's left is on the right of the picture.
  await taps(person, "thigh_left", "front");
  assert.deepEqual([await ticked(person), await side(person)], [["pain_low_back", "pain_thigh"], "left"]);
  await taps(person, "low_back_right");
  assert.equal(await side(person), "both");
  await taps(person, "low_back_right");
  assert.equal(await side(person), "left");
  await taps(person, "low_back_left");
  await taps(person, "thigh_left");
  assert.deepEqual([await ticked(person), await side(person), await drawn(person)], [[], null, []]);
});

story("the side that somebody chose is never changed by the picture", async (person) => {
  await comesToTheMap(person);
  await person.chooses("Right", "side");
  await taps(person, "flank_left");
  assert.deepEqual([await ticked(person), await side(person)], [["pain_flank"], "right"]);
});

story("what is ticked in the list is drawn on the body", async (person) => {
  await comesToTheMap(person);
  await person.ticks("Neck");
  await person.ticks("Shoulder or arm");
  assert.deepEqual((await drawn(person)).sort(), ["arm_left", "arm_right", "neck"]);
  await person.ticks("Somewhere else");
  assert.deepEqual(await drawn(person), []);
});

story("without scripts: the body ticks the list all the same", { scripts: false }, async (person) => {
  await comesToTheMap(person);
  await taps(person, "low_back_left");
  assert.equal(await person.page.locator("#pain_low_back").isChecked(), true);
  await taps(person, "neck", "front");
  assert.equal(await person.page.locator("#pain_neck").isChecked(), true);
  await taps(person, "low_back_middle");
  assert.equal(await person.page.locator("#pain_low_back").isChecked(), false, "left, middle and right are one line of the list");
});
