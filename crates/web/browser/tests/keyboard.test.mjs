// The keyboard alone, as somebody uses it who lies on the floor with the laptop beside them.

import assert from "node:assert/strict";

import { PLAIN_SPASM } from "../support/answers.mjs";
import { answer, part } from "../support/person.mjs";
import { story } from "../support/story.mjs";

/** No page has more stops. */
const MOST_STOPS = 120;

/** What the focus is on: its words, its kind, and whether anybody can see that it is there. */
function focus(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const label = [...(element.labels ?? [])].find((label) => !label.closest("[aria-hidden=true]"));
    const group = element.closest("fieldset")?.querySelector("legend")?.innerText ?? "";
    const outlined = (shown) => shown !== undefined && getComputedStyle(shown).outlineStyle !== "none" && getComputedStyle(shown).outlineWidth !== "0px";
    return {
      words: (label ?? element).innerText.trim(),
      type: element.type ?? element.tagName.toLowerCase(),
      name: element.name ?? "",
      checked: element.checked ?? false,
      value: element.value ?? "",
      group: `${group} ${document.querySelector("h1").innerText}`,
      isSeen: outlined(element) || outlined(label),
    };
  });
}

/** Tabs until the focus is on something with these words. */
async function tabsTo(page, words) {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    const at = await focus(page);
    assert.ok(at.isSeen, `the focus cannot be seen on "${at.words}"`);
    if (part(words).test(at.words)) return;
  }
  assert.fail(`"${words}" cannot be reached with the Tab key`);
}

/** Answers a screen and goes on, with Tab, Space, the arrows, the digits and Enter. */
async function answersByKeyboard(page, answers) {
  let ticked = false;
  const hasNone = (await page.locator("button[data-none]").count()) > 0;
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    const at = await focus(page);
    assert.ok(at.isSeen, `the focus cannot be seen on "${at.words}"`);
    if (at.type === "checkbox") {
      const fits = answers.fits.some((words) => part(words).test(at.words));
      if (fits) {
        await page.keyboard.press("Space");
        ticked = true;
      }
    } else if (at.type === "summary" && part("Use a list").test(at.words)) {
      await page.keyboard.press("Enter");
    } else if (at.type === "radio") {
      await choosesByKeyboard(page, at, answers);
    } else if (at.type === "text") {
      await page.keyboard.type(answer(answers, at.words) ?? "0");
    } else if (at.name.endsWith("-none") || (at.words.startsWith("Continue") && (ticked || !hasNone))) {
      await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
      return;
    }
  }
  assert.fail("the button to go on cannot be reached with the Tab key");
}

async function choosesByKeyboard(page, at, answers) {
  const wanted = answer(answers, at.group) ?? "No";
  if (/^\d+$/.test(wanted)) {
    await page.keyboard.type(wanted);
    const chosen = await focus(page);
    assert.ok(chosen.checked && chosen.value === wanted, `the digits chose "${chosen.words}"`);
    return;
  }
  for (let option = 0; option < 20; option += 1) {
    await page.keyboard.press(option === 0 ? "Space" : "ArrowDown");
    const here = await focus(page);
    if (part(wanted).test(here.words)) return assert.ok(here.checked);
  }
  assert.fail(`"${wanted}" cannot be chosen with the arrows`);
}

story("the whole interview goes by keyboard", async (person) => {
  const { page } = person;
  await person.opens("/");
  await tabsTo(page, "Check the danger signs");
  await page.keyboard.press("Enter");
  await person.isAsked();
  for (let screen = 0; person.place.startsWith("/question/"); screen += 1) {
    assert.ok(screen < 20, "the questions go round in circles");
    await answersByKeyboard(page, PLAIN_SPASM);
  }
  await person.isAt("/check");
  await tabsTo(page, "All correct");
  await page.keyboard.press("Enter");
  await person.isAt("/outcome");
  assert.equal(await person.heading(), "You can look after this at home for now");
});

story("on the scale the digits choose, and 1 then 0 is ten", async (person) => {
  const { page } = person;
  await person.begins();
  await person.goesThroughUntil("How did it begin", PLAIN_SPASM);
  const scale = page.getByRole("group", { name: part("How strong is the pain now") });
  const chosen = () => scale.getByRole("radio", { checked: true }).inputValue();
  await scale.getByRole("radio").first().focus();
  for (const [keys, value] of [["7", "7"], ["10", "10"], ["1", "1"], ["0", "10"], ["0", "0"]]) {
    await page.keyboard.type(keys);
    assert.equal(await chosen(), value, `after ${keys}`);
  }
});

story("the first stop skips to the content", async (person) => {
  const { page } = person;
  await person.opens("/emergency");
  await page.keyboard.press("Tab");
  const at = await focus(page);
  assert.equal(at.words, "Skip to the content");
  assert.ok(at.isSeen);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)));
});
