// The site in Firefox; and what only Firefox can be made to do: no room for what a form
// says, no workers, private windows.

import assert from "node:assert/strict";

import { PLAIN_SPASM } from "../support/answers.mjs";
import { Firefox, NarrowFirefox, PrivateFirefox, WorkerlessFirefox } from "../support/engines/playwright.mjs";
import { comes, everyJourney } from "../support/journeys.mjs";
import { journeys } from "../support/site.mjs";

everyJourney(Firefox);

/** Takes up all the room that there is for this site. */
async function fills() {
  const filler = await caches.open("filler");
  for (let size = 1 << 22, number = 0; size >= 512; number += 1) {
    try {
      await filler.put(`filler/${number}`, new Response(new Uint8Array(size)));
    } catch {
      size /= 2;
    }
  }
}

journeys(NarrowFirefox)("where there is no room it is said at once, and nothing is pretended", async (visitor, site) => {
  await comes(visitor, site);
  await visitor.isTriaged(PLAIN_SPASM);
  const before = await visitor.events();
  await visitor.opens("/diary");
  await visitor.tab.does(fills);
  await visitor.chooses("4", "How strong is the pain now");
  await visitor.chooses("No, none of it", "is any of this new");
  await visitor.presses("Save");
  await visitor.sees("could not be kept");
  assert.deepEqual(await visitor.events(), before);
});

journeys(WorkerlessFirefox)("without workers the page says so, and is of use", async (visitor) => {
  await visitor.opens("/");
  await visitor.sees("This browser cannot keep the questions ready");
  await visitor.sees("Call the emergency number if any of this is new");
  assert.equal(await visitor.tab.does(() => document.querySelector("form[data-first-screen] button").disabled), true, "a form that leads nowhere");
});

journeys(PrivateFirefox)("in a private window the interview works", async (visitor, site) => {
  await comes(visitor, site);
  await visitor.isTriaged(PLAIN_SPASM);
  assert.equal(await visitor.heading(), "You can look after this at home for now");
});
