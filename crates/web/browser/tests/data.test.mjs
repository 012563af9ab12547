// The record itself: where it is, a copy of it, its end. And the settings.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";

import { PLAIN_SPASM } from "../support/answers.mjs";
import { story } from "../support/story.mjs";

/** Saves what a link offers, and says where. */
async function saves(person, name) {
  const download = person.page.waitForEvent("download");
  await person.follows(name);
  const file = await download;
  const path = person.program.place(file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

story("a copy is saved, everything is erased, and the copy brings it back", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/data");
  const copy = await saves(person, "Everything");
  assert.match(copy, /\.json$/);
  assert.ok(JSON.parse(readFileSync(copy, "utf8")), "the copy is no JSON");
  const table = await saves(person, "For a spreadsheet");
  assert.match(table, /\.csv$/);
  await person.follows("Erase my record");
  await person.presses("Erase my record");
  await person.sees("There is a problem");
  await person.ticks("Yes, erase everything");
  await person.presses("Erase my record");
  await person.sees("Your record is empty");
  await person.opens("/");
  assert.equal(await person.heading(), "Is this back spasm dangerous?");
  await person.opens("/data");
  // To choose it is enough.
  await person.page.getByLabel("The file that you saved").setInputFiles(copy);
  await person.sees("Nothing has been written yet");
  await person.presses("Add it to my record");
  await person.sees("It is in your record now");
  await person.opens("/");
  await person.seesNo("Is this back spasm dangerous?");
});

story("a copy is handed on to another program, where the device can do that", async (person) => {
  await person.page.addInitScript(() => {
    globalThis.shared = [];
    // As phones do it: a text may be shared, JSON may not.
    navigator.canShare = ({ files }) => files.every((file) => file.type.startsWith("text/") && /\.(txt|csv)$/.test(file.name));
    navigator.share = async ({ files: [file] }) => globalThis.shared.push([file.name, await file.text()]);
  });
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/data");
  for (const name of ["Everything", "For a spreadsheet"]) {
    await person.page.getByRole("button", { name: `Share: ${name}`, exact: true }).click();
  }
  await person.page.waitForFunction(() => globalThis.shared.length === 2);
  const [table, everything] = await person.page.evaluate(() => globalThis.shared.sort());
  assert.match(everything[0], /\.json\.txt$/);
  assert.ok(JSON.parse(everything[1]).events.length > 0);
  assert.match(table[0], /\.csv$/);
});

story("the chosen country and colours stand on every page", async (person) => {
  await person.opens("/settings");
  await person.chooses("Australia", "Where are you");
  await person.chooses("Dark", "Colours");
  await person.presses("Save");
  await person.sees("Saved");
  await person.opens("/emergency");
  assert.equal(await person.page.getByRole("banner").getByRole("link", { name: "000" }).getAttribute("href"), "tel:000");
  const dark = await person.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  assert.equal(dark, "dark");
});

story("what one asks the book is not kept", async (person, { program }) => {
  await person.opens("/learn");
  await person.writes("What do you want to know?", "Is a tingling quokka dangerous?");
  await person.presses("Ask");
  await person.isAt("/learn/ask");
  await person.isTriaged(PLAIN_SPASM);
  await program.isKilled();
  const folder = program.place(".");
  const files = readdirSync(folder).filter((name) => name.startsWith("record.db"));
  assert.ok(files.length > 0);
  const kept = files.map((name) => readFileSync(`${folder}/${name}`, "latin1")).join("");
  assert.ok(kept.includes("lifting"), "an answer should be in the file: it is not sealed");
  assert.ok(!kept.includes("quokka"));
});
