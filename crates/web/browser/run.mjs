// Runs the tests, two files at a time, and says in one line how it went.
//
//     node run.mjs [PART OF A FILE NAME] [PART OF A TEST NAME]

import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { run } from "node:test";

const [partOfFile = "", partOfName] = process.argv.slice(2);
const folder = fileURLToPath(new URL("tests/", import.meta.url));
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".test.mjs") && name.includes(partOfFile))
  .map((name) => folder + name)
  // The longest first, so that no process waits at the end for the other.
  .sort((one, other) => statSync(other).size - statSync(one).size);

if (files.length === 0) {
  console.error(`no file of tests has "${partOfFile}" in its name`);
  process.exit(1);
}

let [passed, failed] = [0, 0];

const stream = run({ files, concurrency: 2, testNamePatterns: partOfName });
const isFile = (event) => event.name.endsWith(".test.mjs");
const isLeftOut = (event) => event.skip !== undefined || event.todo !== undefined;

stream.on("test:pass", (event) => {
  // A test that is left out is no test that passed.
  if (isFile(event)) return;
  if (isLeftOut(event)) return partOfName === undefined ? fail(event, "it was left out") : undefined;
  passed += 1;
  console.log(`ok       ${event.name} (${(event.details.duration_ms / 1000).toFixed(1)} s)`);
});
stream.on("test:fail", (event) => {
  const error = event.details.error;
  // A file fails with any of its tests; it counts where it never came to them.
  if (isFile(event) && error?.failureType === "subtestsFailed") return;
  fail(event, error?.cause?.stack ?? error?.cause ?? error?.message);
});
// What a test prints: the tables of what was looked at.
const notes = (event) => {
  if (!event.message.startsWith("# Subtest")) process.stdout.write(event.message.endsWith("\n") ? event.message : `${event.message}\n`);
};
stream.on("test:stdout", notes);
stream.on("test:stderr", notes);

function fail(event, why) {
  failed += 1;
  console.log(`\nFAILED   ${event.name}\n${why}\n`);
}

stream.on("end", () => {
  const result = failed === 0 && passed > 0 ? "ok" : "FAILED";
  console.log(`test result: ${result}. ${passed} passed; ${failed} failed`);
  process.exitCode = result === "ok" ? 0 : 1;
});
stream.resume();
