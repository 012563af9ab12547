// What is kept on this device: the record, an entry an event, and the few words below
// `notes`. One form is one transaction, and it counts once the disk has it.

// All sites of one account of a static host share one origin, so the name has our path.
const DATABASE = `unclench ${RELEASE.base}`;

let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      const events = request.result.createObjectStore("events", { keyPath: "sequence" });
      events.createIndex("once", "once", { unique: true });
      request.result.createObjectStore("notes"); // by name: head, token, releases, waits
    };
    request.onsuccess = () => {
      // Closed by the browser: emptied by a person, or for want of room.
      request.result.onclose = () => (opened = null);
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  }).catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** Runs `steps` as one transaction; resolves once it is complete, rejects if any of it is not. */
async function transact(mode, steps) {
  const transaction = (await database()).transaction(["events", "notes"], mode, { durability: "strict" });
  const complete = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    // What fails at the very end, for want of room, is told by this alone.
    transaction.onabort = () => reject(transaction.error ?? new Error("the transaction was given up"));
  });
  const stepped = steps(transaction.objectStore("events"), transaction.objectStore("notes"));
  // A step that throws must leave nothing half there.
  stepped.catch(() => {
    try {
      transaction.abort();
    } catch {
      // It was given up already.
    }
  });
  const [, result] = await Promise.all([complete, stepped]);
  return result;
}

const got = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** What came after the entry `last` of the record that began with `start`; all, if another is here. */
function read({ start, last }) {
  return transact("readonly", async (events, notes) => {
    const head = (await got(notes.get("head"))) ?? null;
    const isKnown = head !== null && head.start === start;
    const rows = await got(isKnown ? events.getAll(IDBKeyRange.lowerBound(last, true)) : events.getAll());
    return { rows: { head, rows, all: !isKnown } };
  });
}

/** Keeps entries, if the record still ends where the page thought and the form is new. */
function keep({ expected, rows, head }) {
  return transact("readwrite", async (events, notes) => {
    const stored = await got(notes.get("head"));
    if (stored?.start !== expected?.start || stored?.last !== expected?.last) return { overtaken: true };
    const once = rows[0]?.once;
    if (once && (await got(events.index("once").count(once))) > 0) return { seen: true };
    for (const row of rows) events.add(row);
    notes.put(head, "head");
    return { kept: true };
  });
}

/** The record is gone; what is no part of it stays. */
function erase() {
  return transact("readwrite", async (events, notes) => {
    events.clear();
    notes.delete("head");
    return { erased: true };
  });
}

/** A note of this device, made by `make` out of what it was. */
function note(name, make) {
  return transact("readwrite", async (_, notes) => {
    const before = await got(notes.get(name));
    const now = make(before);
    if (now !== before) notes.put(now, name);
    return now;
  });
}

/** Why nothing was kept, for the page that says so. */
function whyNot(error) {
  return { failed: error.name === "QuotaExceededError" ? "no room" : `${error.name}: ${error.message}` };
}
