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
    await person.goesOn();
  }
}

/** Turns the body. */
const turnsTo = (person, view) => person.page.locator(`label[for=body-map-${view}]`).click();

/** Puts a finger on a place of the picture, where its tick is drawn. */
async function taps(person, place, view = "back") {
  await turnsTo(person, view);
  const label = person.page.locator(`.body-map__view--${view} [data-place=${place}]`);
  await label.locator(".body-map__shape").scrollIntoViewIfNeeded();
  const [picture, tick] = [await label.boundingBox(), await label.locator(".body-map__tick").getAttribute("transform")];
  const [across, down] = tick.match(/\d+/g).map(Number);
  await person.page.mouse.click(picture.x + (across / 360) * picture.width, picture.y + (down / 400) * picture.height);
}

const ticked = (person) => person.page.locator("[name$='-yes']:checked").evaluateAll((boxes) => boxes.map((box) => box.value));
const drawn = (person) =>
  person.page.locator(".body-map__tick").evaluateAll((ticks) => [
    ...new Set(ticks.filter((tick) => getComputedStyle(tick).display === "inline").map((tick) => tick.closest("label").dataset.place)),
  ]);

story("a tap on the body ticks the list", async (person) => {
  await comesToTheMap(person);
  await taps(person, "low_back_left");
  assert.deepEqual(await ticked(person), ["pain_low_back"]);
  assert.deepEqual(await drawn(person), ["low_back_left"]);
  // Seen from the front the person's left is on the right of the picture.
  await taps(person, "below_knee_left", "front");
  assert.deepEqual(await ticked(person), ["pain_low_back", "pain_below_knee"]);
  assert.deepEqual((await drawn(person)).sort(), ["below_knee_left", "low_back_left"]);
  await taps(person, "low_back_right");
  await taps(person, "low_back_left");
  assert.deepEqual(await ticked(person), ["pain_low_back", "pain_below_knee"], "the right is still marked");
  await taps(person, "low_back_right");
  await taps(person, "below_knee_left", "legs");
  assert.deepEqual([await ticked(person), await drawn(person)], [[], []]);
});

story("every place that the body shows is a line of the list", async (person) => {
  await comesToTheMap(person);
  const places = person.page.locator(".body-map__place");
  assert.ok((await places.count()) > 0);
  assert.deepEqual(await places.evaluateAll((labels) => labels.filter((label) => !label.control).map((label) => label.dataset.place)), []);
});

story("what is ticked in the list is drawn on the body", async (person) => {
  await comesToTheMap(person);
  await person.page.getByText("Use a list").click();
  await person.ticks("Neck");
  await person.ticks("Side, under the ribs");
  assert.deepEqual((await drawn(person)).sort(), ["flank_left", "flank_right", "neck"]);
  // "Elsewhere", where it was the answer, takes them off again.
  for (const words of ["Neck", "Side, under the ribs"]) await person.page.getByRole("checkbox", { name: words }).uncheck();
  await person.saysNone();
  await person.follows("Back");
  await person.page.getByText("Use a list").click();
  await person.ticks("Neck");
  assert.deepEqual(await drawn(person), ["neck"]);
  await person.ticks("Elsewhere");
  assert.deepEqual(await drawn(person), []);
});

story("without scripts: the body ticks the list all the same", { scripts: false }, async (person) => {
  await comesToTheMap(person);
  await taps(person, "low_back_left");
  assert.equal(await person.page.locator("#where-pain_low_back").isChecked(), true);
  await taps(person, "neck", "front");
  assert.equal(await person.page.locator("#where-pain_neck").isChecked(), true);
  await taps(person, "low_back_middle");
  assert.equal(await person.page.locator("#where-pain_low_back").isChecked(), false, "left, middle and right are one line of the list");
});

story("every place is large enough for a shaking thumb", async (person) => {
  await person.page.setViewportSize({ width: 390, height: 844 });
  await comesToTheMap(person);
  for (const view of ["back", "legs", "front"]) {
    await turnsTo(person, view);
    const places = person.page.locator(`.body-map__view--${view} .body-map__place`);
    assert.ok((await places.count()) > 1);
    for (const place of await places.all()) {
      const { width, height } = await place.locator(".body-map__shape").boundingBox();
      assert.ok(width >= 44 && height >= 44, `${view}: ${await place.getAttribute("data-place")} is ${width} x ${height}`);
    }
    const tab = await person.page.locator(`label[for=body-map-${view}]`).boundingBox();
    assert.ok(tab.width >= 44 && tab.height >= 44);
  }
});
