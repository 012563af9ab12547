// One release is one cache of files whose hashes are those it was built with: no file of
// one release is ever seen with a file of another.

const CACHES = `unclench ${RELEASE.base} `;
const CACHE = CACHES + RELEASE.version;

/** What the name of a packed file ends with. It is kept unpacked, under its own name. */
const PACKED = /\.lzma$/;

/** A file of this release. If its cache was emptied, it is fetched once more. */
async function file(name) {
  const kept = await caches.match(RELEASE.base + name, { cacheName: CACHE });
  if (kept) return kept;
  await add(Object.keys(RELEASE.files).find((known) => known.replace(PACKED, "") === name));
  return caches.match(RELEASE.base + name, { cacheName: CACHE });
}

/** What nobody needs for the first page. */
const LATER = /^(rest\.bin|prose\/|paper\.html|book\.css|licences\.txt)/;

/** Fetches what a first visit did not wait for; where that fails, the next visit goes on. */
let whole = null;
function complete() {
  whole ??= addMissing().catch(() => {
    whole = null;
  });
  return whole;
}

async function addMissing() {
  const cache = await caches.open(CACHE);
  const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  const isMissing = (name) => !kept.has(RELEASE.base + name.replace(PACKED, ""));
  await Promise.all(Object.keys(RELEASE.files).filter(isMissing).map(add));
}

async function add(name) {
  const response = await fetched(name);
  const cache = await caches.open(CACHE);
  await cache.put(RELEASE.base + name.replace(PACKED, ""), response);
}

/** Fetches a file and refuses one with another hash. */
async function fetched(name) {
  const integrity = `sha256-${btoa(String.fromCharCode(...RELEASE.files[name].match(/../g).map((pair) => parseInt(pair, 16))))}`;
  const response = await fetch(RELEASE.base + name, { integrity, cache: "no-cache" });
  if (!response.ok) throw new Error(`${response.status} for ${name}`);
  // Without the headers of the host, and without where it may have led.
  const type = name.startsWith("app.wasm") ? "application/wasm" : response.headers.get("content-type");
  const headers = { "content-type": type ?? "application/octet-stream" };
  const body = await response.blob();
  return new Response(PACKED.test(name) ? unpack(new Uint8Array(await body.arrayBuffer())) : body, { headers });
}

async function install() {
  // Somebody waits for the first release; those after it come whole before they take over.
  const isNeeded = (name) => self.registration.active || !LATER.test(name);
  await Promise.all(Object.keys(RELEASE.files).filter(isNeeded).map(add));
  // A program that cannot start in this browser never takes the place of one that can.
  await program();
  // The first release works at once. Those after it take over between two visits.
  if (!self.registration.active) return self.skipWaiting();
  await takeOver();
}

/** Where an update would change the questions under somebody's hands. */
const IN_THE_MIDDLE =
  /^(question|check|causes\/question|clinic\/question|habits\/question|relief\/[^/]+|medicines\/(check|question|dose|took))(\/|$)/;

const isInTheMiddle = ({ url }) => {
  const { pathname } = new URL(url);
  return pathname.startsWith(RELEASE.base) && IN_THE_MIDDLE.test(pathname.slice(RELEASE.base.length));
};

/** For so long a question that nobody answers holds a release up: a day, in milliseconds. */
const LONGEST_WAIT = 24 * 60 * 60 * 1000;

/**
 * Lets this release take over, unless somebody is in the middle of something. After a day only
 * the window counts that somebody is in: what a forgotten one sends is still kept or refused by
 * what the record says, and not by its page.
 */
async function takeOver() {
  const { version } = RELEASE;
  const now = { version, since: Date.now() };
  const { since } = await note("waits", (known) => (known?.version === version ? known : now)).catch(() => now);
  const isForgotten = (window) => LONGEST_WAIT < Date.now() - since && !window.focused;
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!windows.some((window) => isInTheMiddle(window) && !isForgotten(window))) await self.skipWaiting();
}

/** Tells the next release, if one waits, that somebody went on to another page. */
async function tellTheNext() {
  if (!self.registration.waiting) return;
  // Until then the page that was left still counts as open.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  self.registration.waiting?.postMessage("take over");
}

async function activate() {
  // Pages of the release before may still be open, and ask for their own files.
  const releases = await note("releases", (before = []) =>
    [RELEASE.version, ...before.filter((version) => version !== RELEASE.version)].slice(0, 2),
  ).catch(() => [RELEASE.version]);
  const old = (await caches.keys()).filter((name) => name.startsWith(CACHES) && !releases.includes(name.slice(CACHES.length)));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}
