// Runs every case of a folder on the engines that nobody here wrote, and writes what came of it.
//
//     node engines.mjs FOLDER

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ENGINES, compares, translated, version } from "./support/rule_engines.mjs";

const [folder] = process.argv.slice(2);
const text = (name) => readFileSync(join(folder, name), "utf8");
const book = JSON.parse(text("book.json"));
const cases = text("cases.jsonl").trim().split("\n").map((line) => JSON.parse(line));

const { elm, errors, warnings } = await translated(text("unclench.cql"));
if (errors.length > 0) {
  console.error(`HL7's translator refuses the library:\n${errors.join("\n")}`);
  process.exit(1);
}
writeFileSync(join(folder, "unclench.elm.json"), elm);

const results = await Promise.all(
  Object.keys(ENGINES).map((engine) => compares({ folder, engine }, ({ sets, differ }) => console.log(`${engine}: ${sets} sets, ${differ} differ`))),
);

const number = (value) => value.toLocaleString("en-GB", { maximumFractionDigits: 1 });
const count = (part, letter, index) => cases.some((one) => one[part][index] === letter);
const reached = (part, letter) => book.rules.filter((_, index) => count(part, letter, index)).length;
const random = cases.filter(({ id }) => id.startsWith("random")).length;
const open = cases.filter((one) => one.at_least !== one.at_most).length;
const levels = [...new Set(cases.map((one) => one.at_least))].map((level) => `${level} ${cases.filter((one) => one.at_least === level).length}`);
const engines = results.map(({ engine, sets, values, differ, seconds }) =>
  `| ${ENGINES[engine].name} | \`${engine}\` ${version(engine)} | ${number(sets)} | ${number(values)} | ${differ} | ${number(seconds)} s | ${number((seconds * 1000) / sets)} ms |`);
const shown = results.flatMap(({ engine, shown }) =>
  shown.map(({ id, name, theirs, ours, answers }) => `- ${ENGINES[engine].name}, ${id}: \`${name}\` is \`${theirs}\` there and \`${ours}\` here, by \`${JSON.stringify(answers)}\``));
const report = `# The same answers on engines nobody here wrote

Guideline ${book.version}, SHA-256 \`${book.hash}\`.

Every set of answers was run through \`care\` and through each engine below.
Compared were, for each of the ${book.rules.length} rules, whether it fires (yes, no or not known), whether it still can and whether it still can fail, and the least and the greatest urgency.

| Engine | Package | Sets of answers | Values compared | Sets that differ | Time | A set |
|---|---|---|---|---|---|---|
${engines.join("\n")}

HL7's translator (\`@cqframework/cql\` ${version("@cqframework/cql")}) finds ${errors.length} errors in the library, and ${warnings.length} warnings.

## What was tried

- ${number(cases.length - random)} vignettes and ${number(random)} random sets, complete and partial; in ${number(open)} the urgency is still open.
- Of ${book.rules.length} rules, ${reached("fires", "t")} fire in some set, ${reached("fires", "f")} do not in some, and in some ${reached("fires", "-")} are not known.
- The least urgency: ${levels.join(", ")}.

## Differences

${shown.length === 0 ? "None." : shown.join("\n")}
`;
writeFileSync(join(folder, "report.md"), report);
console.log(report);
process.exitCode = results.some(({ differ }) => differ > 0) ? 1 : 0;
