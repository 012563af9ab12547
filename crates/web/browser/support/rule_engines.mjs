// Engines that nobody here wrote, each of which runs the rules of the book: HL7's reference
// engine and `cql-execution` on the CQL library, and `fhirpath` on the same rules as FHIRPath.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

const place = process.env.UNCLENCH_BROWSER_MODULES;
const require = createRequire(place ? `${place}/` : import.meta.url);
const load = (name) => import(pathToFileURL(require.resolve(name)));

/** Each engine by its package: what it is called, and how it is prepared for a library. */
export const ENGINES = {
  "@cqframework/cql": { name: "HL7's reference engine", prepare: reference },
  "cql-execution": { name: "cql-execution", prepare: execution },
  fhirpath: { name: "fhirpath", prepare: paths },
};

/** The version of a package that is installed. */
export const version = (name) => JSON.parse(readFileSync(join(place ?? "", "node_modules", name, "package.json"), "utf8")).version;

/** What a person was asked and is not sure of. */
const NOT_SURE = "not sure";

/** The names of everything that is compared: three values of each rule, and both bounds. */
const compared = (rules) => ({
  fires: rules.map((rule) => `rule ${rule}`),
  can_fire: rules.map((rule) => `rule ${rule} can fire`),
  can_fail: rules.map((rule) => `rule ${rule} can fail`),
  at_least: "Urgency at least",
  at_most: "Urgency at most",
});

/** One letter a rule; what is no truth value shows itself. */
const letter = (value) => (value === true ? "t" : value === false ? "f" : value === null ? "-" : "?");

/** What an engine says, in the form in which the cases have it. */
function said(rules, valueOf) {
  const { fires, can_fire, can_fail, at_least, at_most } = compared(rules);
  const letters = (names) => names.map((name) => letter(valueOf(name))).join("");
  return {
    fires: letters(fires),
    can_fire: letters(can_fire),
    can_fail: letters(can_fail),
    at_least: valueOf(at_least),
    at_most: valueOf(at_most),
  };
}

/** Answers as parameters: null for what is not known, and the names of what they are not sure of. */
const isKnown = ([, answer]) => answer !== NOT_SURE;
const known = (answer) => (answer === "yes" ? true : answer === "no" ? false : answer);
const notSure = (answers) => Object.entries(answers).filter((entry) => !isKnown(entry)).map(([id]) => id);

/** A library in the translator's hands, and what it finds wrong with it. */
async function inTranslator(cql) {
  const { CqlTranslator, LibraryManager, ModelManager, createLibrarySourceProvider, stringAsSource } =
    await load("@cqframework/cql/cql-to-elm");
  const { SystemModelInfoProvider } = await load("@cqframework/cql/cql");
  const models = new ModelManager();
  models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider(), true);
  const libraries = new LibraryManager(models);
  libraries.librarySourceLoader.registerProvider(createLibrarySourceProvider(() => stringAsSource(cql)));
  return { CqlTranslator, libraries };
}

/** HL7's translator: the library as ELM, with its errors and warnings. */
export async function translated(cql) {
  const { CqlTranslator, libraries } = await inTranslator(cql);
  const translator = CqlTranslator.fromText(cql, libraries);
  const found = (list) => [...list.asJsReadonlyArrayView()].map((problem) => problem.message);
  return { elm: translator.toJson(), errors: found(translator.errors), warnings: found(translator.warnings) };
}

/** HL7's reference engine: it gets the text and translates by itself. */
async function reference({ cql, rules }) {
  const { libraries } = await inTranslator(cql);
  const { Boolean, CqlEngine, Environment, EvaluationParams, Integer, List, String, iterableToList } =
    await load("@cqframework/cql/engine");
  const { KtList, KtMap, KtMutableSet } = await load("@cqframework/cql/kotlin-kotlin-stdlib");
  const options = KtMutableSet.fromJsSet(new Set([CqlEngine.Options.EnableExpressionCaching]));
  const environment = new Environment(libraries);
  const wanted = Object.values(compared(rules)).flat();
  const builder = new EvaluationParams.LibraryParams.Builder();
  builder.expressionsByName(wanted);
  const library = builder.build();
  const value = (answer) =>
    typeof answer === "boolean" ? new Boolean(answer) : typeof answer === "number" ? new Integer(answer) : new String(answer);
  return (answers) => {
    const parameters = new Map(Object.entries(answers).filter(isKnown).map(([id, answer]) => [id, value(known(answer))]));
    const names = notSure(answers).map((id) => new String(id));
    parameters.set("Not sure", new List(KtList.fromJsArray(names)));
    const params = new EvaluationParams.Builder();
    params.parameters = KtMap.fromJsMap(parameters);
    params.libraryByName("Unclench", library);
    const { expressionResults } = new CqlEngine(environment, options).evaluate(params.build()).onlyResultOrThrow;
    const results = expressionResults.asJsReadonlyMapView();
    return said(rules, (name) => results.get(name)?.value?.value ?? null);
  };
}

/** `cql-execution`: it gets the ELM. */
async function execution({ elm, rules }) {
  const { Library } = require("cql-execution");
  const { UnfilteredContext } = require("cql-execution/lib/runtime/context");
  const library = new Library(JSON.parse(elm));
  const wanted = Object.values(compared(rules)).flat();
  return async (answers) => {
    const parameters = Object.fromEntries(Object.entries(answers).filter(isKnown).map(([id, answer]) => [id, known(answer)]));
    parameters["Not sure"] = notSure(answers);
    const context = new UnfilteredContext(library, {}, undefined, parameters);
    const values = {};
    for (const name of wanted) values[name] = await library.expressions[name].expression.execute(context);
    return said(rules, (name) => values[name] ?? null);
  };
}

/** Answers as a response to the plain questionnaire. */
function response(screens, answers) {
  const NO_DATA = { system: "http://terminology.hl7.org/CodeSystem/data-absent-reason", code: "asked-unknown" };
  const YES_NO = (code) => ({ system: "http://terminology.hl7.org/CodeSystem/v2-0136", code });
  const value = (id, answer) => {
    if (typeof answer === "number") return { valueInteger: answer };
    if (answer === NOT_SURE) return { valueCoding: NO_DATA };
    if (answer === "yes" || answer === "no") return { valueCoding: YES_NO(answer === "yes" ? "Y" : "N") };
    return { valueCoding: { system: `urn:unclench:option:${id}`, code: answer } };
  };
  const item = (id) => ({ linkId: id, answer: [value(id, answers[id])] });
  const asked = screens.flatMap(({ findings }) => findings);
  const groups = screens.map(({ id, findings }) => ({ linkId: `${id}:screen`, item: findings.filter((one) => one in answers).map(item) }));
  // What is worked out from a diary has no screen.
  const others = Object.keys(answers).filter((id) => !asked.includes(id)).map(item);
  const items = [...groups.filter((group) => group.item.length > 0), ...others];
  return { resourceType: "QuestionnaireResponse", status: "completed", item: items };
}

/** `fhirpath`: each expression over the response, and the names of those before it. */
async function paths({ fhirpath, rules, screens }) {
  const engine = require("fhirpath");
  const model = require("fhirpath/fhir-context/r4");
  const compiled = fhirpath.variables.map(({ name, expression }) => [name, engine.compile(expression, model)]);
  return (answers) => {
    const resource = response(screens, answers);
    const values = {};
    for (const [name, path] of compiled) values[name] = path(resource, values);
    return said(rules, (name) => values[name][0] ?? null);
  };
}

/** Which values differ: `rule fever` or a bound, each with what the engine and what `care` says. */
function differing(rules, theirs, ours) {
  const names = compared(rules);
  return Object.entries(names).flatMap(([part, name]) => {
    if (theirs[part] === ours[part]) return [];
    if (!Array.isArray(name)) return [{ name, theirs: theirs[part], ours: ours[part] }];
    const which = name.map((one, index) => ({ name: one, theirs: theirs[part][index], ours: ours[part][index] }));
    return which.filter(({ theirs, ours }) => theirs !== ours);
  });
}

/** `care` itself, which is asked a set at a time. */
class Care {
  #child = spawn(process.env.UNCLENCH_CASES, ["--of"], { stdio: ["pipe", "pipe", "inherit"] });
  #lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();

  async says(answers) {
    this.#child.stdin.write(`${JSON.stringify(answers)}\n`);
    return JSON.parse((await this.#lines.next()).value);
  }

  ends() {
    this.#child.stdin.end();
  }
}

/** The fewest answers beside which a value still differs: no single one can be left out. */
async function minimised(rules, run, answers, name) {
  const care = new Care();
  const differs = async (set) => differing(rules, await run(set), await care.says(set)).some((one) => one.name === name);
  let [left, size] = [Object.entries(answers), Object.keys(answers).length];
  while (size > 0) {
    let isLess = false;
    for (let start = 0; start < left.length; ) {
      const fewer = left.filter((_, index) => index < start || start + size <= index);
      if (await differs(Object.fromEntries(fewer))) [left, isLess] = [fewer, true];
      else start += size;
    }
    if (!isLess || size > 1) size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  care.ends();
  return Object.fromEntries(left);
}

/** How many differing sets are made small; each of the others only counts. */
const MOST_SHOWN = 5;

/**
 * Runs every case of a folder on one engine. `fault` is what a test breaks: a text and what
 * stands in its place. `first` stops at the first difference.
 */
async function compare({ folder, engine, fault, first = false }) {
  const text = (name) => readFileSync(join(folder, name), "utf8");
  const broken = (whole) => (fault ? whole.replace(fault.from, fault.to) : whole);
  const { rules, screens } = JSON.parse(text("book.json"));
  const [cql, fhirpath] = [broken(text("unclench.cql")), JSON.parse(broken(text("unclench.fhirpath.json")))];
  const { elm } = engine === "cql-execution" ? await translated(cql) : {};
  const run = await ENGINES[engine].prepare({ cql, elm, fhirpath, rules, screens });
  const [start, shown] = [Date.now(), []];
  let [sets, differ] = [0, 0];
  for (const line of text("cases.jsonl").trim().split("\n")) {
    const { id, answers, ...ours } = JSON.parse(line);
    sets += 1;
    const [found] = differing(rules, await run(answers), ours);
    if (found) {
      differ += 1;
      if (shown.length < MOST_SHOWN) shown.push({ id, ...found, answers: await minimised(rules, run, answers, found.name) });
      if (first) break;
    }
    if (sets % 1000 === 0) parentPort?.postMessage({ engine, sets, differ });
  }
  return { engine, sets, values: sets * (3 * rules.length + 2), differ, shown, seconds: (Date.now() - start) / 1000, done: true };
}

/** The same in a thread of its own; `hears` is told how far it is. */
export const compares = (options, hears = () => {}) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: options });
    worker.on("message", (said) => (said.done ? resolve(said) : hears(said)));
    worker.on("error", reject);
  });

if (!isMainThread && workerData?.engine) parentPort.postMessage(await compare(workerData));
