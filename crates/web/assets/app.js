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

// The danger card without a connection.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/service-worker.js").catch(() => {});
