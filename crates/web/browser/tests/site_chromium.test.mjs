// The site in Chromium; and what only Chromium can be made to do: workers killed at any moment.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { PLAIN_SPASM } from "../support/answers.mjs";
import { Chromium } from "../support/engines/playwright.mjs";
import { comes, everyJourney, isThereOnce, sends } from "../support/journeys.mjs";
import { journeys } from "../support/site.mjs";

everyJourney(Chromium);

const journey = journeys(Chromium);

/** How many forms are sent while workers die; `UNCLENCH_KILLS=1000` for the whole truth. */
const KILLS = Number(process.env.UNCLENCH_KILLS ?? 40);

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
  await isThereOnce(visitor, acknowledged);
  console.log(`${KILLS} forms, ${acknowledged.length} acknowledged`);
  assert.ok(acknowledged.length > KILLS / 10, "hardly any form came through");
});

journey("files come out of the page, also without the host", async (visitor, site) => {
  await comes(visitor, site);
  await visitor.isTriaged(PLAIN_SPASM);
  await site.host.stops();
  await visitor.opens("/data");
  for (const [name, ending] of [["Everything", /\.json$/], ["For a spreadsheet", /\.csv$/]]) {
    const download = visitor.tab.page.waitForEvent("download");
    await visitor.tab.page.getByRole("link", { name }).click();
    const file = await download;
    assert.match(file.suggestedFilename(), ending);
    assert.match(file.url(), /^blob:/, "it was fetched past the page");
    assert.ok(readFileSync(await file.path(), "utf8").length > 100);
  }
  await site.host.starts();
});
