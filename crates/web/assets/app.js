// What every page does when there are scripts; every page works without.

// What is wrong with a form is read first; else, on a step of a form, its heading.
document.querySelector("[data-focus]")?.focus();

// Printing needs a script, so its button is shown by one.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The time zone of the person's own clock, told once in a form's hidden field.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
for (const field of document.querySelectorAll("input[data-time-zone]")) field.value = zone;

// The danger card without a connection; where a worker brings the pages, it has that too.
if (navigator.serviceWorker && !navigator.serviceWorker.controller) {
  navigator.serviceWorker.register("/service-worker.js").catch(() => {});
}

// Back leads to the page before, and never to the same page twice: where a form was sent
// back to its own page, or a page leads on to where one was, the browser holds it two times.
const bare = (address) => (address ?? "").split("#")[0];

/** Where the browser's Back came from; nothing where it was something else that led here. */
function backFrom() {
  const { activation } = globalThis.navigation ?? {};
  const isBack = activation?.navigationType === "traverse" && activation.entry.index < activation.from?.index;
  return isBack ? activation.from.url : undefined;
}

// Over a reload it is kept in this tab: an address, and only until the page is there again.
const KEPT = "back-from";

function kept() {
  try {
    const from = sessionStorage.getItem(KEPT) ?? undefined;
    sessionStorage.removeItem(KEPT);
    return from;
  } catch {
    return undefined;
  }
}

function reloads(from) {
  try {
    if (from !== undefined) sessionStorage.setItem(KEPT, from);
  } catch {
    // Then the page may be shown twice.
  }
  location.reload();
}

// The link back goes to the page before in the browser as well, if it is that page.
for (const link of document.querySelectorAll("a[data-step-back]")) {
  link.addEventListener("click", (event) => {
    const index = globalThis.navigation?.currentEntry?.index ?? 0;
    const before = index > 0 ? navigation.entries()[index - 1] : undefined;
    if (!before || bare(before.url) !== bare(link.href)) return;
    event.preventDefault();
    history.back();
  });
}

// A page that was sent and comes back as the browser kept it shows what was, not what is.
document.addEventListener("submit", (event) => {
  event.target.dataset.sent = "";
});
addEventListener("pageshow", (event) => {
  const from = kept() ?? backFrom();
  if (event.persisted && document.querySelector("form[data-sent]")) return reloads(from);
  if (from !== undefined && bare(from) === bare(location.href) && navigation.currentEntry.index > 0) history.back();
});

// What a session kept of itself in this window goes with the record.
if (document.querySelector("[data-erased]")) {
  try {
    sessionStorage.clear();
  } catch {
    // Then nothing was kept.
  }
}
