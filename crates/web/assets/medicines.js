// How long it still is, kept up to date; the words of the server hold without.

function words(seconds) {
  const minutes = Math.ceil(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours ? `${hours} h` : "", rest || !hours ? `${rest} min` : ""].filter(Boolean).join(" ");
}

// The clock of the server decides, so only the time since this page came counts.
const opened = Date.now();
const counted = [...document.querySelectorAll("[data-left]")];

function tick() {
  for (const place of counted) {
    const left = Number(place.dataset.left) - (Date.now() - opened) / 1000;
    place.textContent = left > 0 ? words(left) : "0 min. Open this page again";
  }
}

if (counted.length) {
  setInterval(tick, 15_000);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
}

// Whoever writes a time means earlier.
document.querySelector("[data-earlier]")?.addEventListener("input", () => {
  document.querySelector("#when_earlier").checked = true;
});
