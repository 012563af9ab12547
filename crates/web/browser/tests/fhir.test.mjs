// What is handed to a doctor as FHIR, read by validators that nobody here wrote.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { PLAIN_SPASM } from "../support/answers.mjs";
import { problems } from "../support/fhir.mjs";
import { story } from "../support/story.mjs";

const folder = mkdtempSync(join(tmpdir(), "unclench-fhir-"));
after(() => rmSync(folder, { recursive: true }));

const unclench = (args, input) => {
  try {
    return execFileSync(process.env.UNCLENCH, args, { cwd: folder, input, encoding: "utf8" });
  } catch (error) {
    // 10 is an emergency, which is an outcome like any other.
    if (error.status === 10) return error.stdout;
    throw error;
  }
};

const { questions, findings } = JSON.parse(unclench(["findings"]));
const ASKED = questions.flatMap((question) => question.findings).filter((id) => findings[id].type === "yes_no");
const NO = Object.fromEntries(ASKED.map((id) => [id, "no"]));
const SPASM = { ...NO, age: 44, days_since_onset: 0, trigger: "lifting", pain_low_back: "yes", pain_side: "both", pain_now: 6, eases_with: "lying" };

/** An hour ago: all of it happened at once. */
const at = new Date(Date.now() - 3_600_000).toISOString();

/** The document of somebody who gave these answers, with more events of their record. */
function handedOver(name, answers, more = [], flags = []) {
  const assessed = JSON.parse(unclench(["assess", "--json"], JSON.stringify(answers)));
  const { certificate } = assessed;
  assert.ok(certificate, `${name} has no outcome`);
  const told = { guideline_version: certificate.guideline_version, guideline_hash: certificate.guideline_hash, urgency: certificate.urgency, title: "", actions: [], because: [], seal: certificate.seal };
  const events = [
    { kind: "answered", question: "danger_nerves", answers: certificate.answers },
    { kind: "assessed", because: "interview", shown: told, certificate },
    ...more,
  ];
  const record = { schema: "unclench-record", version: 1, exported: at, events: events.map((event, index) => ({ sequence: index + 1, at, event })) };
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(record));
  return JSON.parse(unclench(["export", "fhir", "--record", `${name}.json`, ...flags]));
}

const ENTRY = {
  kind: "checked_in", at, pain_now: 4, pain_worst: 7, function: 3, sleep: "broken", activity: "less", new_danger: "not_sure",
  regions: [{ region: "low_back_left", pain: 4 }, { region: "thigh_left" }],
};
const DOSES = [
  { kind: "dose_taken", at, name: "Advil, 2 tablets", units: 2, product: "advil", amounts: [["ibuprofen", 400]], region: "us", verdict: "allowed" },
  { kind: "dose_taken", at, name: "Paracetamol 500 mg", units: 500, amounts: [["paracetamol", 500]], region: "uk", verdict: "ask_first", time_unknown: true },
];
const PEOPLE = {
  emergency: [{ saddle_numbness: "yes" }],
  spasm: [SPASM],
  unsure: [{ ...SPASM, fever: "not sure", leg_weak_or_numb: "not sure", pain_now: "not sure" }],
  diary: [SPASM, [ENTRY, ...DOSES]],
};

for (const [name, [answers, more]] of Object.entries(PEOPLE)) {
  test(`two validators and the rules of the patient summary find nothing wrong with ${name}`, () => {
    assert.deepEqual(problems(handedOver(name, answers, more)), []);
  });
}

test("they find nothing wrong either where the person puts on what they told in confidence", () => {
  const all = handedOver("in_full", { ...SPASM, hurt_by_someone: "yes" }, [ENTRY, ...DOSES], ["--in-full"]);
  assert.deepEqual(problems(all), []);
  const text = JSON.stringify(all);
  assert.ok(text.includes("hurt_by_someone") && text.includes("certificate.json"));
  const without = JSON.stringify(handedOver("left_off", { ...SPASM, hurt_by_someone: "yes" }));
  assert.ok(!without.includes("hurt_by_someone") && !without.includes("certificate.json"));
});

test("each of them finds what is wrong, so that their silence says something", () => {
  const good = JSON.stringify(handedOver("wrong", SPASM, [ENTRY, ...DOSES]));
  const cases = [
    ['"status":"completed"', '"status":"no-such-status"', "fhir"],
    ['"intent":"plan"', '"intention":"plan"', "fhir"],
    ['"intent":"plan"', '"intention":"plan"', "medplum"],
    [/"timestamp":"[^"]*"/, '"timestamp":"yesterday"', "medplum"],
    ['"emptyReason"', '"mode":"working","nothing"', "summary"],
    [/"reference":"urn:uuid:[^"]*"/, '"reference":"urn:uuid:00000000-0000-8000-8000-000000000000"', "reference"],
    ['"60591-5"', '"60591-6"', "summary"],
  ];
  for (const [from, to, who] of cases) {
    const bad = good.replace(from, to);
    assert.notEqual(bad, good, `${from} is not there`);
    const found = problems(JSON.parse(bad));
    assert.ok(found.some((problem) => problem.startsWith(`${who}:`)), `${who} does not see ${from} as ${to}: ${found.join("\n")}`);
  }
});

story("the file for a doctor's system is saved, passes, and comes back in somewhere else", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/doctor");
  await person.follows("Put on all that I told");
  await person.sees("Everything that I told is on this page");
  const download = person.page.waitForEvent("download");
  await person.follows("For a doctor's system");
  const file = await download;
  const path = person.program.place(file.suggestedFilename());
  await file.saveAs(path);
  assert.match(path, /\.fhir\.json$/);
  assert.deepEqual(problems(JSON.parse(readFileSync(path, "utf8"))), []);
  await person.opens("/data");
  await person.follows("Erase my record");
  await person.presses("Erase my record");
  await person.sees("There is a problem");
  await person.ticks("Yes, erase everything");
  await person.presses("Erase my record");
  await person.opens("/data");
  await person.page.getByLabel("The file that you saved").setInputFiles(path);
  await person.sees("Nothing has been written yet");
  await person.presses("Add it to my record");
  await person.sees("It is in your record now");
  await person.opens("/outcome");
  await person.sees("At home");
});
