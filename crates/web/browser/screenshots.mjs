// The pictures of the README, made from the real program: one story, told at a
// fixed time, so that they change only when the pages do.

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { PLAIN_SPASM } from "./support/answers.mjs";
import { Person } from "./support/person.mjs";
import { Program } from "./support/program.mjs";
import { DESKTOP, PHONE, browser } from "./support/story.mjs";
import { Watch } from "./support/watch.mjs";

const FOLDER = fileURLToPath(new URL("../../../docs/screenshots/", import.meta.url));

/** Pain on each day of the diary: a spasm that eases as most do. */
const PAIN = [6, 5, 5, 4, 3, 3, 2, 2];

const program = new Program();
mkdirSync(FOLDER, { recursive: true });
await program.start();
const context = await browser.newContext({
  viewport: PHONE,
  locale: "en-GB",
  timezoneId: "Europe/London",
  reducedMotion: "reduce",
});
await program.letsIn(context);
await context.clock.install({ time: program.now });
const person = new Person(await context.newPage(), program, new Watch(context, program.origin));
const { page } = person;

async function picture(name, size = PHONE, colorScheme = "light") {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => document.activeElement?.blur());
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  console.log(`docs/screenshots/${name}.png`);
  await page.setViewportSize(PHONE);
}

try {
  await person.opens("/");
  await picture("start");
  await person.begins();
  await picture("danger-signs");
  await person.goesThroughUntil("Where does it hurt", PLAIN_SPASM);
  await picture("where");
  await person.goesThrough(PLAIN_SPASM);
  await person.presses("All correct");
  await picture("outcome", DESKTOP);
  await person.opens("/relief/rest_calves_on_chair");
  await person.chooses("6", "how strong is your pain now");
  await person.presses("Begin");
  await person.presses("Next step");
  await picture("relief", PHONE, "dark");
  await person.opens("/medicines");
  await person.presses("Ibuprofen 200 mg");
  await person.goesThrough(PLAIN_SPASM);
  await picture("painkillers");
  for (const pain of PAIN) {
    program.wait({ days: 1 });
    await person.opens("/diary");
    await person.chooses(String(pain), "How strong is the pain now");
    if ((await page.getByText("Since the start, the pain is").count()) > 0) {
      await person.chooses("Clearly better", "Since the start, the pain is");
    }
    await person.chooses("No, none of it", "is any of this new");
    await person.presses("Save");
    const more = page.getByRole("link", { name: "Answer the questions", exact: true });
    if ((await more.count()) > 0) {
      await more.click();
      await person.goesThrough(PLAIN_SPASM);
      await person.presses("All correct");
    }
  }
  await person.opens("/diary");
  await page.locator("svg[role=img]").first().scrollIntoViewIfNeeded();
  await page.locator("svg[role=img]").first().evaluate((chart) => scrollTo(0, chart.getBoundingClientRect().top + scrollY - 190));
  await picture("diary");
} finally {
  await context.close();
  await browser.close();
  await program.stop();
}
