import assert from "node:assert/strict";

import { PLAIN_SPASM, but } from "../support/answers.mjs";
import { story } from "../support/story.mjs";

story("a plain spasm ends at home, with a plan and a come-back card", async (person) => {
  await person.begins();
  await person.goesThrough(PLAIN_SPASM);
  await person.isAt("/check");
  await person.sees("Lifting or carrying something");
  await person.presses("All correct");
  await person.isAt("/outcome");
  assert.equal(await person.heading(), "You can look after this at home for now");
  await person.sees("What helps you");
  await person.sees("Call 999 if");
});

story("a danger sign ends the interview at once, and nothing but help is shown", async (person) => {
  await person.begins();
  await person.ticks("Numb or tingling between your legs");
  await person.goesOn();
  await person.isAt("/outcome");
  assert.equal(await person.heading(), "Get emergency help now");
  assert.equal(await person.page.getByRole("link", { name: "Call 999" }).getAttribute("href"), "tel:999");
  await person.seesNo("What helps you");
  assert.equal(await person.page.getByRole("navigation").count(), 0);
});
