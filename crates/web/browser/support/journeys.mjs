// What must work in every engine, from a folder of files at a static host.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { PLAIN_SPASM } from "./answers.mjs";
import { axe } from "./libraries.mjs";
import { LONGEST, journeys, release } from "./site.mjs";

/** How often a browser is killed; `UNCLENCH_DEATHS=100` for the whole truth. */
const DEATHS = Number(process.env.UNCLENCH_DEATHS ?? 3);

/** Comes for the first time and waits for the program, and for what comes after it. */
export async function comes(visitor, site) {
  await visitor.opens("/");
  await isReady(visitor, site);
}

/** Waits on the first page. */
async function isReady(visitor, site) {
  await visitor.waits(() => document.querySelector("form[data-first-screen] button:enabled") !== null);
  await isWhole(visitor, site);
  site.isInstalled();
}

/** Waits until the browser has every file of the release. */
async function isWhole(visitor, site) {
  const many = Object.keys(release(site.host.folder).files).length;
  await visitor.waits((many) => caches.keys().then(async (names) => (await (await caches.open(names[0])).keys()).length === many), many);
}

/** Events without the mark that an outcome came in with a file. */
export const asWrittenHere = (events) =>
  events.map((stored) => {
    const { came_in, ...event } = stored.event;
    return { ...stored, event };
  });

/** Has a dose written down. */
async function takesOne(visitor) {
  await visitor.opens("/medicines");
  await visitor.presses("Ibuprofen 200 mg");
  await visitor.goesThrough(PLAIN_SPASM);
  await visitor.sees("Yes, you may take it now");
  await visitor.presses("I took it now");
  await visitor.isAt("/medicines/taken");
}

async function writesAnEntry(visitor) {
  await visitor.opens("/diary");
  await visitor.chooses("4", "How strong is the pain now");
  await visitor.chooses("No, none of it", "is any of this new");
  await visitor.presses("Save");
  await visitor.isAt("/diary/result");
}

/**
 * @param {object} engine what it does that no site can change: whether it asks the host for a
 *   page while it wakes the worker, and whether a hard reload passes the worker by
 */
export function everyJourney(Engine, { asksTheHostToo = false, reloadsPastTheWorker = true } = {}) {
  const journey = journeys(Engine);

  journey("the first page is the first danger screen, and leads to an outcome", async (visitor, site) => {
    await comes(visitor, site);
    await visitor.fillsIn(PLAIN_SPASM);
    await visitor.goesOn();
    assert.match(await visitor.place(), /^\/question\//);
    await visitor.concludes(PLAIN_SPASM);
    assert.equal(await visitor.heading(), "You can look after this at home for now");
    const events = await visitor.events();
    assert.ok(events.length > 5, "the record holds it");
    assert.deepEqual(site.stray, [], "the host was asked for something");
  });

  journey("once it is there, neither the host nor the restart of the browser matters", async (visitor, site) => {
    await comes(visitor, site);
    await visitor.isTriaged(PLAIN_SPASM);
    await takesOne(visitor);
    await writesAnEntry(visitor);
    const before = await visitor.events();
    assert.deepEqual(site.stray, [], "the host was asked for something");
    await site.host.stops();
    await visitor.opens("/outcome");
    const again = await site.restarts();
    await again.opens("/outcome");
    assert.equal(await again.heading(), "You can look after this at home for now");
    assert.deepEqual(await again.events(), before);
    await writesAnEntry(again);
    assert.ok((await again.events()).length > before.length);
    await site.host.starts();
  });

  journey("a browser that stopped the program asks the host for nothing that was answered", async (visitor, site) => {
    await comes(visitor, site);
    await visitor.isTriaged(PLAIN_SPASM);
    const again = await site.restarts();
    site.isInstalled();
    await again.opens("/outcome");
    assert.equal(await again.heading(), "You can look after this at home for now");
    const known = asksTheHostToo ? [`GET ${site.host.base}outcome`] : [];
    assert.deepEqual(site.stray.filter((request) => !known.includes(request)), []);
  });

  journey("a hard reload, and an address that no file has, lead to the page", async (visitor, site) => {
    await visitor.opens("/emergency");
    await visitor.isAt("/emergency");
    // The page of the host is left by itself once there is a worker: whoever goes on before that is brought back.
    await visitor.waits(() => document.querySelector("footer") !== null && document.querySelector("[data-getting-ready]") === null && navigator.serviceWorker.controller !== null);
    await visitor.isTriaged(PLAIN_SPASM);
    await isWhole(visitor, site);
    site.isInstalled();
    await visitor.tab.does(() => {
      window.isLeft = true;
      sessionStorage.clear();
    });
    await visitor.tab.reloadsHard();
    await visitor.waits(() => !window.isLeft && document.querySelector("h1").innerText === "You can look after this at home for now" && navigator.serviceWorker.controller !== null);
    assert.equal(await visitor.place(), "/outcome");
    assert.equal(site.stray.length > 0, reloadsPastTheWorker);
    if (!reloadsPastTheWorker) return;
    // Twice within a minute: no third time, and the form of the page still works.
    await visitor.opens("/");
    await visitor.tab.reloadsHard();
    await visitor.waits(() => document.querySelector("form[data-first-screen] button:enabled") !== null);
    await visitor.presses("Continue");
    assert.match(await visitor.place(), /^\/question/);
  });

  journey("a new release waits until the interview is over, and the old one stays at hand", async (visitor, site) => {
    await comes(visitor, site);
    const first = release(site.host.folder).version;
    await visitor.opens("/");
    await visitor.presses("Check the danger signs");
    const next = site.publishes();
    await site.looksForUpdates(visitor);
    await visitor.waits(() => navigator.serviceWorker.getRegistration().then((registration) => registration.waiting !== null));
    await visitor.goesThrough(PLAIN_SPASM);
    assert.deepEqual((await site.releases(visitor)).waiting, true, "it took over in the middle");
    await visitor.presses("All correct");
    await visitor.isAt("/outcome");
    await visitor.waits(() => navigator.serviceWorker.getRegistration().then((registration) => registration.waiting === null));
    await visitor.opens("/diary");
    assert.deepEqual((await site.releases(visitor)).cached.sort(), [first, next].sort());
    // The one after it takes over at once, for nobody is in the middle; the first is gone.
    const third = site.publishes();
    await site.looksForUpdates(visitor);
    await visitor.waits((third) => caches.keys().then((names) => names.length === 2 && names.some((name) => name.endsWith(third))), third);
    await visitor.opens("/outcome");
    assert.deepEqual((await site.releases(visitor)).cached.sort(), [next, third].sort());
    assert.equal(await visitor.heading(), "You can look after this at home for now");
  });

  journey("a release that did not come whole changes nothing", async (visitor, site) => {
    await comes(visitor, site);
    const first = release(site.host.folder).version;
    site.publishes((script) => script.replace(/("app\.wasm\.lzma": ?")[0-9a-f]{4}/, "$1dead"));
    await site.looksForUpdates(visitor).catch(() => {});
    await sleep(1000);
    const { waiting } = await site.releases(visitor);
    assert.equal(waiting, false);
    await visitor.isTriaged(PLAIN_SPASM);
    assert.ok((await site.releases(visitor)).cached.includes(first));
  });

  journey("what the browser lost comes back from the copy", async (visitor, site) => {
    await comes(visitor, site);
    await visitor.isTriaged(PLAIN_SPASM);
    await takesOne(visitor);
    const copy = JSON.stringify({ ...JSON.parse(await visitor.tab.does((address) => fetch(address).then((response) => response.text()), visitor.address("/data/export.json"))) });
    const before = await visitor.events();
    const outcome = await reads(visitor, "/outcome");
    const again = await site.isWiped();
    await comes(again, site);
    await again.opens("/outcome");
    assert.notEqual(await again.heading(), "You can look after this at home for now");
    // As on another phone: with the share on the old one, three taps and the file.
    await again.opens("/");
    await again.presses("Bring it here");
    await again.brings(copy, "unclench.json");
    await again.sees("Nothing has been written yet");
    await again.presses("Add it to my record");
    await again.sees("It is in your record now");
    const after = await again.events();
    assert.deepEqual(asWrittenHere(after.filter(isCertified)), before.filter(isCertified));
    assert.equal(await reads(again, "/outcome"), outcome);
  });

  journey("nobody stumbles over the pages of the site", async (visitor, site) => {
    await visitor.opens("/");
    const faults = await stumblingBlocks(visitor);
    await isReady(visitor, site);
    await visitor.presses("Continue"); // unanswered: the page with what is wrong
    faults.push(...(await stumblingBlocks(visitor)));
    await visitor.isTriaged(PLAIN_SPASM);
    for (const path of ["/outcome", "/", "/diary", "/medicines", "/relief", "/data", "/card", "/nowhere"]) {
      await visitor.opens(path);
      faults.push(...(await stumblingBlocks(visitor)));
    }
    assert.deepEqual(faults, []);
  });

  journey(`the browser dies ${DEATHS} times while forms are sent: what was acknowledged is there`, async (visitor, site) => {
    await comes(visitor, site);
    await visitor.isTriaged(PLAIN_SPASM);
    const acknowledged = [];
    let alive = visitor;
    for (let death = 0; death < DEATHS; death += 1) {
      await alive.opens("/");
      const died = sleep(300 + Math.random() * 1000).then(() => site.dies()).then(() => "dead");
      for (let number = 0; ; number += 1) {
        const note = `note ${number} before death ${death}.`;
        const isKept = await Promise.race([alive.tab.does(sends, note).catch(() => "dead"), died]);
        if (isKept === "dead") break;
        if (isKept) acknowledged.push(note);
      }
      await died;
      alive = await site.restarts();
    }
    await alive.opens("/");
    await isThereOnce(alive, acknowledged);
    console.log(`${Engine.called}: ${DEATHS} deaths, ${acknowledged.length} forms acknowledged`);
    assert.ok(acknowledged.length > 0, "no form came through");
  }, LONGEST + DEATHS * 15_000);

  journey("two tabs at one form: it counts once, and nothing is lost", async (visitor, site) => {
    await comes(visitor, site);
    await visitor.isTriaged(PLAIN_SPASM);
    const other = await site.arrives();
    await visitor.opens("/diary");
    await other.opens("/diary");
    for (const one of [visitor, other]) {
      await one.chooses("4", "How strong is the pain now");
      await one.chooses("No, none of it", "is any of this new");
    }
    await Promise.all([visitor.presses("Save"), other.presses("Save")]);
    const entries = async () => (await visitor.events()).filter(({ event }) => event.kind === "checked_in").length;
    // The later of the two is shown its entry again, to look at before it is saved.
    const saved = await entries();
    assert.ok(saved === 1 || saved === 2, `${saved} entries of two tabs`);
    const shown = (await Promise.all([visitor.reads(), other.reads()])).filter((text) => text.includes("is not saved yet"));
    assert.equal(saved + shown.length, 2, "an entry is neither saved nor said to be open");
    // The same form sent twice, as an impatient finger does.
    await visitor.opens("/diary");
    await visitor.chooses("5", "How strong is the pain now");
    await visitor.chooses("No, none of it", "is any of this new");
    await visitor.tab.does(async () => {
      const form = document.querySelector("main form.question");
      const send = () => fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      await Promise.all([send(), send()]);
    });
    assert.equal(await entries(), saved + 1, "a form sent twice");
    await visitor.opens("/diary/entries");
  });
}

/** Sends a diary entry with this note past the page, and says whether it was acknowledged. */
export async function sends(note) {
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

/** All that was acknowledged is in the record, once, and the record is whole. */
export async function isThereOnce(visitor, acknowledged) {
  const kept = (await visitor.events()).map(({ event }) => JSON.stringify(event));
  const times = (note) => kept.filter((event) => event.includes(`"${note}"`)).length;
  assert.deepEqual(acknowledged.filter((note) => times(note) !== 1), [], "these were acknowledged and are not there once");
  await visitor.opens("/diary/entries");
  assert.doesNotMatch(await visitor.reads(), /is missing|was changed/);
}

/** What axe finds on the page */
async function stumblingBlocks(visitor) {
  const inside = `async () => {
    if (!globalThis.axe) { ${axe} }
    const found = await globalThis.axe.run(document);
    if (found.passes.length === 0) return ["axe checked nothing"];
    return found.violations.map((rule) => location.pathname + ": " + rule.id + " " + rule.nodes.map((node) => node.target).join(" | "));
  }`;
  return visitor.tab.does(inside);
}

async function reads(visitor, path) {
  await visitor.opens(path);
  return visitor.reads();
}

/** An outcome with its certificate. */
const isCertified = ({ event }) => JSON.stringify(event).includes("certificate");
