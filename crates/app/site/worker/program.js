// The program itself: bytes in, bytes out. What it remembers is only a copy of what is
// kept, since a browser ends a worker whenever it likes.

let started = null;

/** Why a visit ends that needs a part of the release which the first connection did not bring. */
const STILL_TO_COME = "a part of the release is still to come";

/** The program. It starts without the rest of its book, until a visit needs that. */
function program(rest) {
  if (rest) started = null;
  started ??= start(rest).catch((error) => {
    started = null;
    throw error;
  });
  return started;
}

async function start(rest) {
  // As a stream, so that a browser may keep what it made of the code beside the file.
  const parts = [bytes("book.bin"), bytes("zones.bin"), rest ? bytes(rest) : []];
  const [{ instance }, ...given] = await Promise.all([WebAssembly.instantiateStreaming(file("app.wasm")), ...parts]);
  const { memory, allocate, open, call, release } = instance.exports;
  const hand = (given) => {
    const at = allocate(given.length) >>> 0;
    new Uint8Array(memory.buffer, at, given.length).set(given);
    return [at, given.length];
  };
  const take = (pointer) => {
    const at = pointer >>> 0;
    const length = new DataView(memory.buffer).getUint32(at, true);
    const text = new TextDecoder().decode(new Uint8Array(memory.buffer, at + 4, length));
    release(pointer);
    return JSON.parse(text);
  };
  const json = (value) => hand(new TextEncoder().encode(JSON.stringify(value)));
  const { error } = take(open(...given.flatMap((part) => hand(new Uint8Array(part))), ...json({ base: RELEASE.base })));
  if (error) throw new Error(error);
  return (question) => take(call(...json(question)));
}

const bytes = async (name) => (await file(name)).arrayBuffer();
const text = async ({ name }) => ({ file: await (await file(name)).text() });

/** One visit, from the request to the page; whatever is to be kept is kept before the page is made. */
async function visit(request) {
  const around = await circumstances();
  let ask = await program();
  let asked = ask({ visit: { ...request, ...around } });
  for (;;) {
    if (asked.ask === "send") return asked;
    if (asked.ask === "rest") {
      ask = await program("rest.bin").catch((error) => {
        // No connection, or half of one, is a `TypeError`.
        throw error instanceof TypeError ? new Error(STILL_TO_COME, { cause: error }) : error;
      });
      asked = ask({ visit: { ...request, ...around } });
      continue;
    }
    const work = { read, keep, erase, file: text }[asked.ask];
    if (!work) throw new Error(asked.error ?? `nobody can ${asked.ask}`);
    asked = ask({ told: await work(asked).catch(whyNot) });
  }
}

/** What a visit depends on beside its request. Looked up each time: people travel. */
async function circumstances() {
  return {
    now: Date.now(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
    languages: navigator.languages.join(","),
    random: random(),
    token: await token(),
  };
}

/** The token of every form. Where nothing can be kept, it holds as long as this worker does. */
let passing = null;
async function token() {
  passing ??= await note("token", (known) => known ?? random()).catch(random);
  return passing;
}

function random() {
  const drawn = crypto.getRandomValues(new Uint8Array(32));
  return [...drawn].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// One visit at a time: what a form keeps is there before the next page is made.
let before = Promise.resolve();

function inTurn(work) {
  const mine = before.then(work);
  before = mine.catch(() => {
    // Whatever went wrong may have left the program in the middle: the next visit starts it anew.
    started = null;
  });
  return mine;
}
