// The questions of the book in a form that nobody here made, and what it answers.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { Form } from "../support/forms.mjs";
import { problemsOf } from "../support/fhir.mjs";
import { browser } from "../support/story.mjs";

/** A form of nearly 300 questions, filled in one by one, in milliseconds. */
const LONGEST = 240_000;

const folder = mkdtempSync(join(tmpdir(), "unclench-forms-"));
after(() => rmSync(folder, { recursive: true }));

const unclench = (args, input) => {
  try {
    return execFileSync(process.env.UNCLENCH, args, { cwd: folder, input, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    // 10 is an emergency, which is an outcome like any other.
    if (error.status === 10) return error.stdout;
    throw error;
  }
};

unclench(["export", "guideline", "."]);
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const [ticks, plain] = ["questionnaire.json", "questionnaire-plain.json"].map(read);

const { questions, findings } = JSON.parse(unclench(["findings"]));
const asked = questions.flatMap((question) => question.findings);
const NO = Object.fromEntries(asked.filter((id) => findings[id].type === "yes_no").map((id) => [id, "no"]));
const SPASM = { ...NO, age: 44, days_since_onset: 0, trigger: "lifting", pain_low_back: "yes", pain_side: "both", pain_now: 6, eases_with: "lying" };

/** The outcome of answers, and of what a form made of them. */
const outcome = (answers) => {
  const { urgency, because } = JSON.parse(unclench(["assess", "--json"], JSON.stringify(answers)));
  return { urgency, because: because?.map(({ rule }) => rule) };
};

/** What a record holds after a response was taken in. */
function takenIn(response, name) {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(response));
  unclench(["import", "fhir", `${name}.json`, "--yes", "--record", `${name}.db`]);
  const { events } = JSON.parse(unclench(["record", "--record", `${name}.db`, "export"]));
  return Object.assign({}, ...events.map(({ event }) => (event.kind === "answered" ? event.answers : {})));
}

test("two validators find nothing wrong with either questionnaire, and something with a broken one", () => {
  assert.deepEqual(problemsOf(ticks), []);
  assert.deepEqual(problemsOf(plain), []);
  const broken = JSON.parse(JSON.stringify(ticks).replace('"type":"group"', '"type":"heap"'));
  assert.ok(problemsOf(broken).some((problem) => problem.startsWith("fhir:")), "fhir");
  const often = JSON.parse(JSON.stringify(ticks).replace('"repeats":true', '"repeats":"often"'));
  assert.ok(problemsOf(often).some((problem) => problem.startsWith("medplum:")), "medplum");
  // Neither looks whether two items have one name.
  for (const whole of [ticks, plain]) {
    const links = (items) => items.flatMap(({ linkId, item }) => [linkId, ...links(item ?? [])]);
    assert.equal(new Set(links(whole.item)).size, links(whole.item).length, "two items have one name");
  }
});

for (const [name, questionnaire, answers] of [
  ["a plain spasm, in lists to tick", ticks, SPASM],
  ["a fever and a doubt, in lists to tick", ticks, { ...SPASM, fever: "yes", saddle_numbness: "not sure", pain_now: "not sure" }],
  ["a plain spasm, each sign by itself", plain, SPASM],
]) {
  test(`${name}: LHC-Forms asks, and its response comes to the same outcome`, { timeout: LONGEST }, async () => {
    const context = await browser.newContext();
    try {
      const form = await Form.of(questionnaire, context);
      await form.isFilledIn(answers);
      const told = takenIn(await form.response(), name.replaceAll(/\W+/g, "_"));
      assert.ok(Object.keys(told).length > 100, `only ${Object.keys(told).length} answers came through`);
      for (const [id, answer] of Object.entries(told)) assert.equal(answer, answers[id] ?? "no", id);
      assert.deepEqual(outcome(told), outcome(answers));
      assert.ok(outcome(told).urgency, "there is no outcome");
    } finally {
      await context.close();
    }
  });
}

test("what is asked of some only is asked of them, and none beside a sign is never guessed at", { timeout: LONGEST }, async () => {
  const context = await browser.newContext();
  try {
    const form = await Form.of(ticks, context);
    const gated = ticks.item.filter(({ enableWhen }) => enableWhen?.some(({ operator }) => operator === "exists"));
    assert.ok(gated.length > 20, `${gated.length} screens are asked of some only`);
    const list = ticks.item.flatMap(({ item }) => item).find(({ repeats }) => repeats);
    const [first, none] = [list.answerOption[0], list.answerOption.at(-1)].map(({ valueCoding }) => valueCoding);
    // Nothing is known yet, so everything is asked but what follows a doubt.
    for (const { linkId, text, item } of gated) assert.ok(await form.isAsked(text ? linkId : item[0].linkId), `${linkId} is hidden`);
    const follows = ticks.item.find(({ enableWhen }) => enableWhen?.length === 1 && enableWhen[0].operator === "=");
    assert.equal(await form.isAsked(follows.linkId), false);
    const [{ question, answerCoding }] = follows.enableWhen;
    await form.presses(question, answerCoding);
    assert.equal(await form.isAsked(follows.linkId), true);
    await form.presses(list.linkId, first);
    await form.presses(list.linkId, none);
    // LHC-Forms 40 does not know that none excludes the others.
    const response = await form.response();
    assert.throws(() => takenIn(response, "both"), /none of these/);
  } finally {
    await context.close();
  }
});
