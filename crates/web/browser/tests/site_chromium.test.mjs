// The site in Chromium; and what only Chromium can be made to do: workers killed at any moment.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { PLAIN_SPASM } from "../support/answers.mjs";
import { Chromium } from "../support/engines/playwright.mjs";
import { asWrittenHere, comes, everyJourney, isThereOnce, sends } from "../support/journeys.mjs";
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

journey("a sealed copy is made soon, and brings the record back where the passphrase is known", async (visitor, site) => {
  await comes(visitor, site);
  await visitor.isTriaged(PLAIN_SPASM);
  const before = await visitor.events();
  await visitor.opens("/data");
  const { page } = visitor.tab;
  await page.getByText("Seal the copy with a passphrase").click();
  await page.getByLabel("A passphrase").fill("correct horse battery");
  const download = page.waitForEvent("download");
  const began = Date.now();
  await page.getByRole("button", { name: "Save a sealed copy" }).click();
  const file = await download;
  const took = Date.now() - began;
  console.log(`a sealed copy: ${took} ms`);
  assert.ok(took < 2000 * BUSY, `${took} ms`);
  assert.match(file.suggestedFilename(), /\.sealed\.txt$/);
  const copy = readFileSync(await file.path(), "utf8");
  await page.getByRole("button", { name: "Yes, I have the copy" }).click();
  await visitor.sees("Last copy: today.");
  const again = await site.isWiped();
  await comes(again, site);
  await again.presses("Bring it here");
  await again.brings(copy, file.suggestedFilename());
  await again.sees("This copy is sealed");
  await again.tab.page.getByLabel("The passphrase").fill("correct horse battery");
  await again.presses("Open it");
  await again.sees("Nothing has been written yet");
  await again.presses("Add it to my record");
  await again.sees("It is in your record now");
  assert.deepEqual(asWrittenHere((await again.events()).slice(0, before.length)), before);
});

journey("a question in a forgotten window holds a new release up for a day, and no longer", async (visitor, site) => {
  await comes(visitor, site);
  await visitor.opens("/");
  await visitor.presses("Check the danger signs");
  const other = await site.arrives();
  await other.opens("/emergency");
  site.publishes();
  await site.looksForUpdates(other);
  await other.waits(() => navigator.serviceWorker.getRegistration().then((registration) => registration.waiting !== null));
  await other.opens("/emergency");
  assert.equal((await site.releases(other)).waiting, true, "it took over on the same day");
  // The day is over. What drives this browser tells every window that somebody is in it.
  const next = site.publishes((script) => script.replace(/const LONGEST_WAIT = .*;/, "const LONGEST_WAIT = -1;").replace("!window.focused", "true"));
  await site.looksForUpdates(other);
  await other.waits((next) => navigator.serviceWorker.getRegistration().then((registration) => registration.waiting === null && caches.keys().then((names) => names.some((name) => name.endsWith(next)))), next);
  // What the forgotten window sends is taken in by the program of today.
  await visitor.goesThrough(PLAIN_SPASM);
  await visitor.presses("All correct");
  await visitor.isAt("/outcome");
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
  await page.locator("form[data-first-screen] button:enabled").first().waitFor();
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
