// Painkillers: may I take one, what I took, when the next is.

import assert from "node:assert/strict";

import { PLAIN_SPASM } from "../support/answers.mjs";
import { lookAt } from "../support/look.mjs";
import { story } from "../support/story.mjs";

/** Asks about a pack, and answers what it takes to know. */
async function asksAbout(person, pack) {
  await person.opens("/medicines");
  await person.presses(pack);
  await person.goesThrough(PLAIN_SPASM);
}

for (const scripts of [true, false]) {
  story(`a dose is refused until the stated minute${scripts ? "" : ", without scripts"}`, { scripts }, async (person, { program }) => {
    await person.isTriaged(PLAIN_SPASM);
    await asksAbout(person, "Ibuprofen 200 mg");
    await person.sees("Yes, you may take it now");
    await person.presses("I took it now");
    await person.isAt("/medicines/taken");
    await person.sees("The next 200 mg today at 16:00");

    program.wait({ hours: 5, minutes: 59 });
    await asksAbout(person, "Ibuprofen 200 mg");
    await person.sees("Not yet. Wait until today at 16:00");
    assert.equal(await person.page.getByRole("button", { name: "I took it now" }).count(), 0);

    program.wait({ minutes: 1 });
    await asksAbout(person, "Ibuprofen 200 mg");
    await person.sees("Yes, you may take it now");
  });
}

story("two packs with the same in them count as one", async (person, { program }) => {
  await person.isTriaged(PLAIN_SPASM);
  await asksAbout(person, "Ibuprofen 400 mg");
  await person.presses("I took it now");
  program.wait({ hours: 1 });
  await asksAbout(person, "Nurofen");
  await person.sees("Not yet");
  await asksAbout(person, "Aspirin");
  await person.seesNo("Yes, you may take it now");
});

story("a dose of earlier is written down, counts, and can be taken back", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/medicines/took");
  await person.presses("Paracetamol 500 mg");
  await person.chooses("Earlier", "When did you take it");
  await person.page.getByLabel("At what time?").fill("09:00");
  await person.presses("Write it down");
  await person.isAt("/medicines/taken");
  await person.sees("today at 09:00");
  await asksAbout(person, "Paracetamol 500 mg");
  await person.seesNo("Yes, you may take it now");
  await person.opens("/medicines/log");
  await person.presses("Take back");
  await person.presses("I did not take it");
  await asksAbout(person, "Paracetamol 500 mg");
  await person.sees("Yes, you may take it now");
});

story("the time that is left goes on by itself", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await asksAbout(person, "Nurofen");
  await person.presses("I took it now");
  await person.sees("in 6 h");
  await person.page.clock.fastForward("01:30:00");
  await person.sees("in 4 h 30 min");
  await person.page.clock.fastForward("04:30:01");
  await person.sees("Open this page again");
});

story("one more or less is asked about with one press", { scripts: false }, async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await asksAbout(person, "Nurofen");
  await person.presses("One more");
  await person.sees("Nurofen 200 mg, 2 tablets");
  assert.equal(await person.heading(), "Yes, you may take it now");
  await person.presses("One more");
  assert.equal(await person.heading(), "No, do not take it");
  await person.presses("Nurofen 200 mg, 2 tablets: may be taken now");
  assert.equal(await person.heading(), "Yes, you may take it now");
});

story("a typing slip finds the pack, and what is alike is said", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await asksAbout(person, "Nurofen");
  await person.presses("I took it now");
  await person.opens("/medicines");
  await person.writes("Another pack?", "asprin");
  await person.presses("Find it");
  await person.sees("the same kind as ibuprofen, which you took today at 10:00");
});

story("Back keeps the dose in mind, and a time means earlier", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/medicines");
  await person.presses("Paracetamol");
  await person.fillsIn({ ...PLAIN_SPASM, fits: ["Any medicine from a doctor"] });
  const first = await person.heading();
  await person.goesOn();
  assert.notEqual(await person.heading(), first);
  await person.follows("Back");
  assert.equal(await person.heading(), first);
  await person.sees("Before Paracetamol 500 mg, 1 tablet");
  await person.presses("I have taken it already");
  await person.chooses("Just now", "When did you take it?");
  await person.page.locator("#taken_at").fill("08:00");
  assert.ok(await person.page.locator("#when_earlier").isChecked());
});

story("the clock of the browser is the one that counts", { timezoneId: "America/New_York" }, async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await asksAbout(person, "Nurofen");
  await person.presses("I took it now");
  await person.sees("today at 05:00");
  await person.sees("America/New_York");
});

story("what must not be taken, and too much, can be read by everybody", async (person) => {
  const faults = [];
  const look = async (what) => faults.push(...(await lookAt(person)).faults.map((fault) => `${what}: ${fault}`));
  await person.isTriaged(PLAIN_SPASM);
  await asksAbout(person, "Nurofen");
  await person.presses("I took it now");
  await asksAbout(person, "Aspirin");
  assert.equal(await person.heading(), "No, do not take it");
  await look("what must not be taken");
  await person.writes("Number of tablets", "many");
  await person.presses("Check this amount");
  await look("an amount that is none");
  await person.opens("/medicines/took");
  await person.presses("Aspirin");
  await person.writes("Number of tablets", "60");
  await person.presses("Write it down");
  assert.equal(await person.heading(), "Get help now");
  await person.sees("Poison line");
  await look("too much was written down");
  await person.opens("/medicines");
  await person.sees("Take no more of it");
  await look("painkillers, after too much");
  assert.deepEqual(faults, []);
});
