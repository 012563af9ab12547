// The site in Chromium; and what only Chromium can be made to do: workers killed at any moment.

import assert from "node:assert/strict";

import { PLAIN_SPASM } from "../support/answers.mjs";
import { Chromium } from "../support/engines/playwright.mjs";
import { comes, everyJourney } from "../support/journeys.mjs";
import { journeys } from "../support/site.mjs";

everyJourney(Chromium);

const journey = journeys(Chromium);

/** How many forms are sent while workers die; `UNCLENCH_KILLS=1000` for the whole truth. */
const KILLS = Number(process.env.UNCLENCH_KILLS ?? 40);

/** Sends a diary entry with this note past the page, and says whether it was acknowledged. */
async function sends(note) {
  try {
    const page = new DOMParser().parseFromString(await (await fetch("diary")).text(), "text/html");
    const form = page.querySelector("form.question");
    const fields = new FormData(form);
    for (const group of form.querySelectorAll("fieldset")) {
      const radios = [...group.querySelectorAll("input[type=radio]")];
      const no = radios.find((radio) => /none of it/i.test(page.querySelector(`label[for="${radio.id}"]`)?.textContent));
      const one = no ?? radios.find((radio) => radio.value === "4");
      if (one) fields.set(one.name, one.value);
    }
    fields.set(form.querySelector("textarea").name, note);
    const sent = await fetch("diary", { method: "POST", body: new URLSearchParams(fields) });
    return sent.ok && /\/diary\/result$/.test(new URL(sent.url).pathname);
  } catch {
    return false;
  }
}

journey(`the worker is killed at any moment of ${KILLS} forms: what was acknowledged is there, and nothing is half there`, async (visitor, site) => {
  await comes(visitor, site);
  await visitor.isTriaged(PLAIN_SPASM);
  await visitor.opens("/");
  const { kill, ends } = await visitor.tab.killer();
  const acknowledged = [];
  for (let round = 0; round < KILLS; round += 1) {
    const note = `note ${round}.`;
    const killed = new Promise((resolve) => setTimeout(resolve, Math.random() * 250)).then(kill);
    if (await visitor.tab.does(sends, note)) acknowledged.push(note);
    await killed;
  }
  await ends();
  const kept = (await visitor.events()).map(({ event }) => JSON.stringify(event));
  const isKept = (note) => kept.filter((event) => event.includes(`"${note}"`)).length;
  console.log(`${KILLS} forms, ${acknowledged.length} acknowledged, ${kept.length} events`);
  assert.deepEqual(acknowledged.filter((note) => isKept(note) !== 1), [], "these were acknowledged and are not there once");
  // The record is whole: no page complains of it.
  await visitor.opens("/diary/entries");
  assert.doesNotMatch(await visitor.reads(), /is missing|was changed/);
  assert.ok(acknowledged.length > KILLS / 10, "hardly any form came through");
});
