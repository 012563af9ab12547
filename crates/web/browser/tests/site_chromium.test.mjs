// The site in Chromium; and what only Chromium can be made to do: workers killed at any moment.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { PLAIN_SPASM } from "../support/answers.mjs";
import { Chromium } from "../support/engines/playwright.mjs";
import { comes, everyJourney, isThereOnce, sends } from "../support/journeys.mjs";
import { LONGEST, journeys } from "../support/site.mjs";

everyJourney(Chromium);

const journey = journeys(Chromium);

/** How much slower than two quiet cores a machine may be that runs other tests meanwhile. */
const BUSY = 4;

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
}, LONGEST + KILLS * 2_000);

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

journey("the first danger screen is there within a second on a slow phone", async (visitor) => {
  const { page } = visitor.tab;
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  // What Lighthouse calls slow 4G.
  const speed = { downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: (750e3 / 8) * 0.9 };
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 150, ...speed });
  await page.goto(visitor.address("/"), { waitUntil: "commit" });
  const seen = await page.evaluate(
    () => new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries()[0].startTime)).observe({ type: "paint", buffered: true })),
  );
  assert.ok(await page.getByRole("heading", { level: 1 }).first().isVisible());
  await page.locator("form[data-first-screen] button:enabled").waitFor();
  const works = await page.evaluate(() => performance.now());
  console.log(`slow phone: readable after ${Math.round(seen)} ms, the form works after ${Math.round(works)} ms`);
  assert.ok(seen < 1000 * BUSY, `${seen} ms`);
});

journey("a page comes soon after the browser stopped the program", async (visitor, site) => {
  await comes(visitor, site);
  await visitor.isTriaged(PLAIN_SPASM);
  const { kill, ends } = await visitor.tab.killer();
  const times = { cold: [], warm: [] };
  for (let round = 0; round < 10; round += 1) {
    for (const how of ["cold", "warm"]) {
      if (how === "cold") await kill();
      await visitor.opens("/outcome");
      times[how].push(await visitor.tab.does(() => performance.getEntriesByType("navigation")[0].responseEnd));
    }
  }
  await ends();
  const middle = (list) => Math.round(list.sort((one, other) => one - other)[list.length >> 1]);
  console.log(`a page: ${middle(times.cold)} ms after the program was stopped, ${middle(times.warm)} ms while it runs`);
  assert.ok(middle(times.cold) < 150 * BUSY);
});
