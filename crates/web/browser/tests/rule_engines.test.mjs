// The rules of the book on engines that nobody here wrote: every vignette, and random answers.
// `cargo xtask engines` does the same with many more.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { ENGINES, compares, translated } from "../support/rule_engines.mjs";

const folder = mkdtempSync(join(tmpdir(), "unclench-engines-"));
after(() => rmSync(folder, { recursive: true }));

execFileSync(process.env.UNCLENCH_CASES, [folder, "250", "44"]);
const cql = readFileSync(join(folder, "unclench.cql"), "utf8");

/** The first rule that is nothing but a comparison, off by one: `age < 5` as `age <= 5`. */
const IN_CQL = { from: /(define "rule \w+": \("\w+" [<>])( \d+\)\n)/, to: "$1=$2" };
const IN_FHIRPATH = { from: /("name":"rule \w+","expression":"\(%`\w+` [<>])( \d+\)")/, to: "$1=$2" };
const OFF_BY_ONE = { "@cqframework/cql": IN_CQL, "cql-execution": IN_CQL, fhirpath: IN_FHIRPATH };

// One thread each, all at once.
const running = Object.keys(ENGINES).map((engine) => [engine, compares({ folder, engine })]);

for (const [engine, result] of running) {
  test(`${ENGINES[engine].name} says of every rule and both bounds what care says`, async () => {
    const { sets, differ, shown } = await result;
    assert.ok(sets > 700, `only ${sets} sets of answers`);
    assert.deepEqual({ differ, shown }, { differ: 0, shown: [] });
  });
}

for (const engine of Object.keys(ENGINES)) {
  test(`a comparison that is off by one is seen by ${ENGINES[engine].name}, with few answers`, async () => {
    const { differ, shown: [difference] } = await compares({ folder, engine, fault: OFF_BY_ONE[engine], first: true });
    assert.equal(differ, 1, "nobody saw it");
    assert.match(difference.name, /^rule /);
    const many = Object.keys(difference.answers).length;
    assert.equal(many, 1, `${many} answers: ${JSON.stringify(difference)}`);
  });
}

test("HL7's translator finds no error, and an error where there is one", async () => {
  assert.deepEqual((await translated(cql)).errors, []);
  const { errors } = await translated(cql.replace(/define "rule (\w+)": /, 'define "rule $1": "no such finding" and '));
  assert.ok(errors.some((error) => error.includes("no such finding")), errors.join("\n"));
});
