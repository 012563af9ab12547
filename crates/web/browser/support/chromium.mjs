// Which browser to use.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The browser in UNCLENCH_CHROMIUM, else the first of the usual names in PATH. */
export function findBrowser() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = [process.env.UNCLENCH_CHROMIUM ?? "", ...places].find(isProgram);
  if (found === undefined) throw new Error("there is no Chromium: apt-get install chromium, or name one in UNCLENCH_CHROMIUM");
  return found;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
