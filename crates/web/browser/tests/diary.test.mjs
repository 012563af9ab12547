// The diary: entries day after day, and what they change.

import assert from "node:assert/strict";

import { PLAIN_SPASM, but } from "../support/answers.mjs";
import { story } from "../support/story.mjs";

/** Writes an entry; `course` is how it has gone, where the diary does not know. */
async function writesAnEntry(person, pain, course) {
  await person.opens("/diary");
  await person.chooses(String(pain), "How strong is the pain now");
  const asks = await person.page.getByRole("group", { name: "Since the start, the pain is" }).count();
  if (asks > 0) await person.chooses(course, "Since the start, the pain is");
  await person.chooses("No, none of it", "is any of this new");
  await person.presses("Save");
}

/** Answers what an entry opened, and confirms. */
async function answersTheRest(person, answers = PLAIN_SPASM) {
  const more = person.page.getByRole("link", { name: "Answer the questions", exact: true });
  if ((await more.count()) === 0) return;
  await person.sees("Your entry is saved");
  await more.click();
  await person.isAsked();
  await person.sees("Your entry is saved");
  await person.goesThrough(answers);
  await person.presses("All correct");
  await person.isAt("/outcome");
}

for (const scripts of [true, false]) {
  const how = scripts ? "" : ", without scripts";
  story(`a diary of three days finds out that a spasm does not ease${how}`, { scripts }, async (person, { program }) => {
    await person.isTriaged(PLAIN_SPASM);
    for (const pain of [5, 5]) {
      program.wait({ days: 1 });
      await writesAnEntry(person, pain, "Much the same");
      await answersTheRest(person, but(PLAIN_SPASM, { "Since the start": "Much the same" }));
    }
    program.wait({ days: 1 });
    await writesAnEntry(person, 6, "Much the same");
    await person.isAt("/diary/result");
    assert.equal(await person.heading(), "This changes what we advise");
    await person.sees("See a doctor in the next few days");
    await person.sees("Some days on, it is not getting better");
    await person.follows("See your chart");
    await person.sees("days since it began");
    await person.unfolds("The same as a table");
    assert.equal(await person.page.locator("tbody tr").count(), 4, "the interview and three entries");
    await person.opens("/");
    await person.sees("In the next days");
  });
}

story("something new sends the person through the danger signs again", async (person, { program }) => {
  await person.isTriaged(PLAIN_SPASM);
  program.wait({ hours: 3 });
  await person.opens("/diary");
  await person.chooses("2", "How strong is the pain now");
  await person.chooses("I am not sure", "is any of this new");
  await person.presses("Save");
  await person.isAsked();
  await person.sees("we never take that as no");
  await person.ticks("Numb between your legs");
  await person.goesOn();
  assert.equal(await person.heading(), "Get emergency help now");
});

story("an entry with mistakes keeps what was filled in", { scripts: false }, async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/diary");
  await person.unfolds("Add more");
  await person.ticks("Low back, left");
  await person.chooses("Earlier", "When is this about");
  await person.writes("Time", "half past nine");
  await person.presses("Save");
  await person.sees("There is a problem");
  await person.sees("Write the time as hours and minutes");
  assert.ok(await person.page.getByRole("checkbox", { name: "Low back, left" }).isChecked());
  await person.writes("Time", "9:30");
  await person.chooses("7", "How strong is the pain now");
  await person.chooses("No, none of it", "is any of this new");
  await person.presses("Save");
  await person.isAt("/diary/result");
  await person.opens("/diary");
  await person.unfolds("today at 09:30");
  await person.sees("Low back, left");
  await person.unfolds("This entry is wrong");
  await person.presses("Yes, take out the entry");
  await person.sees("The entry is taken out");
});

story("the digits choose a score, and the arrows move it", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/diary");
  const chosen = () => person.page.locator("input[name=pain_now]:checked").inputValue();
  await person.page.locator("#pain_now_0").focus();
  await person.page.keyboard.press("7");
  assert.equal(await chosen(), "7");
  await person.page.keyboard.press("ArrowLeft");
  assert.equal(await chosen(), "6");
  await person.page.keyboard.press("1");
  await person.page.keyboard.press("0");
  assert.equal(await chosen(), "10");
});

story("a private note is not on paper", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/diary");
  await person.chooses("4", "How strong is the pain now");
  await person.chooses("No, none of it", "is any of this new");
  await person.unfolds("Add more");
  await person.writes("A note to yourself", "only for me");
  await person.presses("Save");
  await person.opens("/diary");
  await person.unfolds("Pain 4 of 10");
  await person.sees("only for me");
  await person.page.emulateMedia({ media: "print" });
  assert.doesNotMatch(await person.reads(), /only for me/);
  assert.match(await person.reads(), /Pain 4 of 10/);
});

story("over three weeks a spasm eases, stays at home and is over", async (person, { program }) => {
  await person.isTriaged(PLAIN_SPASM);
  let day = 0;
  for (const [next, pain] of [[1, 6], [3, 4], [6, 3], [10, 2], [13, 1], [15, 1], [16, 0], [17, 0], [18, 1], [19, 0]]) {
    program.wait({ days: next - day });
    day = next;
    await writesAnEntry(person, pain, "Clearly better");
    await answersTheRest(person, but(PLAIN_SPASM, { "Since the start": "Clearly better" }));
    // After two weeks it is brought up at a visit, however little it hurts; after seven good days it is over.
    const isLong = 14 < day && day < 19;
    await person.sees(isLong ? "Tell a doctor about it in the next few weeks" : "You can look after this at home");
  }
  await person.opens("/diary");
  await person.sees("You are over it");
  assert.equal(await person.main.getByRole("img", { name: /pain/i }).count(), 1, "the chart has no words for who cannot see it");
});
