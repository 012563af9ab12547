// How much there is to scroll, to read and to press on a phone, and to print. What must hold
// is printed at the end as one table, which stands in the README.

import assert from "node:assert/strict";
import { after } from "node:test";

import { PLAIN_SPASM, but } from "../support/answers.mjs";
import { PHONE, story } from "../support/story.mjs";

/** The rows of the table: what, how much there is of it, and how much there may be. */
const rows = [];

/** Notes a figure, and fails where it is more than it may be. */
function holds(what, figure, most) {
  rows.push(`| ${what} | ${Math.round(figure * 100) / 100} | ${most} |`);
  assert.ok(figure <= most, `${what}: ${figure} is more than ${most}`);
}

after(() => console.log(["| On a phone of 390 x 844 | Now | At most |", "|---|---|---|", ...rows].join("\n")));

/** The words that stand on the page, or on it down to something. */
const words = (person, down) =>
  person.page.evaluate((down) => {
    const main = document.querySelector("main");
    const last = down && main.querySelector(down);
    const isAbove = (node) => !last || last.compareDocumentPosition(node) & (Node.DOCUMENT_POSITION_PRECEDING | Node.DOCUMENT_POSITION_CONTAINED_BY);
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    let count = 0;
    while (texts.nextNode()) {
      const seen = texts.currentNode.parentElement.checkVisibility({ visibilityProperty: true });
      if (seen && isAbove(texts.currentNode)) count += texts.currentNode.data.split(/\s+/).filter((word) => /\w/.test(word)).length;
    }
    return count;
  }, down);

story("a position with its picture comes within three taps and ninety words", { hasTouch: true }, async (person) => {
  await person.opens("/");
  let read = await words(person, "a[href='/help']");
  await person.page.getByRole("link", { name: "Help me now" }).tap();
  await person.isAt("/help");
  read += await words(person, "a[href='/help/now']");
  await person.page.getByRole("link", { name: "None of these" }).tap();
  await person.isAt("/help/now");
  read += await words(person, ".figure");
  assert.ok(await person.page.locator(".figure img").first().isVisible());
  holds("Taps to the first position with its picture", 2, 3);
  holds("Words to read until then", read, 90);
});

/** The height of the page in screens of a phone. */
const screens = (person) => person.page.evaluate((height) => document.documentElement.scrollHeight / height, PHONE.height);

/** Where something ends on the page. */
const bottom = (locator) => locator.evaluate((element) => element.getBoundingClientRect().bottom + scrollY);

story("an uncomplicated spasm is ten screens of a phone and fourteen taps from the first page to the outcome", { hasTouch: true }, async (person) => {
  let [length, taps, read] = [0, 0, 0];
  const look = async () => {
    length += await screens(person);
    read += await words(person);
  };
  const tap = (button) => {
    taps += 1;
    return button.tap();
  };
  await person.opens("/");
  await look();
  await tap(person.page.getByRole("button", { name: "Check the danger signs" }));
  while (person.place !== "/check") {
    await person.isAsked();
    await look();
    const before = await person.chosen();
    const saysNone = await person.fillsIn(PLAIN_SPASM);
    taps += (await person.chosen()) - before;
    if (saysNone) await person.page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
    const { place } = person;
    await tap(saysNone ? person.page.locator("button[data-none]") : person.page.getByRole("button", { name: "Continue" }));
    await person.page.waitForURL((url) => url.pathname !== place);
  }
  await look();
  await tap(person.page.getByRole("button", { name: "All correct" }));
  await person.isAt("/outcome");
  holds("Taps from the first page to the outcome of a plain spasm", taps, 14);
  holds("Screens of a phone until then", length, 10);
  holds("Words until then", read, 700);
});

for (const [level, answers] of [
  ["at home", PLAIN_SPASM],
  ["in the next days", but(PLAIN_SPASM, { "How strong is the pain": "9", "What were you doing": "Nothing I know of" })],
  ["today", but(PLAIN_SPASM, { fits: ["A fever of 38"] })],
]) {
  story(`an outcome for ${level} is one view of at most three screens`, async (person) => {
    await person.isTriaged(answers);
    await person.sees(level);
    holds(`Screens of an outcome for ${level}`, await screens(person), 3);
    const signs = await person.main.locator(".signs li").count();
    assert.ok(0 < signs && signs <= 6, `${signs} signs`);
    const call = person.main.getByText("Call your doctor or an advice line today").first();
    const first = level === "today" ? call : person.page.getByRole("link", { name: /^Start/ });
    assert.ok((await bottom(first)) <= PHONE.height, "what to do first is below the fold");
    await person.sees("Show this to the doctor");
    await person.sees("Change an answer");
    // Nothing that was grouped is lost: the whole list is one tap away, and names every sign.
    await person.follows("The whole list for you");
    await person.isAt("/card");
    const whole = await person.page.locator("#whole li").count();
    assert.ok(whole > 3 * signs, `${whole} lines`);
    assert.ok(await person.page.locator("#whole li").first().isVisible(), "the list is folded away");
  });
}

story("the come-back card is one screen, with every group of signs on it", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/card");
  holds("Screens of the come-back card", await screens(person), 1);
  const groups = person.page.locator(".come-card .comeback");
  assert.ok((await groups.count()) >= 3);
  for (const group of await groups.all()) assert.ok(await group.isVisible());
});

story("the list of what helps is at most two and a half screens", async (person) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/relief");
  holds("Screens of the list of what helps", await screens(person), 2.5);
  // What each is for, and how well that is known, stands one tap away.
  await person.follows("Lie on your side");
  await person.sees("not tested");
});

story("a daily check-in is three taps, with the chart above it", { hasTouch: true }, async (person, { program }) => {
  await person.isTriaged(PLAIN_SPASM);
  for (const pain of ["5", "4"]) {
    program.wait({ days: 1 });
    await person.opens("/diary");
    let taps = 0;
    const taps_on = async (name, role) => {
      taps += 1;
      await person.page.getByRole(role, { name }).first().tap();
    };
    await taps_on(new RegExp(`^${pain}\\b`), "radio");
    assert.equal(await person.page.locator("input[name=pain_now]:checked").inputValue(), pain);
    await taps_on(/^No, none of it/, "radio");
    await taps_on("Save", "button");
    await person.isAt("/diary/result");
    if (pain === "4") holds("Taps of a daily check-in", taps, 3);
    else assert.ok(taps <= 3, `${taps} taps`);
  }
  await person.sees("Your pain is down from 6 to 4.");
  await person.opens("/diary");
  const chart = await person.page.locator("svg.chart").first().evaluate((svg) => svg.getBoundingClientRect().bottom + scrollY);
  const form = await person.page.locator("form.question").evaluate((form) => form.getBoundingClientRect().top + scrollY);
  assert.ok(chart <= form, "the chart is below the form");
  assert.ok(chart <= PHONE.height, "the chart is below the fold");
  // The whole card is for whoever finds something new.
  assert.ok(!(await person.page.locator(".newer__card").isVisible()));
  await person.chooses("Yes", "is any of this new");
  assert.ok(await person.page.locator(".newer__card").isVisible());
});

/** How many sides of A4 the page is on paper, with what is folded away. */
async function sides(person) {
  const pdf = await person.page.pdf({ format: "A4", margin: { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" } });
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
}

story("on paper the outcome is two sides, and the card, the visit and the side for the doctor are one", async (person, { program }) => {
  await person.isTriaged(PLAIN_SPASM);
  for (let day = 0; day < 3; day += 1) {
    await person.opens("/diary");
    await person.chooses(String(6 - day), "How strong is the pain now");
    await person.chooses("No, none of it", "is any of this new");
    await person.presses("Save");
    program.wait({ hours: 5 });
  }
  for (const [path, most] of [["/outcome", 2], ["/card", 1], ["/clinic", 1], ["/doctor", 1]]) {
    await person.opens(path);
    holds(`Printed sides of ${path}`, await sides(person), most);
  }
  // Nothing of the card is cut off where it is cut out.
  await person.opens("/card");
  await person.page.emulateMedia({ media: "print" });
  const [inside, room] = await person.page.locator(".come-card").evaluate((card) => [card.scrollHeight, card.clientHeight]);
  assert.ok(inside <= room, `${inside} px in ${room} px`);
});
