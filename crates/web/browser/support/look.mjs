// Looking at a page as it stands: for what people with disabilities would stumble
// over, in both colour schemes, at several widths, and on paper.

import { axe } from "./libraries.mjs";
import { DESKTOP, PHONE } from "./story.mjs";

/** The narrowest window: a wide one at 400 %. */
const NARROW = { width: 320, height: 640 };

/** Under a thumb, in px. */
const LEAST = 44;

/** What colours can break; everything else is the same in the dark. */
const ABOUT_COLOURS = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };

const EVERYTHING = {};

/** Looks at a page: how many checks it passed, and what is wrong with it. */
export async function lookAt(person) {
  const { page } = person;
  const faults = [];
  let checks = 0;
  const found = (how, problems) => faults.push(...problems.map((problem) => `${person.place} ${how}: ${problem}`));
  // What is folded away is looked at too.
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  for (const size of [PHONE, DESKTOP]) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const { passed, violations } = await stumblingBlocks(page, colorScheme === "light" ? EVERYTHING : ABOUT_COLOURS);
      checks += passed;
      found(`${size.width} px, ${colorScheme}`, passed > 0 ? violations : ["axe checked nothing"]);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(PHONE);
  found("under a thumb", await tooSmall(page));
  await page.setViewportSize(NARROW);
  found(`at ${NARROW.width} px`, await tooWide(page));
  for (const size of [NARROW, PHONE]) {
    await page.setViewportSize(size);
    await page.evaluate(() => void (document.documentElement.style.fontSize = "225%"));
    found(`at ${size.width} px with text at 200 %`, await tooWide(page));
    await page.evaluate(() => void document.documentElement.removeAttribute("style"));
  }
  found("by keyboard", await outOfOrder(page));
  found("on paper", await printedInVain(page));
  return { checks: checks + 4, faults };
}

async function stumblingBlocks(page, options) {
  return page.evaluate(
    async ([source, options]) => {
      if (!globalThis.axe) globalThis.eval(source);
      const found = await globalThis.axe.run(document, options);
      const where = (rule) => rule.nodes.map((node) => `${node.target} ${node.failureSummary.replace(/\s+/g, " ")}`).join(" | ");
      return { passed: found.passes.length, violations: found.violations.map((rule) => `${rule.id}, ${where(rule)}`) };
    },
    [axe, options],
  );
}

/** What is wider than the window, so that somebody has to scroll sideways, or begins left of it, where nobody can. */
function tooWide(page) {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const cut = [...document.querySelectorAll("header *, main a, main button")].filter((element) => {
      const place = element.getBoundingClientRect();
      return place.width > 2 && place.left < -0.5 && element.closest(".skip") === null;
    });
    if (cut.length > 0) return [`cut off on the left: ${cut.slice(0, 3).map((element) => element.outerHTML.slice(0, 100)).join(" | ")}`];
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > room + 0.5);
    return [`${document.documentElement.scrollWidth} px wide, by ${wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 100)).join(" | ")}`];
  });
}

/** What is smaller than a thumb needs, 44 px each way; but for a link in the middle of a text. */
function tooSmall(page) {
  return page.evaluate((least) => {
    const can = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    const isInText = (element) => {
      if (element.localName !== "a" || getComputedStyle(element).display !== "inline") return false;
      const around = element.closest("p, li, td, dd, dt, label, figcaption, blockquote, span, div");
      return around && around.textContent.trim().length > element.textContent.trim().length;
    };
    // A tick is as large as its line, and a link that covers its card as large as the card.
    const area = (element) => {
      if (element.matches("input[type=radio], input[type=checkbox]")) return [...element.labels].at(0) ?? element;
      const { position, content } = getComputedStyle(element, "::after");
      return position === "absolute" && content !== "none" ? (element.offsetParent ?? element) : element;
    };
    const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".skip, .hidden");
    return [...document.querySelectorAll(can)]
      .filter((element) => isSeen(element) && !isInText(element))
      .map((element) => [element, area(element).getBoundingClientRect()])
      // A tick whose place on the body is pressed instead takes no room; its shape is measured where the body is tried.
      .filter(([, { width, height }]) => width + height > 0 && (width < least - 0.5 || height < least - 0.5))
      .map(([element, { width, height }]) => `${Math.round(width)} by ${Math.round(height)}, ${element.outerHTML.slice(0, 120)}`);
  }, LEAST);
}

/** Where the keyboard jumps upwards, while the eye goes down the page. */
function outOfOrder(page) {
  return page.evaluate(() => {
    const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const stops = [...document.querySelectorAll(can)].filter((element) => element.checkVisibility() && !element.closest(".skip, .hidden"));
    const early = stops.filter((element) => element.tabIndex > 0).map((element) => `a tabindex of ${element.tabIndex}, ${element.outerHTML.slice(0, 100)}`);
    const box = (element) => element.getBoundingClientRect();
    // What stays in sight while the page moves is looked at where it stands in the page.
    const bars = [...document.querySelectorAll(".thumb--sticks, .session__stop")];
    for (const bar of bars) bar.style.position = "static";
    const main = stops.filter((element) => element.closest("main"));
    const late = main.slice(1).filter((element, index) => box(element).bottom <= box(main[index]).top);
    for (const bar of bars) bar.style.position = "";
    return [...early, ...late.map((element) => `it jumps upwards to ${element.outerHTML.slice(0, 100)}`)];
  });
}

/** What paper has no use for; and a page of which nothing is printed. */
async function printedInVain(page) {
  await page.emulateMedia({ media: "print" });
  const problems = await page.evaluate(() => {
    const useless = [...document.querySelectorAll("button, nav, .skip, input[type=submit]")].filter((element) => element.checkVisibility());
    const isEmpty = document.querySelector("main").innerText.trim() === "";
    return [...useless.map((element) => `printed: ${element.outerHTML.slice(0, 100)}`), ...(isEmpty ? ["nothing is printed"] : [])];
  });
  await page.emulateMedia({ media: "screen" });
  return problems;
}
