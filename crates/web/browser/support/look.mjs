// Looking at a page as it stands: for what people with disabilities would stumble
// over, in both colour schemes, at several widths, and on paper.

import assert from "node:assert/strict";

import { axe } from "./libraries.mjs";
import { DESKTOP, PHONE } from "./story.mjs";

/** The narrowest window: a wide one at 400 %. */
const NARROW = { width: 320, height: 640 };

/** What colours can break; everything else is the same in the dark. */
const ABOUT_COLOURS = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };

const EVERYTHING = {};

/** Looks at a page and says how many checks it passed. */
export async function lookAt(person) {
  const { page } = person;
  // What is folded away is looked at too.
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  let checks = 0;
  for (const size of [PHONE, DESKTOP]) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const options = colorScheme === "light" ? EVERYTHING : ABOUT_COLOURS;
      checks += await isAccessible(page, options, `${size.width} px, ${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(NARROW);
  await fitsIts(page);
  await page.setViewportSize(PHONE);
  await isReadInTheOrderSeen(page);
  await printsWithoutButtons(page);
  return checks + 4;
}

async function isAccessible(page, options, how) {
  const result = await page.evaluate(
    async ([source, options]) => {
      if (!globalThis.axe) globalThis.eval(source);
      const found = await globalThis.axe.run(document, options);
      const where = (rule) => rule.nodes.map((node) => `${node.target} ${node.failureSummary}`).join("\n    ");
      return { passed: found.passes.length, violations: found.violations.map((rule) => `${rule.id}: ${where(rule)}`) };
    },
    [axe, options],
  );
  assert.deepEqual(result.violations, [], `axe, ${how}, on ${page.url()}`);
  assert.ok(result.passed > 0, "axe checked nothing");
  return result.passed;
}

/** Nothing is wider than the window, so that nobody has to scroll sideways. */
async function fitsIts(page) {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const all = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > room + 0.5);
    return [`${document.documentElement.scrollWidth} px`, ...all.slice(0, 5).map((element) => element.outerHTML.slice(0, 120))];
  });
  assert.deepEqual(wide, [], `wider than ${NARROW.width} px: ${page.url()}`);
}

/** The keyboard goes down the page as the eye does. */
async function isReadInTheOrderSeen(page) {
  const backwards = await page.evaluate(() => {
    const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const stops = [...document.querySelectorAll(can)].filter((element) => element.checkVisibility() && !element.closest(".skip, .hidden"));
    const early = stops.filter((element) => element.tabIndex > 0).map((element) => `tabindex ${element.outerHTML.slice(0, 120)}`);
    const box = (element) => element.getBoundingClientRect();
    const main = stops.filter((element) => element.closest("main"));
    const late = main.slice(1).filter((element, index) => box(element).bottom <= box(main[index]).top);
    return [...early, ...late.map((element) => element.outerHTML.slice(0, 120))];
  });
  assert.deepEqual(backwards, [], `the keyboard jumps upwards on ${page.url()}`);
}

/** Paper has no buttons. */
async function printsWithoutButtons(page) {
  await page.emulateMedia({ media: "print" });
  const [buttons, text] = await page.evaluate(() => {
    const seen = (element) => element.checkVisibility();
    const buttons = [...document.querySelectorAll("button, nav, .skip, input[type=submit]")].filter(seen);
    return [buttons.map((element) => element.outerHTML.slice(0, 120)), document.querySelector("main").innerText];
  });
  await page.emulateMedia({ media: "screen" });
  assert.deepEqual(buttons, [], `printed: ${page.url()}`);
  assert.notEqual(text.trim(), "", `nothing is printed of ${page.url()}`);
}
