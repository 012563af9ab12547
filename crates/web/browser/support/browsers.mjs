// Which browsers to use.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The program in `UNCLENCH_CHROMIUM`, else the first of the usual names in PATH. */
export const findChromium = () => find("chromium", "UNCLENCH_CHROMIUM", ["chromium", "chromium-browser", "google-chrome"]);

/** The program in `UNCLENCH_FIREFOX`, else the first of the usual names in PATH. */
export const findFirefox = () => find("firefox-esr", "UNCLENCH_FIREFOX", ["firefox-esr", "firefox"]);

function find(called, variable, names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = [process.env[variable] ?? "", ...places].find(isProgram);
  if (found === undefined) throw new Error(`there is no ${called}: apt-get install ${called}, or name one in ${variable}`);
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
