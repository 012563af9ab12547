// Back and forward, from every page of every journey: each step is one page, nothing is sent
// again, nothing is ticked that nobody ticked, and the record holds what was pressed.

import assert from "node:assert/strict";
import { after } from "node:test";

import { PLAIN_SPASM } from "../support/answers.mjs";
import { browser, launch, story } from "../support/story.mjs";

/** Keeps whole pages for the way back, as browsers do outside of tests. */
const keeping = await launch({
  ignoreDefaultArgs: ["--disable-back-forward-cache"],
  args: ["--enable-features=BackForwardCache,CacheControlNoStoreEnterBackForwardCache:level/restore-unless-http-only-cookie-change"],
});

after(() => keeping.close());

const BROWSERS = [
  ["", browser],
  [", with whole pages kept by the browser", keeping],
];

/** Until the address no longer changes: a script may go on by itself. */
async function settled(page) {
  for (let before = ""; before !== page.url(); ) {
    before = page.url();
    await page.waitForTimeout(120);
    // A page that the browser kept is there at once, and says to nobody that it was loaded.
    for (let wait = 0; wait < 100 && (await isLoading(page)); wait += 1) await page.waitForTimeout(50);
  }
}

const isLoading = (page) => page.evaluate(() => document.readyState !== "complete").catch(() => true);

async function steps(person, direction) {
  const from = person.page.url();
  await person.page.evaluate((by) => history.go(by), direction);
  // Where it stays, the test that follows says so.
  for (let wait = 0; wait < 60 && person.page.url() === from; wait += 1) await person.page.waitForTimeout(50);
  await settled(person.page);
}

const back = (person) => steps(person, -1);
const forward = (person) => steps(person, 1);

/** What is ticked or written on the question that is shown; which side of the body is seen is no answer. */
const filledIn = (person) =>
  person.page.locator("form.question").evaluate((form) => {
    const fields = [...form.querySelectorAll("input:not([type=hidden], .body-map__turn)")];
    return fields.filter((field) => (field.type === "text" ? field.value !== "" : field.checked)).map((field) => `${field.name}=${field.value}`);
  });

const kinds = (events) => events.map(({ event }) => event.kind);
const answered = (events) => events.filter(({ event }) => event.kind === "answered").map(({ event }) => event.question);

for (const [how, using] of BROWSERS) {
  story(`from every question Back and Forward show what was pressed there, and write nothing${how}`, { using }, async (person) => {
    await person.begins();
    const pressed = [];
    let kept = 0;
    while (person.place.startsWith("/question/")) {
      const saysNone = await person.fillsIn(PLAIN_SPASM);
      const page = { place: person.place, filled: await filledIn(person) };
      // Once it is the answer, "none of these" stands as a ticked line.
      if (saysNone) page.filled.push(`${page.place.split("/").at(-1)}-none=yes`);
      await person.goesOn();
      await settled(person.page);
      pressed.push(page);
      const events = await person.events();
      assert.equal(events.length, pressed.length, "one answer for each question");
      // All the way back, and forward again.
      const here = person.place;
      for (const { place, filled } of pressed.toReversed()) {
        await back(person);
        assert.equal(person.place, place, `Back from ${here}`);
        // A page that was sent and comes back as it was kept loads itself anew.
        kept += await person.page.evaluate(() => Number(navigation.activation.navigationType === "reload"));
        assert.deepEqual(await filledIn(person), filled, `${place} shows something else than was pressed`);
      }
      for (const { place } of [...pressed.slice(1), { place: here }]) {
        await forward(person);
        assert.equal(person.place, place, `Forward to ${here}`);
      }
      // The question that comes next was answered by nobody.
      if (here.startsWith("/question/")) assert.deepEqual(await filledIn(person), [], `${here} is filled in`);
      assert.deepEqual(await person.events(), events, "going back and forward wrote something");
    }
    assert.equal(kept > 0, using === keeping, `${kept} pages came back as the browser had kept them`);
    await person.isAt("/check");
    assert.deepEqual(answered(await person.events()), pressed.map(({ place }) => place.split("/").at(-1)));
  });

  story(`Back from the second danger screen and Go on ticks nothing on it${how}`, { using }, async (person) => {
    await person.begins();
    await person.saysNone();
    await person.isAt("/question/danger_sudden");
    await back(person);
    await person.isAt("/question/danger_nerves");
    await person.goesOn();
    await person.isAt("/question/danger_sudden");
    assert.deepEqual(await filledIn(person), []);
    await person.goesOn();
    await person.sees("Tick every line that fits");
    const events = await person.events();
    assert.deepEqual(answered(events), ["danger_nerves"]);
    assert.ok(!JSON.stringify(events).includes("chest_or_breathing"), "an answer that nobody gave");
    // The refused page is no step of its own.
    await back(person);
    await person.isAt("/question/danger_nerves");
  });

  story(`a danger screen that was left open, answered after Back, is what was pressed last${how}`, { using }, async (person) => {
    await person.begins();
    await person.saysNone();
    await back(person);
    await person.ticks("A weak, numb or tingling leg");
    await person.goesOn();
    await settled(person.page);
    // A page that the browser kept may have been overtaken; then it shows both, and asks once more.
    if (person.place === "/question/danger_nerves") await person.goesOn();
    await person.isAt("/question/danger_sudden");
    const events = await person.events();
    assert.equal(events.at(-1).event.answers.leg_weak_or_numb, "yes");
    assert.equal(events.at(-1).event.answers.saddle_numbness, "no");
  });
}

/** The journeys beside the interview: each is a list of what the person does, from page to page. */
const JOURNEYS = {
  "the outcome and the come-back card": [
    (person) => person.opens("/outcome"),
    (person) => person.follows("Your come-back card"),
  ],
  "a session": [
    (person) => person.opens("/relief"),
    (person) => person.opens("/relief/quiet_attention"),
    async (person) => {
      await person.presses("Begin");
      while ((await person.page.locator("[data-do=main]").innerText()) !== "Start the timer") await person.page.locator("[data-do=main]").click();
      await person.presses("Skip");
      await person.chooses("4", "And now");
      await person.presses("Done");
    },
  ],
  "a dose": [
    (person) => person.opens("/medicines"),
    (person) => person.presses("Nurofen"),
    async (person) => {
      await person.goesThrough(PLAIN_SPASM);
      await person.sees("Yes, you may take it now");
    },
    (person) => person.presses("I took it now"),
  ],
  "a dose that is written down wrongly, then taken back": [
    (person) => person.opens("/medicines/took"),
    (person) => person.presses("Paracetamol 500 mg"),
    async (person) => {
      await person.writes("Number of tablets", "many");
      await person.presses("Write it down");
      await person.sees("There is a problem");
    },
    async (person) => {
      await person.writes("Number of tablets", "1");
      await person.presses("Write it down");
    },
    (person) => person.presses("That entry is wrong"),
    (person) => person.presses("I did not take it"),
  ],
  "a search for a pack": [
    (person) => person.opens("/medicines"),
    async (person) => {
      await person.writes("Another pack?", "zzzz");
      await person.presses("Find it");
      await person.sees("There is a problem");
    },
    async (person) => {
      await person.writes("Another pack?", "ibu");
      await person.presses("Find it");
    },
  ],
  "an entry of the diary, refused once": [
    (person) => person.opens("/"),
    (person) => person.opens("/diary"),
    async (person) => {
      await person.chooses("4", "How strong is the pain now");
      await person.presses("Save");
      await person.sees("There is a problem");
    },
    async (person) => {
      await person.chooses("No, none of it", "is any of this new");
      await person.presses("Save");
    },
    (person) => person.opens("/diary/entries"),
  ],
  "a habit, refused once": [
    (person) => person.opens("/habits"),
    (person) => person.follows("A walking plan"),
    async (person) => {
      await person.page.getByLabel("At what time of day?").fill("");
      await person.presses("Begin");
      await person.sees("There is a problem");
    },
    async (person) => {
      await person.page.getByLabel("At what time of day?").fill("07:30");
      await person.presses("Begin");
    },
    (person) => person.presses("I did it today"),
  ],
  "the settings, refused once": [
    (person) => person.opens("/settings"),
    async (person) => {
      await person.writes("Time zone", "Nowhere");
      await person.presses("Save");
      await person.sees("There is a problem");
    },
    async (person) => {
      await person.writes("Time zone", "Asia/Tokyo");
      await person.presses("Save");
    },
  ],
  "a question to the book": [
    (person) => person.opens("/learn"),
    async (person) => {
      await person.presses("Ask");
      await person.sees("There is a problem");
    },
    async (person) => {
      await person.writes("What do you want to know?", "ice or heat?");
      await person.presses("Ask");
    },
    async (person) => {
      await person.writes("What do you want to know?", "who won the football?");
      await person.presses("Ask");
    },
  ],
  "what may lie behind it": [
    (person) => person.opens("/causes"),
    (person) => person.follows("Answer a question"),
    (person) => person.goesOn(),
    async (person) => {
      await person.goesThrough({ fits: [] });
      await person.isAt("/causes");
    },
  ],
  "something changed": [
    (person) => person.opens("/"),
    (person) => person.follows("Something changed"),
    (person) => person.presses("The pain itself is stronger"),
    async (person) => {
      await person.concludes(PLAIN_SPASM);
      await person.isAt("/outcome");
    },
  ],
  "erase, and think again": [
    (person) => person.opens("/data"),
    (person) => person.follows("Erase my record"),
    async (person) => {
      await person.presses("Erase my record");
      await person.sees("There is a problem");
    },
  ],
};

for (const [how, using] of BROWSERS) {
  for (const [journey, doings] of Object.entries(JOURNEYS)) {
    story(`${journey}: Back and Forward go page by page and write nothing${how}`, { using }, async (person) => {
      await person.isTriaged(PLAIN_SPASM);
      const places = [];
      for (const does of doings) {
        await does(person);
        await settled(person.page);
        places.push(person.place);
      }
      const events = await person.events();
      const seen = [];
      // Back to the first page of the journey, and not one step further than the browser remembers.
      for (let step = 0; person.place !== places[0] || step === 0; step += 1) {
        assert.ok(step < 30, `Back never comes to ${places[0]}: ${seen.join(" ")}`);
        const from = person.place;
        await back(person);
        assert.notEqual(person.place, from, `Back shows ${from} again`);
        assert.equal(new URL(person.page.url()).origin, person.program.origin, `Back leaves from ${from}`);
        assert.ok((await person.heading()) !== "", `Back from ${from} shows an empty page`);
        assert.doesNotMatch(await person.page.title(), /Please send that again|That did not arrive whole/);
        seen.push(person.place);
      }
      for (const place of seen.toReversed().slice(1)) {
        await forward(person);
        if (person.place !== place) await forward(person);
        assert.equal(person.place, place, "Forward goes elsewhere");
      }
      assert.deepEqual(await person.events(), events, "going back and forward wrote something");
    });
  }
}

story("of two windows the one that is behind says so, and takes no danger sign back", async (person, { program }) => {
  await person.begins();
  const other = await person.page.context().newPage();
  await other.goto(`${program.origin}/question/danger_nerves`);
  await person.ticks("Numb between your legs");
  await person.goesOn();
  await person.isAt("/outcome");
  const events = await person.events();
  await other.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
  await other.getByRole("button", { name: "None of these" }).click();
  await other.getByText("This was answered in another window").waitFor();
  assert.ok(await other.getByRole("checkbox", { name: "Numb between your legs" }).isChecked());
  assert.equal(await other.getByRole("checkbox", { name: "None of these" }).count(), 0);
  assert.deepEqual(await person.events(), events);
  await person.opens("/");
  assert.equal(await person.heading(), "Get emergency help now");
});

story("a dose that is sent again hours later says when it was written, and offers another", async (person, { program }) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/medicines");
  await person.presses("Nurofen");
  await person.goesThrough(PLAIN_SPASM);
  await person.sees("Yes, you may take it now");
  // The page stays open: its answer comes in another tab.
  const left = await person.page.context().newPage();
  await left.goto(`${program.origin}/medicines/check`);
  const button = left.getByRole("button", { name: "I took it now" });
  await left.evaluate(() => document.querySelector('form[action="/medicines/log"]').setAttribute("target", "_blank"));
  const [first] = await Promise.all([left.context().waitForEvent("page"), button.click()]);
  await first.getByText("Written down").first().waitFor();
  program.wait({ hours: 6 });
  const [second] = await Promise.all([left.context().waitForEvent("page"), button.click()]);
  await second.getByText("This was already written down").first().waitFor();
  await second.getByText("today at 10:00").first().waitFor();
  const doses = async () => (await person.events()).filter(({ event }) => event.kind === "dose_taken").length;
  assert.equal(await doses(), 1);
  await second.getByRole("button", { name: "I took another one" }).click();
  await second.getByText("Written down").first().waitFor();
  assert.equal(await doses(), 2);
});

story("while something changed is asked about, all that was there stays open", async (person, { program }) => {
  await person.isTriaged(PLAIN_SPASM);
  await person.opens("/medicines");
  await person.presses("Nurofen");
  await person.goesThrough(PLAIN_SPASM);
  await person.presses("I took it now");
  await person.opens("/relief/heat");
  await person.presses("Begin");
  while ((await person.page.locator("[data-do=main]").innerText()) !== "Start the timer") await person.page.locator("[data-do=main]").click();
  await person.presses("Start the timer");
  program.wait({ minutes: 2 });
  await person.page.clock.fastForward("02:00");
  await person.follows("Something changed");
  await person.saysWhatChanged("The pain itself is stronger");
  await person.sees("still holds");
  const asked = person.place;
  await person.opens("/medicines");
  await person.sees("today at 16:00");
  for (const path of ["/diary", "/habits", "/card", "/relief", "/helped", "/outcome"]) {
    await person.opens(path);
    assert.equal(person.place, path);
    await person.sees("Carry on with the questions");
  }
  await person.opens("/");
  await person.sees("You have begun to answer again");
  await person.sees("You have begun: Warmth");
  await person.follows("Go on with it");
  await person.isAt("/relief/heat");
  assert.match(await person.page.locator("[data-timer] [data-left]").locator("visible=true").innerText(), /^1[23]:\d\d$/);
  await person.opens("/");
  await person.follows("Carry on with the questions");
  assert.ok(person.place.startsWith("/question/"), `${asked}, then ${person.place}`);
});
