// Who answers what. After the installation nothing is asked of the host any more, except
// for whether there is a new release, and that the browser does by itself.

self.addEventListener("install", (event) => {
  // Chromium asks the host for a page while it still wakes the worker, unless it is told not to.
  event.addRoutes?.({ condition: { requestMethod: "GET" }, source: "fetch-event" });
  event.waitUntil(install());
});
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  event.respondWith(answer(event.request));
  event.waitUntil(Promise.all([tellTheNext(), complete()]));
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(takeOver());
  // The boot page has the form of a page, and needs what makes it count.
  if (event.data?.page) event.waitUntil(page(event.data.page, event.ports[0]).then(complete));
});

async function answer(request) {
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || !pathname.startsWith(RELEASE.base)) return Response.error();
  const name = pathname.slice(RELEASE.base.length);
  try {
    if (Object.hasOwn(RELEASE.files, name)) return await file(name);
    if (name.startsWith("assets/")) {
      const older = await caches.match(RELEASE.base + name);
      if (older) return older;
    }
    return await inTurn(() => respond(request, name));
  } catch (error) {
    console.error(error);
    return error.message === STILL_TO_COME ? later() : sorry();
  }
}

async function respond(request, name) {
  const { method } = request;
  if (method !== "GET" && method !== "POST") return new Response(null, { status: 405 });
  const path = `/${name === "index.html" ? "" : name}`;
  const { status, headers, body } = await visit({ method, path, form: method === "POST" ? await fields(request) : [] });
  return new Response([204, 304].includes(status) ? null : body, { status, headers });
}

/** The fields of a form, in their order; of a file, what it holds. */
async function fields(request) {
  const form = await request.formData().catch(() => []);
  return Promise.all([...form].map(async ([name, value]) => [name, typeof value === "string" ? value : await value.text()]));
}

async function page(path, port) {
  const sent = await inTurn(() => visit({ method: "GET", path, form: [] })).catch(() => null);
  port.postMessage(sent?.body ?? "");
}

/** When the program itself fails: nothing is known, so nothing is pretended. */
function sorry() {
  return plain(500, "Something went wrong", "The program on this device stopped. What you sent last may not be saved.");
}

/** When what a visit needs did not come while there was a connection. */
function later() {
  const words = "It comes by itself with the next connection. All else works without one. Nothing was sent, and nothing is changed: go back, and what you wrote is still there.";
  return plain(503, "This part is not here yet", words);
}

/** A page of a few words, which needs nothing. */
function plain(status, title, words) {
  const html = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/><title>${title} - Unclench</title></head>
<body>
<h1>${title}</h1>
<p><strong>If this is an emergency, call your emergency number now</strong>: <a href="tel:112">112</a>, <a href="tel:911">911</a>, <a href="tel:999">999</a> or <a href="tel:000">000</a>.</p>
<p>${words}</p>
<p><a href="${RELEASE.base}">Open the first page again</a></p>
</body>
</html>`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  };
  return new Response(html, { status, headers });
}
