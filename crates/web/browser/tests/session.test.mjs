// A session beside its timers: the voice, the screen that stays on, the limits.

import assert from "node:assert/strict";

import { PLAIN_SPASM } from "../support/answers.mjs";
import { story } from "../support/story.mjs";

/** Listens to what the browser would say and whether it would keep the screen on. */
async function listens({ page }) {
  await page.addInitScript(() => {
    Object.assign(globalThis, { spoken: [], silenced: 0, locks: [] });
    const voice = { speak: ({ text }) => globalThis.spoken.push(text), cancel: () => (globalThis.silenced += 1) };
    Object.defineProperty(globalThis, "speechSynthesis", { value: voice });
    const request = async () => {
      const lock = { isOn: true, release: async () => (lock.isOn = false) };
      globalThis.locks.push(lock);
      return lock;
    };
    Object.defineProperty(navigator, "wakeLock", { value: { request } });
  });
}

const main = (person) => person.page.locator("[data-do=main]");
const spoken = (person) => person.page.evaluate(() => globalThis.spoken);
const isAwake = (person) => person.page.evaluate(() => globalThis.locks.some((lock) => lock.isOn));

story("nothing is read aloud unasked, and it is silent again when asked", async (person) => {
  await listens(person);
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief/paced_breathing");
  await person.presses("Begin");
  await person.presses("Next step");
  assert.deepEqual(await spoken(person), []);
  const read = person.page.getByRole("button", { name: "Read aloud" });
  await read.click();
  assert.equal(await read.getAttribute("aria-pressed"), "true");
  await person.presses("Next step");
  const steps = await spoken(person);
  assert.equal(steps.length, 2);
  assert.match(steps[0], /Breathe in/);
  assert.match(steps[1], /Breathe out/);
  await read.click();
  await person.presses("Next step");
  assert.equal((await spoken(person)).length, 2);
  assert.ok(await person.page.evaluate(() => globalThis.silenced > 0));
});

story("where a browser cannot read aloud, nothing offers it", async (person) => {
  await person.page.addInitScript(() => {
    delete globalThis.speechSynthesis;
    delete Window.prototype.speechSynthesis;
  });
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief/paced_breathing");
  assert.equal(await person.page.getByRole("button", { name: "Read aloud" }).count(), 0);
  await person.presses("Begin");
  await person.sees("Step 1 of");
});

story("the screen stays on from the first step to the last", async (person) => {
  await listens(person);
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief/paced_breathing");
  assert.equal(await isAwake(person), false);
  await person.presses("Begin");
  assert.equal(await isAwake(person), true);
  // A phone that was put away lets go of it; it is asked for again.
  await person.page.evaluate(() => {
    globalThis.locks[0].isOn = false;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  assert.equal(await isAwake(person), true);
  while ((await main(person).innerText()) !== "Start the timer") await main(person).click();
  await person.presses("Skip");
  assert.equal(await isAwake(person), false);
});

story("warmth can be made longer up to the limit for the skin and no further", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief/heat");
  await person.presses("Begin");
  while ((await main(person).innerText()) !== "Start the timer") await main(person).click();
  await main(person).click();
  const more = person.page.getByRole("button", { name: "1 more minute" });
  for (let minute = 0; minute < 5; minute += 1) await more.click();
  assert.equal(await more.count(), 0);
  assert.match(await person.page.locator("[data-left]").locator("visible=true").innerText(), /^(20:00|19:5\d)$/);
  // Who works by keyboard is not left on a button that went away.
  assert.equal(await person.page.evaluate(() => document.activeElement.dataset.do), "main");
});

story("minutes that a timer ran over are no minutes to add", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief/heat");
  await person.presses("Begin");
  while ((await main(person).innerText()) !== "Start the timer") await main(person).click();
  await main(person).click();
  await person.page.clock.fastForward("18:30");
  const more = person.page.getByRole("button", { name: "1 more minute" });
  await more.click();
  await person.page.clock.fastForward("01:10");
  assert.equal(await more.count(), 0, "three and a half over, one more and the next are above five");
});

story("when to stop and the danger questions are always in view", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.page.setViewportSize({ width: 375, height: 667 });
  await person.opens("/relief/rest_on_back");
  await person.presses("Begin");
  const inView = async (locator) => {
    const box = await locator.boundingBox();
    assert.ok(0 <= box.y && box.y + box.height <= 667, `${locator} is out of view`);
  };
  for (let label = "Next step"; label !== "Done"; label = await main(person).innerText()) {
    await inView(person.page.locator(".session__stop"));
    await inView(main(person));
    await inView(person.page.getByRole("link", { name: "Something changed" }));
    if (label === "Pause") await inView(person.page.locator("[data-left]").locator("visible=true"));
    if (label === "Pause") await person.presses("Skip");
    else await main(person).click();
  }
  await person.follows("Something changed");
  await person.saysWhatChanged("The pain itself is stronger");
});

story("pain that is stronger than before asks for the danger questions", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief/quiet_attention");
  await person.chooses("4", "how strong is your pain now");
  await person.presses("Begin");
  while ((await main(person).innerText()) !== "Start the timer") await main(person).click();
  await person.presses("Skip");
  await person.chooses("6", "And now");
  await person.presses("Done");
  await person.isAt("/relief/quiet_attention/after");
  await person.sees("up by 2 points");
  await person.follows("Ask me the danger questions");
  await person.saysWhatChanged("The pain itself is stronger");
});

story("hands-free it reads, starts the timer, chimes and goes on by itself", async (person) => {
  await listens(person);
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief/rest_on_side");
  await person.presses("Hands-free");
  await person.sees("Step 1 of 3");
  const { clock } = person.page;
  await clock.runFor(20_000);
  await person.sees("Step 2 of 3");
  await clock.runFor(15_000);
  assert.equal(await main(person).innerText(), "Pause");
  await clock.fastForward("20:00");
  await clock.runFor(6_000);
  await person.sees("Step 3 of 3");
  await clock.runFor(30_000);
  assert.equal(await main(person).innerText(), "Done");
  assert.match((await spoken(person)).join(" | "), /Lie on the side.*pillow between your knees.*Time is up.*And now/);
  // It waits for the answer.
  await clock.runFor(60_000);
  await person.isAt("/relief/rest_on_side");
});

story("hands-free can be left at any step, and then nothing goes on by itself", async (person) => {
  await listens(person);
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief/rest_on_side");
  await person.presses("Hands-free");
  await person.page.getByRole("button", { name: "Hands-free", pressed: true }).click();
  await person.page.clock.runFor(60_000);
  await person.sees("Step 1 of 3");
  assert.equal(await person.page.getByRole("button", { name: "Read aloud", pressed: true }).count(), 0);
});

story("when to stop folds only once there was time to read it, and opens again", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief/rest_on_back");
  const isOpen = () => person.page.locator("[data-stop]").evaluate((box) => box.open);
  await person.presses("Begin");
  assert.ok(await isOpen(), "nobody has read it");
  await person.page.clock.runFor(20_000);
  assert.ok(await isOpen(), "it moved under a finger");
  await person.presses("Next step");
  assert.ok(!(await isOpen()));
  await person.page.getByText("When to stop").click();
  await person.sees("change to another position");
  await main(person).click();
  assert.ok(await isOpen(), "it was wanted");
});

story("where somebody is chooses the steps, and what to begin with", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief");
  await person.follows("Chair");
  await person.isAt("/relief/from/chair");
  assert.equal(await person.page.locator(".start__name").innerText(), "Lean forward on a table");
  await person.opens("/relief/get_up");
  await person.page.getByRole("radio", { name: "Bed" }).check();
  await person.presses("Begin");
  await person.sees("Step 1 of 4");
  while ((await main(person).innerText()) !== "Done") {
    await person.seesNo("On the floor: push up");
    if ((await main(person).innerText()) === "Start the timer") await person.presses("Skip");
    else await main(person).click();
  }
});

story("a session that was left goes on from home, and the pain is not asked again", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief/rest_on_side");
  assert.equal(await person.page.locator("input[name=before]:checked").inputValue(), "6");
  await person.sees("You told us");
  await person.presses("Begin");
  await person.presses("Next step");
  await person.follows("Leave");
  await person.isAt("/");
  await person.sees("You have begun");
  await person.follows("Go on with it");
  await person.sees("Step 2 of 3");
});

story("on its side, a phone shows the button that starts the timer", { viewport: { width: 844, height: 390 } }, async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  for (const id of ["rest_on_side", "heat", "paced_breathing"]) {
    await person.opens(`/relief/${id}`);
    await person.page.locator("[data-do=main]").click();
    while ((await main(person).innerText()) !== "Start the timer") await main(person).click();
    const box = await main(person).boundingBox();
    assert.ok(0 <= box.y && box.y + box.height <= 390, `${id}: it is at ${box.y}`);
  }
});
