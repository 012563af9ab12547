// Keeps one page for when there is no connection: the danger card with the
// emergency numbers. Nothing about a person is ever kept here.

const CACHE = "unclench-danger-card-1";
const CARD = "/emergency";

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      const card = await fetch(CARD, { credentials: "omit", cache: "no-store" });
      const html = await card.clone().text();
      const style = html.match(/href="(\/assets\/[^"]+\.css)"/)?.[1];
      if (style) await cache.add(style);
      await cache.put(CARD, card);
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(() => caches.match(CARD)));
  } else if (request.destination === "style") {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
