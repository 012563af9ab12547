// The libraries of the tests. `cargo xtask` installs them outside of the source
// tree and names the place; without that, `npm ci` beside this folder does.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const place = process.env.UNCLENCH_BROWSER_MODULES;
const require = createRequire(place ? `${place}/` : import.meta.url);

export const { chromium, firefox } = require("playwright-core");

/** Reads calendars; written by other people than the program that makes them. */
export const ICAL = require("ical.js");

/** The script that looks for what people with disabilities would stumble over. */
export const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** The compiler of TypeScript, which looks whether types are what they say. */
export const typescript = require.resolve("typescript/bin/tsc");
