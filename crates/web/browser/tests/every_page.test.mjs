// Every page with something on it: for screen readers and low sight, in both colour
// schemes, on a phone and a desk, at 400 % zoom, by keyboard and on paper.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PLAIN_SPASM, but } from "../support/answers.mjs";
import { lookAt } from "../support/look.mjs";
import { story } from "../support/story.mjs";
import { fits, routes } from "../support/watch.mjs";

/** What was looked at, for the table at the end. */
const looked = [];

/** Tells a story that looks at pages; what is wrong with any of them is told at the end. */
function tour(name, told) {
  return story(name, async (person) => {
    const all = [];
    const look = async (what) => {
      const { checks, faults } = await lookAt(person);
      looked.push({ what, path: person.place, checks });
      all.push(...faults.map((fault) => `${what}: ${fault}`));
    };
    await told(person, look);
    assert.deepEqual(all, []);
  });
}

/** Sends the form of an entry from a page that was left open, and once more two hours later. */
async function sendsAgainLater(person) {
  await person.opens("/diary");
  const form = await person.page.locator("form.question").evaluate((form) => Object.fromEntries(new FormData(form)));
  const sent = { form: { ...form, pain_now: "4", new_danger: "no" }, maxRedirects: 0 };
  await person.page.request.post(`${person.program.origin}/diary`, sent);
  person.program.wait({ hours: 2 });
  await person.page.request.post(`${person.program.origin}/diary`, sent);
  await person.opens("/again");
}

tour("the pages before an outcome", async (person, look) => {
  await person.opens("/");
  await look("the first page");
  for (const path of ["/help", "/help/call/emergency/1", "/help/now", "/help/now/chair", "/help/get_up", "/help/well", "/help/well/calm_time"]) {
    await person.opens(path);
    await look(`help before any question, ${path}`);
  }
  await person.opens("/");
  await person.presses("Check the danger signs");
  await person.goesOn();
  await look("a question, answered wrongly");
  await person.ticks("Not sure");
  await person.goesOn();
  await look("which lines are not sure");
  await person.opens("/question");
  while (person.place.startsWith("/question/")) {
    await look(`the question "${await person.heading()}"`);
    await person.fillsIn(PLAIN_SPASM);
    await person.goesOn();
  }
  await look("the answers to check");
  await person.opens("/");
  await look("the first page, with an interview under way");
  await person.opens("/emergency");
  await look("the danger card");
  person.watch.allows(/no route has this address: GET \/no_such_page/);
  await person.opens("/no_such_page");
  await look("no such page");
});

tour("painkillers and habits before the check", async (person, look) => {
  await person.opens("/help/well/calm_time");
  await person.follows("Make it a habit");
  await look("a habit before the check");
  await person.presses("Begin");
  await person.isAt("/habits");
  await look("own habits before the check");
  await person.opens("/medicines");
  await look("painkillers before the check");
  await person.presses("Paracetamol");
  await look("a question about a painkiller before the check");
  await person.goesThrough(PLAIN_SPASM);
  await person.isAt("/medicines/check");
  await person.sees("Nothing that you told us speaks against it.");
  await person.seesNo("I took it now");
  await look("a verdict before the check");
});

tour("the pages of an emergency", async (person, look) => {
  await person.opens("/");
  await person.unfolds("Say it in your own words");
  await person.writes("What is wrong?", "I cannot feel anything between my legs since this morning");
  await person.presses("Go on with this");
  await look("a question, filled in from own words");
  await person.ticks("Numb between your legs");
  await person.goesOn();
  await look("the outcome of an emergency");
});

tour("the pages with a plan", async (person, look) => {
  await person.isTriaged(PLAIN_SPASM);
  await look("the outcome with a plan");
  await person.opens("/");
  await look("today");
  await person.opens("/card");
  await look("the come-back card");
  await person.opens("/doctor");
  await look("what to show to the doctor");
  await person.opens("/doctor/in-full");
  await look("what to show to the doctor, in full");
  await person.opens("/");
  await person.follows("Something changed or got worse");
  await look("what changed?");
  await person.presses("Something else");
  await look("the first question, asked again");
  await person.opens("/");
  await look("today, while the questions are answered again");
  await person.opens("/changed");
  await look("what changed, while the questions are answered again");
});

tour("the pages to learn from", async (person, look) => {
  await person.opens("/learn");
  await look("learn");
  for (const question of ["Can dehydration cause a back spasm?", "Who won the football?"]) {
    await person.opens("/learn/ask");
    await person.writes("What do you want to know?", question);
    await person.presses("Ask");
    await look(`the answer to "${question}"`);
  }
  for (const [path, name] of [["/learn/sources", "the sources"], ["/learn/disagreements", "where sources differ"], ["/learn/book", "the contents of the book"]]) {
    await person.opens(path);
    await look(name);
  }
  await person.follows("Cauda equina");
  await look("a page of the book");
  await person.opens("/learn");
  await person.unfolds("(");
  await person.page.locator(".topics a").first().click();
  await look("an answer of the book");
});

for (const [path, name] of [["/causes", "what may lie behind it"], ["/clinic", "what a visit is like"]]) {
  tour(name, async (person, look) => {
    await person.isTriaged(PLAIN_SPASM);
    await person.opens(path);
    await look(`${name}, before its questions`);
    await person.follows("Answer a question");
    await look(`a question about ${name}`);
    await person.ticks("Not sure");
    await person.goesOn();
    await look(`which lines about ${name} are not sure`);
    await person.follows("Back");
    await person.page.getByRole("checkbox", { name: "Not sure" }).uncheck();
    await person.goesThrough({ fits: ["The muscle or the low back feels tight"] });
    await person.isAt(path);
    await look(`${name}, after its questions`);
  });
}

tour("what helps right now", async (person, look) => {
  const main = person.page.locator("[data-do=main]");
  await person.isTriaged(but(PLAIN_SPASM, { fits: ["A lasting illness", "Skin that feels less"] }));
  await person.opens("/relief");
  await look("what helps right now");
  await person.opens("/relief/from/floor");
  await look("what helps right now, from the floor");
  await person.opens("/relief/heat");
  await look("what is not for this person");
  await person.opens("/relief/water");
  await look("advice without a session");
  await person.opens("/relief/paced_breathing");
  await look("a session, before it begins");
  await main.click();
  await look("a session, at a step");
  while ((await main.innerText()) !== "Start the timer") await main.click();
  await main.click();
  await look("a session, with its timer running");
  await person.page.clock.fastForward("10:00");
  await look("a session, when time is up");
  while ((await main.innerText()) !== "Done") await main.click();
  await look("a session, at its end");
  await main.click();
  await look("after a session");
  await person.opens("/helped");
  await look("what helped, after one try");
});

tour("the pages about painkillers", async (person, look) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/medicines");
  await look("painkillers");
  await person.presses("Find it");
  await look("no painkiller is named");
  await person.opens("/medicines");
  await person.writes("Another pack", "ibu");
  await person.presses("Find it");
  await look("which painkiller is it?");
  await person.opens("/medicines");
  await person.presses("Ibuprofen 400 mg");
  await look("a question before a painkiller");
  await person.ticks("Not sure");
  await person.goesOn();
  await look("which lines about medicines are not sure");
  await person.follows("Back");
  await person.page.getByRole("checkbox", { name: "Not sure" }).uncheck();
  await person.goesThrough(PLAIN_SPASM);
  await look("a painkiller that may be taken");
  await person.presses("I took it now");
  await look("a painkiller was taken");
  await person.opens("/medicines");
  await look("painkillers, after one");
  await person.presses("Nurofen");
  await look("a painkiller that must wait");
  await person.opens("/medicines/answers");
  await look("answers about medicines");
  await person.main.getByRole("link", { name: "Change" }).first().click();
  await look("a changed answer about medicines");
  await person.page.getByRole("checkbox", { name: "None of these" }).uncheck();
  await person.ticks("Not sure");
  await person.goesOn();
  await look("which lines of a changed answer are not sure");
  await person.opens("/medicines/region");
  await look("whose limits");
  await person.opens("/medicines/took");
  await look("what did you take?");
  await person.presses("Paracetamol 500 mg");
  await look("a painkiller to write down");
  await person.chooses("Earlier", "When did you take it");
  await person.page.getByLabel("At what time?").fill("");
  await person.presses("Write it down");
  await look("a painkiller written down wrongly");
  await person.page.getByLabel("Tablets").fill("30");
  await person.chooses("Just now", "When did you take it");
  await person.presses("Write it down");
  await look("far too much was taken");
  await person.opens("/medicines");
  await person.presses("A doctor said that I may take it again");
  await look("may it be taken again?");
  await sendsAgainLater(person);
  await look("a dose that was sent again hours later");
  await person.opens("/medicines/log");
  await look("what was taken");
  await person.presses("Take back");
  await look("a dose to take back?");
});

tour("the record and the settings", async (person, look) => {
  await person.opens("/data");
  await look("my data, empty");
  await person.presses("Show what it adds");
  await look("a record to bring back, without a file");
  await person.opens("/settings");
  await look("the settings");
  await person.writes("Time zone", "Nowhere");
  await person.presses("Save");
  await look("the settings, filled in wrongly");
  await person.opens("/settings");
  // What was refused is still there, to be put right.
  await person.writes("Time zone", "Europe/London");
  await person.chooses("New Zealand", "Where are you");
  await person.presses("Save");
  await look("the settings are saved");
  await person.opens("/data");
  await look("my data");
  const download = person.page.waitForEvent("download");
  await person.follows("Everything");
  const copy = person.program.place("copy.json");
  await (await download).saveAs(copy);
  await person.unfolds("Seal the copy with a passphrase");
  await person.writes("A passphrase", "short");
  await person.presses("Save a sealed copy");
  await person.sees("A passphrase has at least 8 characters");
  await look("my data, with a passphrase that is too short");
  await person.writes("A passphrase", "correct horse battery");
  const other = person.page.waitForEvent("download");
  await person.presses("Save a sealed copy");
  const sealed = person.program.place("copy.sealed.txt");
  await (await other).saveAs(sealed);
  await person.page.getByLabel("The file that you saved").setInputFiles(sealed);
  await person.sees("This copy is sealed");
  await look("a sealed copy to bring back");
  await person.presses("Open it");
  await look("a sealed copy, without its passphrase");
  await person.opens("/data/erase");
  await look("erase everything?");
  await person.ticks("Yes, erase everything");
  await person.presses("Erase my record");
  await look("everything is erased");
  await person.opens("/data");
  await person.page.getByLabel("The file that you saved").setInputFiles(copy);
  await person.sees("Nothing has been written yet");
  await look("what a copy would add");
  await person.presses("Add it to my record");
  await look("the copy is back");
});

tour("the pages of the diary", async (person, look) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/diary");
  await look("a diary without an entry");
  await person.presses("Save");
  await look("an entry, filled in wrongly");
  for (const pain of [8, 4]) {
    await person.opens("/diary");
    await person.chooses(String(pain), "How strong is the pain now");
    await person.chooses("No, none of it", "is any of this new");
    await person.presses("Save");
    await look(`what an entry of ${pain} changed`);
    person.program.wait({ hours: 2 });
  }
  await person.opens("/diary");
  await look("a diary");
  await person.opens("/diary/entries");
  await look("all entries of a diary");
  await person.opens("/helped");
  await look("what helped, without a try");
});

tour("the pages of habits", async (person, look) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/habits");
  await look("habits, none chosen");
  await person.opens("/habits/question");
  await look("a question that makes the habits fit");
  await person.ticks("Not sure");
  await person.goesOn();
  await look("which lines about habits are not sure");
  await person.opens("/habits/walking_programme");
  await look("a habit");
  await person.page.getByLabel("At what time of day?").fill("");
  await person.presses("Begin");
  await look("a habit without a time");
  await person.page.getByLabel("At what time of day?").fill("07:30");
  await person.presses("Begin");
  await person.presses("I did it today");
  await look("habits, one chosen and done");
  await person.opens("/habits/walking_programme");
  await look("a habit that was chosen");
});

test("no page was left out", () => {
  for (const { what, path, checks } of looked) console.log(`${String(checks).padStart(5)} checks  ${path.padEnd(32)} ${what}`);
  const left = routes().filter((route) => route.isPage).filter((route) => !looked.some(({ path }) => fits(path, route.path)));
  assert.deepEqual(left.map(({ path }) => path), [], "add these to this file");
});
