// The program under test: one for each test, with a record and a clock of its own.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A Tuesday morning. */
export const MORNING = "2026-11-24T10:00:00Z";

const BINARY = process.env.UNCLENCH ?? "";

/** How long it may take to start, in milliseconds: a busy machine is no fault of ours. */
const PATIENCE = 20_000;

/** Every line that the program may print while it serves. None of them is about a person. */
const LINES = [
  /^Unclench is at http:\/\/127\.0\.0\.1:\d+\/open\/[0-9a-f]{64}$/,
  /^That address is for you alone: it lets a browser in\.$/,
  /^Your record is in .*record\.db$/,
  /^In an emergency call your emergency number\. Ctrl-C ends the program\.$/,
  /^Stopped\. Every answer that went through is in .*record\.db$/,
  /^unclench: this is a test; the time comes from a file and is not the real one$/,
];

const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

export class Program {
  /** Everything that it printed, over all its starts. */
  log = "";
  #child;
  #folder = mkdtempSync(join(tmpdir(), "unclench-"));
  #now = new Date(MORNING);
  #region;
  #zone;

  /** @param {{region?: string, zone?: string}} options where it was told to be, and its clock */
  constructor({ region = "uk", zone = "Europe/London" } = {}) {
    this.#zone = zone;
    this.#region = region === "" ? {} : { UNCLENCH_REGION: region };
    this.#tellTheTime();
  }

  /** The file with the record. */
  get record() {
    return join(this.#folder, "record.db");
  }

  /** A file or folder that goes away with the program. */
  place(name) {
    return join(this.#folder, name);
  }

  /** What the program takes for the time. */
  get now() {
    return new Date(this.#now);
  }

  /** Lets time pass for the program. */
  wait({ weeks = 0, days = 0, hours = 0, minutes = 0 }) {
    const all = ((weeks * 7 + days) * 24 + hours) * 60 + minutes;
    this.#now = new Date(this.#now.getTime() + all * 60_000);
    this.#tellTheTime();
  }

  #tellTheTime() {
    writeFileSync(this.place("clock"), `${this.#now.toISOString()}\n`);
  }

  /** Starts it on a port that is free, or on the one it had before. */
  async start() {
    assert.ok(existsSync(BINARY), `UNCLENCH names no program: "${BINARY}"`);
    const port = this.origin ? new URL(this.origin).port : "0";
    const child = spawn(BINARY, ["serve", "--port", port, "--record", this.record, "--no-open"], {
      env: { ...process.env, UNCLENCH_TEST_CLOCK: this.place("clock"), ...this.#region, TZ: this.#zone },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    running.add(child);
    const before = this.log.length;
    const address = () => /(http:\/\/127\.0\.0\.1:\d+)(\/open\/[0-9a-f]{64})\n/.exec(this.log.slice(before));
    const up = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`it did not start:\n${this.log}`)), PATIENCE);
      const hear = (text) => {
        this.log += text;
        if (address()) resolve(clearTimeout(timer));
      };
      child.stdout.setEncoding("utf8").on("data", hear);
      child.stderr.setEncoding("utf8").on("data", hear);
      child.once("exit", (code) => {
        clearTimeout(timer);
        reject(new Error(`it ended with ${code}:\n${this.log}`));
      });
    });
    await up;
    [, this.origin, this.way] = address();
  }

  /** Lets a browser in, as the address does that the program opens. */
  async letsIn(context) {
    await context.request.get(`${this.origin}${this.way}`, { maxRedirects: 0 });
  }

  /** Ends it as Ctrl-C does, or as a power cut does. */
  async #end(signal) {
    const child = this.#child;
    if (!running.delete(child)) return;
    // A program that is gone already never says again that it is.
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "close");
    child.kill(signal);
    await ended;
  }

  /** The files of the record as they are now. The program is stopped for it and starts again. */
  async copyRecord() {
    await this.isKilled();
    const names = readdirSync(this.#folder).filter((name) => name.startsWith("record.db"));
    const files = names.map((name) => [name, readFileSync(this.place(name))]);
    await this.start();
    return files;
  }

  /** Takes over a record that was copied. */
  async takeOver(files) {
    await this.isKilled();
    for (const name of readdirSync(this.#folder)) {
      if (name.startsWith("record.db")) rmSync(this.place(name));
    }
    for (const [name, bytes] of files) writeFileSync(this.place(name), bytes);
    await this.start();
  }

  /** The power is cut. */
  async isKilled() {
    await this.#end("SIGKILL");
  }

  /** Ends it and removes its record. */
  async stop() {
    await this.#end("SIGTERM");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The lines it printed that it never should. */
  strayLines() {
    const lines = this.log.split("\n").filter((line) => line !== "");
    return lines.filter((line) => !LINES.some((known) => known.test(line)));
  }
}
