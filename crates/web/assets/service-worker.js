// Keeps one page for when there is no connection: the danger card with the
// emergency numbers. Nothing about a person is ever kept here.

// The server puts the version of the book and of the style sheet here, so that a
// browser fetches the card again when either has changed.
const CACHE = "danger-card VERSION";
const CARD = "/emergency";

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      const card = await fetch(CARD, { credentials: "omit", cache: "no-store" });
      const html = await card.text();
      const style = html.match(/href="(\/assets\/[^"]+\.css)"/)?.[1];
      if (style) await cache.add(style);
      // The card that is kept is only ever shown without a connection, and says so.
      const kept = html.replace("data-offline hidden", "data-offline");
      await cache.put(CARD, new Response(kept, { headers: card.headers }));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((name) => name !== CACHE);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(() => caches.match(CARD)));
  } else if (request.destination === "style") {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
