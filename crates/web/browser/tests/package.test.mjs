// The package for npm, installed from a fresh folder as anybody would: it answers as the native
// program does, byte for byte, in Node and in Chromium, and what its README shows is true.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";

import { findChromium } from "../support/browsers.mjs";
import { Host } from "../support/host.mjs";
import { chromium, typescript } from "../support/libraries.mjs";

const packages = process.env.UNCLENCH_PACKAGES;
const archive = join(packages, readdirSync(packages).find((name) => name.endsWith(".tgz")));
const vectors = readFileSync(process.env.UNCLENCH_VECTORS, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
const readme = readFileSync(new URL("../../../embed/npm/README.md", import.meta.url), "utf8");

const folder = mkdtempSync(join(tmpdir(), "unclench-package-"));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "package.json"), "{}");
execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", "--silent", archive], { cwd: folder });
const installed = join(folder, "node_modules/unclench");

/** Asks as somebody who uses the package; what it says of a request that does not fit, too. */
function asked(unclench, { call, request: { answers, certificate, ...rest } }) {
  const ways = {
    dose: () => unclench.dose(answers ? { ...rest, answers } : rest),
    verify: () => unclench.verify(certificate),
    questions: () => unclench.questions(),
  };
  try {
    return { told: JSON.stringify((ways[call] ?? (() => unclench[call](answers, rest)))()) };
  } catch (error) {
    const { name, status, detail, errors, message } = error;
    return { problem: { name, status, detail, errors, message } };
  }
}

function areAsExpected(told) {
  const counts = {};
  for (const [index, { call, request, told: expected, problem }] of vectors.entries()) {
    counts[call] = (counts[call] ?? 0) + 1;
    const got = told[index];
    assert.equal(got.told, expected, JSON.stringify(request));
    if (problem === undefined) continue;
    const { status, detail, errors = [] } = problem;
    const { message, ...rest } = got.problem;
    assert.deepEqual(rest, { name: "Problem", status, detail, errors });
    assert.doesNotMatch(message, /SECRET/);
  }
  assert.ok(Object.keys(counts).length === 6 && counts.assess > 800, JSON.stringify(counts));
}

test("every answer of the package is that of the native program, byte for byte, in Node", async () => {
  const { open } = await import(pathToFileURL(join(installed, "node.mjs")));
  const unclench = await open();
  areAsExpected(vectors.map((vector) => asked(unclench, vector)));
});

test("the same in Chromium, where it fetches nothing but its own files", async () => {
  writeFileSync(join(installed, "index.html"), "<!DOCTYPE html><title>Embedded</title>");
  writeFileSync(join(installed, "404.html"), "<!DOCTYPE html><title>Not here</title>");
  const host = new Host(installed, "/");
  await host.starts();
  const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.goto(`${host.origin}/`);
    const ask = `async (vectors) => {
      const { open } = await import("./browser.mjs");
      const unclench = await open();
      return vectors.map((vector) => (${asked})(unclench, vector));
    }`;
    areAsExpected(await page.evaluate(`(${ask})(${JSON.stringify(vectors)})`));
    const fetched = host.requests.filter((request) => !request.endsWith("/favicon.ico")).sort();
    assert.deepEqual(fetched, ["GET /", "GET /browser.mjs", "GET /core.mjs", "GET /guideline.bin", "GET /unclench.wasm"]);
  } finally {
    await browser.close();
    await host.stops();
  }
});

test("it can be required too", async () => {
  const { open } = createRequire(join(folder, "any.js"))("unclench");
  assert.equal((await open()).next({}).finished, false);
});

test("a book that is none is refused", async () => {
  const { open } = await import(pathToFileURL(join(installed, "node.mjs")));
  await assert.rejects(open({ book: new TextEncoder().encode("no book") }), /no compiled book/);
});

test("what the README shows runs and prints what it says", () => {
  const shown = [...readme.matchAll(/```js\n(.*?)```\n\n```text\n(.*?)```/gs)];
  assert.equal(shown.length, 4);
  for (const [number, [, code, expected]] of shown.entries()) {
    const file = join(folder, `example${number}.mjs`);
    writeFileSync(file, code);
    assert.equal(execFileSync(process.execPath, [file], { encoding: "utf8" }), expected);
  }
});

test("what the README shows has the types that it says, and a slip is found", () => {
  const compiles = (name, code) => {
    const place = join(folder, name);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "example.mts"), code);
    const options = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom"];
    try {
      execFileSync(process.execPath, [typescript, ...options, "example.mts"], { cwd: place, encoding: "utf8" });
      return "";
    } catch (error) {
      return error.stdout;
    }
  };
  for (const [number, [, code]] of [...readme.matchAll(/```js\n(.*?)```/gs)].entries()) {
    // The last shows what does not fit.
    const said = compiles(`typed${number}`, code);
    assert.match(said, code.includes("a bit") ? /'"a bit"' is not assignable/ : /^$/, `${code}\n${said}`);
  }
  assert.match(compiles("slip", 'import { open } from "unclench";\n(await open()).assess({ fevr: "no" });\n'), /fevr/);
});
