// The pictures of the README, made from the real program: one story, told at a
// fixed time, so that they change only when the pages do.

import { mkdirSync, writeFileSync } from "node:fs";
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

/** Draws a picture again as WebP, which is a third of its PNG; on a page that no policy binds. */
const press = await (await browser.newContext()).newPage();
const pressed = (png) =>
  press.evaluate(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", 0.9).split(",")[1];
  }, png.toString("base64"));

async function picture(name, size = PHONE, colorScheme = "light") {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement?.blur());
  const bytes = Buffer.from(await pressed(await page.screenshot()), "base64");
  writeFileSync(`${FOLDER}${name}.webp`, bytes);
  console.log(`docs/screenshots/${name}.webp  ${Math.ceil(bytes.length / 1024)} KB`);
  await page.setViewportSize(PHONE);
}

try {
  await person.opens("/");
  await picture("start");
  await person.opens("/help/now");
  await picture("help");
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
  // Once it was read, it folds.
  await page.locator("[data-stop]").evaluate((fold) => fold.removeAttribute("open"));
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
  // The session of a week ago was left open in this tab, whose clock stood still.
  await page.evaluate(() => sessionStorage.clear());
  await person.opens("/");
  await picture("today");
  await person.opens("/diary");
  await picture("diary");
} finally {
  await context.close();
  await browser.close();
  await program.stop();
}
