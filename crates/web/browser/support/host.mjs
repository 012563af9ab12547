// A static host as they are: it serves the files of a folder, 404.html for what is not
// there, packs what it sends, and refuses a form. It remembers whatever it was asked for.

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

export class Host {
  /** Everything that was asked for, as `GET /path`. */
  requests = [];
  #server;
  #port = 0;

  /** @param {string} folder with the site in it; another one is another release */
  constructor(folder, base) {
    this.folder = folder;
    this.base = base;
  }

  get origin() {
    return `http://127.0.0.1:${this.#port}`;
  }

  async starts() {
    this.#server = createServer((request, response) => this.#answers(request, response));
    await new Promise((resolve) => this.#server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = this.#server.address().port;
  }

  /** The plug is pulled. */
  async stops() {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #answers({ method, url, headers: { "accept-encoding": accepted } }, response) {
    const path = decodeURIComponent(new URL(url, this.origin).pathname);
    this.requests.push(`${method} ${path}`);
    if (method !== "GET" && method !== "HEAD") return response.writeHead(405).end("Method Not Allowed");
    const name = path === this.base ? "index.html" : path.slice(this.base.length);
    const found = path.startsWith(this.base) ? this.#file(name) : null;
    const headers = { "content-type": TYPES[extname(found ? name : "404.html")] ?? "application/octet-stream", "cache-control": "max-age=600" };
    const isPacked = /\bgzip\b/.test(accepted ?? "");
    if (isPacked) headers["content-encoding"] = "gzip";
    const body = found ?? this.#file("404.html");
    response.writeHead(found ? 200 : 404, headers);
    response.end(isPacked ? packed(body) : body);
  }

  #file(name) {
    const path = join(this.folder, normalize(`/${name}`));
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : null;
  }
}

/** Packed once, however often it is asked for. */
function packed(body) {
  const hash = createHash("sha256").update(body).digest("hex");
  if (!PACKED.has(hash)) PACKED.set(hash, gzipSync(body));
  return PACKED.get(hash);
}
const PACKED = new Map();
