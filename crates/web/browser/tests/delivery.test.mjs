// What comes over the wire, and what is there when nothing does.

import assert from "node:assert/strict";

import { story } from "../support/story.mjs";

/** A first page loads on a bad connection too. */
const MOST_BYTES = 50_000;

story("the first page is under 50 KB in all", { serviceWorkers: "block" }, async (person) => {
  const network = await person.page.context().newCDPSession(person.page);
  const [names, sizes] = [new Map(), new Map()];
  network.on("Network.responseReceived", ({ requestId, response }) => names.set(requestId, new URL(response.url).pathname));
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => sizes.set(names.get(requestId), encodedDataLength));
  await network.send("Network.enable");
  person.watch.allows(/Service Worker registration blocked/);
  await person.opens("/");
  await person.page.waitForLoadState("networkidle");
  // A browser with tabs also loads what stands on the tab and in the list of apps.
  for (const link of await person.page.locator("link[rel=icon], link[rel=manifest]").all()) {
    const response = await person.page.request.get(new URL(await link.getAttribute("href"), person.page.url()).href);
    sizes.set(new URL(response.url()).pathname, (await response.body()).length + 500);
  }
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  console.log(`the first page: ${all} bytes in ${sizes.size} files`);
  assert.ok(sizes.size >= 5 && [...sizes.keys()].some((name) => name.endsWith(".css")), [...sizes.keys()].join(" "));
  assert.ok(all < MOST_BYTES, JSON.stringify(Object.fromEntries(sizes), null, 1));
});

story("without a connection there is still the danger card", async (person) => {
  const { page } = person;
  person.watch.allows(/net::ERR_INTERNET_DISCONNECTED/);
  await person.opens("/");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await person.opens("/question");
  assert.equal(await person.heading(), "When to call for help");
  await person.sees("You have no connection just now");
  assert.equal(await page.getByRole("link", { name: "999" }).first().getAttribute("href"), "tel:999");
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.notEqual(ground, "rgba(0, 0, 0, 0)", "the card has lost its style");
  await page.context().setOffline(false);
  await person.opens("/question");
  assert.notEqual(await person.heading(), "When to call for help");
});

story("the danger card reads at twice the size of text, and its numbers are wide enough for a thumb", async (person) => {
  const { page } = person;
  for (const [width, text] of [[390, 1], [390, 1.3], [390, 2], [320, 2], [1280, 2]]) {
    await page.setViewportSize({ width, height: 844 });
    await person.opens("/emergency");
    await page.evaluate((text) => {
      document.documentElement.style.fontSize = `${112.5 * text}%`;
    }, text);
    const room = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(room[0] <= room[1], `at ${width} px and ${text * 100} % it is ${room[0]} px wide`);
    const links = await page.locator("main a[href^='tel:']").all();
    assert.ok(links.length > 8, "every country has its number");
    for (const link of links) {
      const box = await link.boundingBox();
      assert.ok(box.width >= 44 && box.height >= 44, `${await link.innerText()} is ${box.width} by ${box.height} px`);
    }
  }
  const first = await page.locator("main a").first().getAttribute("href");
  assert.equal(first, "tel:999", "the number comes before the signs");
  await person.sees("This is the number of the United Kingdom");
});

for (const [locale, timezoneId, number] of [["en-US", "America/New_York", "tel:911"], ["en-US", "Europe/London", null], ["en-GB", "Europe/London", "tel:999"], ["en-US", "Etc/UTC", null]]) {
  const what = number ? `is ${number.slice(4)}, with a question` : "is chosen, not guessed";
  story(`for ${locale} with the clock of ${timezoneId} the number ${what}`, { region: "", locale, timezoneId, zone: timezoneId }, async (person) => {
    await person.opens("/");
    const call = person.page.getByRole("banner").getByRole("link", { name: "Emergency" });
    assert.equal(await call.getAttribute("href"), number ?? "/emergency");
    await person.sees(number ? "? Change" : "Choose your country");
    await person.follows(number ? "? Change" : "Choose your country");
    assert.equal(await person.page.getByRole("group", { name: "Where are you?" }).getByRole("radio", { checked: true }).count(), 0, "a country that nobody chose");
    await person.chooses("Ireland", "Where are you");
    await person.presses("Save");
    await person.isAt("/");
    assert.equal(await call.getAttribute("href"), "tel:112");
  });
}

story("nothing about a person is kept in the browser", async (person) => {
  const { page } = person;
  await person.begins();
  await person.ticks("A weak, numb or tingling leg");
  await person.goesOn();
  await page.evaluate(() => navigator.serviceWorker.ready);
  const kept = await page.evaluate(async () => {
    const caches = await globalThis.caches.keys();
    const files = await Promise.all(caches.map(async (name) => (await (await globalThis.caches.open(name)).keys()).map((request) => new URL(request.url).pathname)));
    return { local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie, files: files.flat() };
  });
  assert.deepEqual({ ...kept, files: [] }, { local: {}, session: {}, cookies: "", files: [] });
  assert.ok(kept.files.every((path) => path === "/emergency" || path.startsWith("/assets/")), kept.files.join(" "));
  const cookies = await page.context().cookies();
  assert.deepEqual(cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite })), [{ httpOnly: true, sameSite: "Lax" }]);
});

story("who wants less motion gets none", async (person) => {
  await person.opens("/emergency");
  const moving = await person.page.evaluate(() => {
    const style = (element) => getComputedStyle(element);
    const moves = (element) => [style(element).animationName !== "none", parseFloat(style(element).transitionDuration) > 0.01, style(element).scrollBehavior === "smooth"];
    return [...document.querySelectorAll("*")].filter((element) => moves(element).includes(true)).map((element) => element.outerHTML.slice(0, 100));
  });
  assert.deepEqual(moving, []);
});

story("only a browser that was let in sees anything, and the address lets it in", async (person, { program }) => {
  const { page } = person;
  await person.begins();
  await page.context().clearCookies();
  person.watch.allows(/status of 403/);
  await person.opens("/data");
  assert.equal(await person.heading(), "Only for the person who started it");
  await person.seesNo("entries");
  await person.opens("/emergency");
  assert.equal(await person.heading(), "When to call for help");
  await person.opens(program.way);
  await person.isAt("/");
  await person.opens("/data");
  assert.equal(await person.heading(), "My data");
});
