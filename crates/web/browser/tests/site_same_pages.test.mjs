// The program as WebAssembly gives the pages that a server gives, byte for byte. What people
// pressed, and what the server answered, was written down by crates/app/tests/same_pages.rs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const { UNCLENCH_SITE: SITE = "", UNCLENCH_JOURNEYS: JOURNEYS = "" } = process.env;

const unpack = new Function(`${readFileSync(new URL("../../../app/site/worker/unpack.js", import.meta.url))} return unpack;`)();
const unpacked = (name) => unpack(readFileSync(join(SITE, `${name}.lzma`)));

/** The program, as `site/worker/program.js` starts it, at the root of its host. */
async function started(...rest) {
  const { instance } = await WebAssembly.instantiate(unpacked("app.wasm"));
  const { memory, allocate, open, call, release } = instance.exports;
  const hand = (bytes) => {
    const at = allocate(bytes.length) >>> 0;
    new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
    return [at, bytes.length];
  };
  const take = (pointer) => {
    const at = pointer >>> 0;
    const length = new DataView(memory.buffer).getUint32(at, true);
    const text = new TextDecoder().decode(new Uint8Array(memory.buffer, at + 4, length));
    release(pointer);
    return JSON.parse(text);
  };
  const json = (value) => hand(new TextEncoder().encode(JSON.stringify(value)));
  const more = rest.length === 0 ? new Uint8Array() : unpacked(...rest);
  const given = [unpacked("book.bin"), unpacked("zones.bin"), more].flatMap(hand);
  assert.deepEqual(take(open(...given, ...json({ base: "/" }))), { ok: true });
  return (message) => take(call(...json(message)));
}

/** What a browser keeps, in memory. */
class Kept {
  head = null;
  rows = [];

  read({ start, last }) {
    const isKnown = this.head !== null && this.head.start === start;
    return { rows: { head: this.head, rows: this.rows.filter(({ sequence }) => !isKnown || sequence > last), all: !isKnown } };
  }

  keep({ expected, rows, head }) {
    if (this.head?.start !== expected?.start || this.head?.last !== expected?.last) return { overtaken: true };
    const once = rows[0]?.once;
    if (once && this.rows.some((row) => row.once === once)) return { seen: true };
    this.rows.push(...rows);
    this.head = head;
    return { kept: true };
  }

  erase() {
    [this.head, this.rows] = [null, []];
    return { erased: true };
  }

  file({ name }) {
    return { file: readFileSync(join(SITE, name), "utf8") };
  }
}

/** A sealed copy is another one each time: of what is drawn by lot, only the length is compared. */
const comparable = (body) =>
  body?.replace(/"(salt|nonce)":"([^"]*)"/g, (_, name, drawn) => `${name}: ${drawn.length}`).replace(HIDDEN, "sealed");

/** What a sealed copy hides. The program of a computer packs the same text with another library, and so a little tighter. */
const HIDDEN = /"sealed":"([^"]*)"/;
const hidden = (body) => body?.match(HIDDEN)?.[1].length ?? 0;

test("the program as WebAssembly gives the pages of a server, byte for byte", async () => {
  assert.notEqual(JOURNEYS, "", "UNCLENCH_JOURNEYS names no file with what people pressed");
  let ask = await started();
  const kept = new Kept();
  const people = readFileSync(JOURNEYS, "utf8").trim().split("\n").map(JSON.parse);
  let pages = 0;
  for (const { visit, status, location, body } of people.flat()) {
    let asked = ask({ visit });
    while (asked.ask !== "send") {
      const wantsRest = asked.ask === "rest";
      if (wantsRest) ask = await started("rest.bin");
      asked = ask(wantsRest ? { visit } : { told: kept[asked.ask](asked) });
    }
    const led = asked.headers.find(([name]) => name === "location")?.[1].split("#")[0] ?? null;
    const where = `${visit.method} ${visit.path}`;
    assert.deepEqual([asked.status, led], [status, location], where);
    assert.equal(comparable(asked.body), comparable(body), where);
    const [here, there] = [hidden(asked.body), hidden(body)];
    assert.ok(here >= there * 0.75 && here <= there * 1.25, `${where}: ${here} letters are sealed, and ${there} at the server`);
    pages += 1;
  }
  assert.ok(people.length >= 40, `${people.length} people`);
  console.log(`${people.length} people, ${pages} pages, all the same`);
});
