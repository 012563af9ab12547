// LHC-Forms of the U.S. National Library of Medicine, which nobody here wrote, with a questionnaire in it.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";

const place = process.env.UNCLENCH_BROWSER_MODULES;
const require = createRequire(place ? `${place}/` : import.meta.url);
const DIST = join(dirname(require.resolve("lforms/package.json")), "dist/lforms");

const TYPES = { ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".png": "image/png" };
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A form</title>
<link rel="stylesheet" href="webcomponent/styles.css"></head><body><div id="form"></div>
<script src="webcomponent/assets/lib/zone.min.js"></script>
<script src="webcomponent/lhc-forms.js"></script>
<script src="fhir/R4/lformsFHIR.min.js"></script></body></html>`;

export class Form {
  /** @param {import("playwright-core").BrowserContext} context whose clock is the time of the response */
  static async of(questionnaire, context) {
    await context.route("http://forms.test/**", (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === "/") return route.fulfill({ contentType: "text/html; charset=utf-8", body: PAGE });
      return route.fulfill({ contentType: TYPES[extname(pathname)], body: readFileSync(join(DIST, pathname)) });
    });
    const form = new Form();
    form.questionnaire = questionnaire;
    form.page = await context.newPage();
    await form.page.goto("http://forms.test/");
    await form.page.waitForFunction(() => globalThis.LForms?.FHIR);
    await form.page.evaluate((whole) => LForms.Util.addFormToPage(whole, "form", { prepopulate: false }), questionnaire);
    return form;
  }

  /** What is on the screen for an item: behind its name LHC-Forms writes where it stands. */
  #shown(link, option = "") {
    return this.page.locator(`[id^="${link}/"]${option}:visible`);
  }

  async isAsked(link) {
    return (await this.page.locator(`[id^="label-${link}/"]:visible`).count()) > 0;
  }

  /** Presses an option. */
  async presses(link, { system, code }) {
    // The browser does it by itself: a click of the mouse for each of 300 takes two minutes.
    await this.#shown(link, `[id$="|${system}|${code}"] input`).evaluate((input) => input.click());
  }

  /** Fills in whatever is asked, from the top; more may be asked by what was said. */
  async isFilledIn(answers, items = this.questionnaire.item) {
    for (const { linkId, type, text, item, answerOption, enableWhen } of items) {
      // A group around a group has no words that could be seen.
      if (enableWhen && text && !(await this.isAsked(linkId))) continue;
      if (type === "group") {
        if (text === undefined && !(await this.isAsked(item[0].linkId))) continue;
        await this.isFilledIn(answers, item);
      } else if (type === "integer" && typeof answers[linkId] === "number") {
        await this.#shown(linkId).fill(`${answers[linkId]}`);
      } else for (const option of chosen(linkId, answerOption ?? [], answers)) await this.presses(linkId, option);
    }
  }

  /** What the form makes of it. */
  response() {
    return this.page.evaluate(() => LForms.Util.getFormFHIRData("QuestionnaireResponse", "R4"));
  }
}

/** The options of an item that say what was answered. */
function chosen(link, options, answers) {
  const codings = options.map(({ valueCoding }) => valueCoding);
  const [id, list] = link.split(":");
  const said = (wanted) => codings.filter(({ code }) => answers[code] === wanted);
  if (list === "ticks") return said("yes").length > 0 ? said("yes") : codings.filter(({ code }) => code === "none");
  if (list === "ticks_not_sure") return said("not sure");
  const code = { yes: "Y", no: "N", "not sure": "asked-unknown" }[answers[id]] ?? answers[id];
  return codings.filter((coding) => coding.code === code);
}
