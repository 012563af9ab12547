// The interview, from the first page to the outcome.

import assert from "node:assert/strict";

import { PLAIN_SPASM, but } from "../support/answers.mjs";
import { story } from "../support/story.mjs";
import { isRoute } from "../support/watch.mjs";

/** Pages with advice for one person. */
const PERSONAL = ["/", "/card", "/relief", "/medicines", "/diary", "/helped", "/habits", "/causes"];

story("a plain spasm ends at home, with a plan and a come-back card", async (person) => {
  await person.begins();
  await person.goesThrough(PLAIN_SPASM);
  await person.isAt("/check");
  await person.sees("Lifting or carrying");
  await person.presses("All correct");
  await person.isAt("/outcome");
  assert.equal(await person.heading(), "You can look after this at home for now");
  await person.sees("What helps you");
  await person.sees("Call 999 if");
  await person.follows("Your come-back card");
  await person.isAt("/card");
  await person.sees("Call 999 if");
});

story("a danger sign ends the interview at once, and nothing but help is shown", async (person) => {
  await person.begins();
  await person.ticks("Numb between your legs");
  await person.goesOn();
  await person.isAt("/outcome");
  assert.equal(await person.heading(), "Get emergency help now");
  const call = person.main.getByRole("link", { name: "Call 999" });
  assert.equal(await call.getAttribute("href"), "tel:999");
  await person.seesNo("What helps you");
  assert.equal(await person.page.getByRole("navigation").count(), 0);
  // Whatever page is asked for now, help comes first.
  for (const path of PERSONAL.filter((path) => isRoute("GET", path))) {
    await person.opens(path);
    assert.match(await person.reads(), /Get emergency help now/, `${path} shows something else`);
  }
});

story("somebody not sure about a danger sign is asked which one, then something to try, and is not sent home", async (person) => {
  await person.begins();
  await person.ticks("Not sure");
  await person.goesOn();
  await person.sees("Which of these are you not sure about?");
  await person.ticks("New trouble starting, holding or feeling your pee");
  await person.goesOn();
  await person.isAsked();
  await person.goesThroughUntil("You were not sure about", PLAIN_SPASM);
  await person.sees("hard to start a pee");
  await person.chooses("Not sure");
  await person.goesOn();
  await person.isAt("/outcome");
  assert.equal(await person.heading(), "Get emergency help now");
});

story("a changed answer drops what only it had asked for", async (person) => {
  const feverish = but(PLAIN_SPASM, { fits: ["A fever of 38"] });
  await person.begins();
  const asked = await person.goesThrough(feverish);
  assert.ok(asked.includes("As you have a fever or feel very ill: what fits?"), asked.join(" | "));
  await person.isAt("/check");
  await person.sees("As you have a fever or feel very ill: what fits?");
  await person.follows("Sudden signs");
  await person.isAt("/question/danger_sudden");
  const fever = person.page.getByRole("checkbox", { name: "A fever of 38" });
  assert.ok(await fever.isChecked(), "what was answered before is not filled in");
  await fever.uncheck();
  const again = await person.goesThrough(PLAIN_SPASM);
  assert.ok(!again.includes("As you have a fever or feel very ill: what fits?"), again.join(" | "));
  assert.ok(!again.includes("About you: does any of this fit?"), "what still applies is asked again");
  await person.isAt("/check");
  await person.seesNo("As you have a fever");
  await person.sees("Lifting or carrying");
});

story("after a power cut the interview goes on where it was", async (person, { program }) => {
  await person.begins();
  for (let screen = 0; screen < 3; screen += 1) {
    await person.fillsIn(PLAIN_SPASM);
    await person.goesOn();
  }
  const heading = await person.heading();
  await program.isKilled();
  await program.start();
  await person.opens("/");
  await person.sees("3 screens are answered. Nothing is lost.");
  await person.follows("Carry on");
  assert.equal(await person.heading(), heading);
  await person.goesThrough(PLAIN_SPASM);
  await person.presses("All correct");
  await person.isAt("/outcome");
  await program.isKilled();
  await program.start();
  await person.opens("/");
  await person.sees("You can look after this at home for now");
});

story("going back shows the screen before, filled in", async (person) => {
  await person.begins();
  await person.ticks("A weak, numb or tingling leg");
  await person.goesOn();
  await person.follows("Back");
  await person.isAt("/question/danger_nerves");
  assert.ok(await person.page.getByRole("checkbox", { name: "A weak, numb or tingling leg" }).isChecked());
  await person.fillsIn(but(PLAIN_SPASM, { fits: ["A weak, numb or tingling leg"] }));
  await person.goesOn();
  await person.page.goBack();
  await person.page.reload();
  assert.notEqual(await person.heading(), "", "the browser's own way back leads to an empty page");
});

story("an empty form is refused: the summary takes the focus and leads to the field", async (person) => {
  await person.begins();
  await person.goesOn();
  assert.match(await person.page.title(), /^Error: /);
  const summary = person.page.getByRole("alert");
  assert.ok(await summary.evaluate((element) => element === document.activeElement), "the summary has no focus");
  await summary.getByRole("link").first().press("Enter");
  const target = new URL(person.page.url()).hash.slice(1);
  assert.ok(await person.page.locator(`[id="${target}"]`).isVisible(), `#${target} is not on the page`);
});

story("what was filled in is still there when a form is refused", async (person) => {
  await person.begins();
  await person.goesThroughUntil("About you", PLAIN_SPASM);
  await person.writes("Age of the person", "forty");
  await person.ticks("A blood thinner");
  await person.goesOn();
  await person.sees("Write a whole number");
  assert.equal(await person.page.getByRole("textbox", { name: "Age of the person" }).inputValue(), "forty");
  assert.ok(await person.page.getByRole("checkbox", { name: "A blood thinner" }).isChecked());
});

story("own words fill in the questions, for the person to check", async (person) => {
  const words = "I lifted a crate of zucchini and now I cannot feel anything between my legs";
  await person.opens("/");
  await person.unfolds("Say it in your own words");
  await person.writes("What is wrong?", words);
  await person.presses("Go on with this");
  await person.isAsked();
  await person.sees("Please check that this is right");
  await person.ticks("Numb between your legs");
  await person.goesOn();
  assert.equal(await person.heading(), "Get emergency help now");
});

story("none of these and the other lines untick each other", async (person) => {
  await person.begins();
  const box = (name) => person.page.getByRole("checkbox", { name });
  const none = person.page.getByRole("button", { name: "None of these" });
  // What is ticked takes the button away.
  await box("A weak, numb or tingling leg").check();
  assert.ok(!(await none.isVisible()));
  await box("A weak, numb or tingling leg").uncheck();
  await person.saysNone();
  await person.isAt("/question/danger_sudden");
  // Where it was the answer, it is a line of its own.
  await person.follows("Back");
  assert.ok(await box("None of these").isChecked());
  await box("A weak, numb or tingling leg").check();
  assert.ok(!(await box("None of these").isChecked()));
  await box("None of these").check();
  assert.ok(!(await box("A weak, numb or tingling leg").isChecked()));
});

story("none of these says no to no line that nobody saw", async (person) => {
  await person.begins();
  await person.page.setViewportSize({ width: 390, height: 700 });
  await person.page.reload();
  const none = person.page.getByRole("button", { name: "None of these" });
  // A thumb presses it where it is; a click of Playwright would scroll to it first.
  const press = () => none.evaluate((button) => button.click());
  await press();
  await person.sees("There are more lines");
  assert.deepEqual(await person.events(), []);
  for (let times = 0; times < 5 && person.place === "/question/danger_nerves"; times += 1) {
    await press();
    await person.page.waitForLoadState();
  }
  await person.isAt("/question/danger_sudden");
});

story("what is an emergency by itself is told as soon as it is ticked, and a slip takes it back", async (person) => {
  await person.begins();
  const alarm = person.page.getByText("This needs help now.");
  const numb = person.page.getByRole("checkbox", { name: "Numb between your legs" });
  assert.ok(!(await alarm.isVisible()));
  await numb.check();
  assert.ok(await alarm.isVisible());
  await numb.uncheck();
  assert.ok(!(await alarm.isVisible()));
  assert.deepEqual(await person.events(), []);
});

story("something changed: the danger signs are asked again, and no earlier no is taken for granted", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/");
  await person.follows("Something changed or got worse");
  await person.saysWhatChanged("Something else");
  assert.equal(await person.page.getByRole("checkbox", { checked: true }).count(), 0);
  await person.ticks("Lost control or feeling of poo or wind");
  await person.goesOn();
  assert.equal(await person.heading(), "Get emergency help now");
});
