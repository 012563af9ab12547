// What helps right now: a session with its timers.

import assert from "node:assert/strict";

import { PLAIN_SPASM, but } from "../support/answers.mjs";
import { story } from "../support/story.mjs";

/** Time passes for the browser and for the program alike, as if the screen had been off. */
async function time(person, minutes, seconds = 0) {
  person.program.wait({ minutes });
  await person.page.clock.fastForward((minutes * 60 + seconds) * 1000);
}

/** What the timer that is shown says. */
const face = (person) => person.page.locator("[data-timer] [data-left]").locator("visible=true").innerText();

/** Goes to the first step with a timer. */
async function comesToTheTimer(person) {
  const main = person.page.locator("[data-do=main]");
  for (let step = 0; (await main.innerText()) !== "Start the timer"; step += 1) {
    assert.ok(step < 20, "no step has a timer");
    await main.click();
  }
}

story("a session keeps the time, also while the screen is off, and tells what it did", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief/cold");
  await person.chooses("6", "how strong is your pain now");
  await person.presses("Begin");
  await comesToTheTimer(person);
  await person.presses("Start the timer");
  await time(person, 14);
  assert.match(await face(person), /^(1:00|0:5\d)$/);
  await person.presses("Pause");
  const paused = await face(person);
  await time(person, 10);
  assert.equal(await face(person), paused, "it ran on while it was paused");
  await person.presses("Go on");
  await time(person, 1, 20);
  assert.equal(await face(person), "Time is up");
  assert.equal(await person.page.getByRole("status").last().innerText(), "Time is up.", "it is not said aloud");
  await time(person, 3);
  assert.match(await face(person), /^Time was up \d minutes ago$/);
  for (let step = 0; !(await person.page.getByRole("button", { name: "Done", exact: true }).isVisible()); step += 1) {
    assert.ok(step < 20, "the session has no end");
    await person.page.locator("[data-do=main]").click();
  }
  await person.chooses("3", "And now");
  await person.page.getByRole("button", { name: "Done", exact: true }).click();
  await person.isAt("/relief/cold/after");
  await person.opens("/relief/cold");
  await person.sees("Not yet");
  await person.opens("/helped");
  await person.sees("Cold pack");
});

story("a session that the phone dropped is picked up where it was", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief/cold");
  await person.presses("Begin");
  await comesToTheTimer(person);
  await person.presses("Start the timer");
  await time(person, 5);
  await person.page.reload();
  assert.match(await face(person), /^(10:00|9:5\d)$/);
  await time(person, 8);
  assert.match(await face(person), /^(2:00|1:5\d)$/);
});

story("the last ten seconds and whole minutes are said, and nothing in between", async (person) => {
  const { page } = person;
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief/get_up");
  await person.presses("Begin");
  await comesToTheTimer(person);
  await page.evaluate(() => {
    globalThis.said = [];
    const live = document.querySelector("[data-live]");
    new MutationObserver(() => globalThis.said.push(live.textContent)).observe(live, { childList: true, characterData: true, subtree: true });
  });
  await person.presses("Start the timer");
  await page.clock.runFor(61_000);
  const said = await page.evaluate(() => globalThis.said);
  assert.deepEqual(said, ["Timer started", "10 seconds left", "9", "8", "7", "6", "5", "4", "3", "2", "1", "Time is up."]);
});

story("without scripts: a session is a list with its times", { scripts: false }, async (person, { program }) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief/cold");
  await person.sees("15 minutes");
  await person.chooses("6", "how strong is your pain now");
  program.wait({ minutes: 20 });
  await person.chooses("4", "And now");
  await person.presses("Done");
  await person.isAt("/relief/cold/after");
});

story("what may not be safe for somebody is not in their plan", async (person) => {
  await person.isTriaged(but(PLAIN_SPASM, { fits: ["A lasting illness", "Poor blood flow, fingers that go white"] }));
  await person.opens("/relief/cold");
  assert.equal(await person.heading(), "Not for you just now");
  await person.opens("/relief");
  assert.equal(await person.page.getByRole("link", { name: /^Cold pack/ }).count(), 0);
});
