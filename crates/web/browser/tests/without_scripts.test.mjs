// Everything works without scripts.

import assert from "node:assert/strict";

import { PLAIN_SPASM } from "../support/answers.mjs";
import { story } from "../support/story.mjs";

story("without scripts: the interview to its outcome", { scripts: false }, async (person) => {
  await person.begins();
  await person.concludes(PLAIN_SPASM);
  await person.isAt("/outcome");
  assert.equal(await person.heading(), "You can look after this at home for now");
  await person.follows("Your come-back card");
  await person.sees("Call 999 if");
  // A button that needs a script is not shown where there is none.
  assert.equal(await person.page.getByRole("button", { name: "Print" }).count(), 0);
});

story("the first page is of use before any script has come", async (person) => {
  // Scripts that never arrive, as on a bad connection.
  await person.page.route("**/*.js", () => {});
  await person.page.goto(person.program.origin, { waitUntil: "commit" });
  await person.page.getByRole("button", { name: "Check the danger signs" }).click({ noWaitAfter: true });
  await person.page.getByRole("heading", { name: "Since the pain began" }).waitFor();
});
