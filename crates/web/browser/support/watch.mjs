// What must hold for every page of every test, whatever the test is about.

import { readFileSync } from "node:fs";

/** The addresses of the program, as its table of routes has them: `GET /relief/:id`; and which are pages. */
export function routes() {
  const text = readFileSync(new URL("../../src/routes.rs", import.meta.url), "utf8");
  const lines = [...text.matchAll(/\((Get|Post), ((?:\[[^\]]*\](?: \| )?)+)\) => (.*)/g)];
  const part = (word) => (word.startsWith('"') ? word.slice(1, -1) : word.endsWith("..") ? "*" : `:${word}`);
  return lines.flatMap(([, method, addresses, answer]) =>
    [...addresses.matchAll(/\[([^\]]*)\]/g)].map(([, words]) => {
      const parts = words.split(",").map((word) => word.trim()).filter((word) => word !== "");
      const path = `/${parts.map(part).join("/")}`;
      const isPage = method === "Get" && !/\.\w+$/.test(path) && !answer.includes("Response::see");
      return { method: method.toUpperCase(), path, isPage };
    }),
  );
}

/** Whether an address is one of a route. An id is made of plain words: nothing that was typed fits. */
export function fits(path, route) {
  const parts = route.split("/").map((part) => {
    if (part === "*") return "[a-z0-9_/]+";
    return part.startsWith(":") ? "[a-z0-9_]+" : part.replaceAll(".", "\\.");
  });
  return new RegExp(`^${parts.join("/")}$`).test(path);
}

/** The address that lets a browser in. */
const WAY_IN = /^\/open\/[0-9a-f]{64}$/;
/** Files that are the same for everybody. */
const FILES = /^\/(assets\/[0-9a-f]{12}\/[a-z0-9-]+\.(css|js|svg|png)|manifest\.webmanifest|favicon\.ico)$/;

const KNOWN = routes();

/** Whether the program has a page or a form there. */
export const isRoute = (method, path) =>
  (method === "GET" && (FILES.test(path) || WAY_IN.test(path))) || KNOWN.some((route) => route.method === method && fits(path, route.path));

/** Chromium's own line about an answer that is no 200. */
const STATUS_LINE = /^Failed to load resource: the server responded with a status of 404 /;

/** Watches every request, response and message of a browser context. */
export class Watch {
  #found = [];
  /** Everything that was asked for, as `GET /path`. */
  requests = [];
  #origin;
  #allowed = [];

  constructor(context, origin) {
    this.#origin = origin;
    context.on("request", (request) => this.#request(request));
    context.on("response", (response) => this.#response(response));
    context.on("console", (message) => this.#console(message.type(), message.text()));
    context.on("weberror", (error) => this.#found.push(`a script failed: ${error.error()}`));
  }

  /** A problem that this test brings about on purpose. */
  allows(pattern) {
    this.#allowed.push(pattern);
  }

  /** What went wrong so far. */
  get problems() {
    return this.#found.filter((problem) => !this.#allowed.some((pattern) => pattern.test(problem)));
  }

  #request(request) {
    const url = new URL(request.url());
    if (url.protocol === "blob:" && url.origin === this.#origin) return;
    if (url.origin !== this.#origin) this.#found.push(`a request left for ${url.href}`);
    if (url.search !== "") this.#found.push(`an address has a query: ${url.href}`);
    const [method, path] = [request.method(), decodeURIComponent(url.pathname)];
    this.requests.push(`${method} ${path}`);
    if (!isRoute(method, path)) this.#found.push(`no route has this address: ${method} ${path}`);
  }

  #response(response) {
    const policy = response.headers()["content-security-policy"] ?? "";
    if (!response.fromServiceWorker() && !policy.startsWith("default-src 'none'")) {
      this.#found.push(`no policy for what a page may load: ${response.url()}`);
    }
    if (response.status() >= 500) this.#found.push(`${response.status()} for ${response.url()}`);
  }

  #console(type, text) {
    if (type !== "error" && type !== "warning") return;
    if (STATUS_LINE.test(text)) return;
    this.#found.push(`the console says: ${text}`);
  }
}
