// Habits: chosen, done, and in the calendar of the person.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { PLAIN_SPASM } from "../support/answers.mjs";
import { ICAL } from "../support/libraries.mjs";
import { story } from "../support/story.mjs";

/** Takes up the walking plan at half past seven. */
async function takesUpWalking(person) {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/habits");
  await person.follows("A walking plan");
  await person.page.getByLabel("At what time of day?").fill("07:30");
  await person.chooses("10 minutes before", "Should your calendar remind you");
  await person.presses("Begin");
  await person.isAt("/habits");
}

/** The calendar file, saved and read by a library that is not ours. */
async function calendar(person) {
  const download = person.page.waitForEvent("download");
  await person.follows("Get the calendar file");
  const place = person.program.place("habits.ics");
  await (await download).saveAs(place);
  const text = readFileSync(place, "utf8");
  const component = new ICAL.Component(ICAL.parse(text));
  const zones = component.getAllSubcomponents("vtimezone").map((zone) => new ICAL.Timezone(zone));
  return { text, zones, events: component.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event)) };
}

story("a habit in the calendar keeps its time of day when the clocks change", async (person) => {
  await takesUpWalking(person);
  const { text, zones, events } = await calendar(person);
  assert.ok(text.split("\r\n").every((line) => Buffer.byteLength(line) <= 75), "a line is not folded");
  assert.doesNotMatch(text, /walk|back|spasm|pain/i, "the calendar tells more than it should");
  assert.equal(events.length, 1);
  const [event] = events;
  assert.equal(event.summary, "Reminder");
  assert.equal(event.component.getFirstSubcomponent("valarm").getFirstPropertyValue("trigger").toString(), "-PT10M");
  const zone = zones.find(({ tzid }) => tzid === "Europe/London");
  const times = event.iterator();
  const summer = new Date("2027-07-01T00:00:00Z");
  let offsets = new Set();
  for (let at = times.next(); at.toJSDate() < summer; at = times.next()) {
    assert.deepEqual([at.hour, at.minute], [7, 30]);
    assert.ok(at.dayOfWeek() >= 2 && at.dayOfWeek() <= 6, "not a day of the plan");
    at.zone = zone;
    offsets.add(at.utcOffset());
  }
  assert.deepEqual([...offsets], [0, 3600], "winter, then summer");
});

story("what is changed or stopped is changed in the calendar too", async (person) => {
  await takesUpWalking(person);
  const before = (await calendar(person)).events[0];
  await person.opens("/habits/walking_programme");
  await person.page.getByLabel("At what time of day?").fill("18:00");
  await person.presses("Save");
  const changed = (await calendar(person)).events[0];
  assert.equal(changed.uid, before.uid);
  assert.ok(changed.sequence > before.sequence);
  assert.equal(changed.startDate.hour, 18);
  await person.opens("/habits/walking_programme");
  await person.presses("Stop for now");
  const stopped = (await calendar(person)).events[0];
  assert.equal(stopped.uid, before.uid);
  assert.ok(stopped.sequence > changed.sequence);
  assert.equal(stopped.component.getFirstPropertyValue("status"), "CANCELLED");
});

for (const scripts of [true, false]) {
  const how = scripts ? "" : ", without scripts";
  story(`a habit is done with one tap, and the tap can be taken back${how}`, { scripts }, async (person, { program }) => {
    await takesUpWalking(person);
    await person.presses("I did it today");
    await person.sees("Done today");
    await person.presses("Undo");
    await person.seesNo("Done today");
    await person.presses("I did it today");
    program.wait({ days: 2 });
    await person.opens("/habits");
    await person.seesNo("Done today");
    await person.sees("once in the last 7 days");
  });
}
