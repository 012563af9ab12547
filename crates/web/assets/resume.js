// A session that was begun in this tab and not finished is offered again. What is kept of it
// is in this tab only; the page of the session decides whether it can still be picked up.

const LONGEST = 60 * 60_000; // after the last touch, or after its timer ended
const place = document.querySelector("[data-resume]");

function begun() {
  const found = [];
  for (let index = 0; index < sessionStorage.length; index += 1) {
    const key = sessionStorage.key(index);
    if (!/^session:.*\/relief\//.test(key)) continue;
    const kept = JSON.parse(sessionStorage.getItem(key));
    const until = Math.max(kept.at, kept.timer?.ends ?? 0) + LONGEST;
    if (Date.now() < until) found.push({ path: key.slice("session:".length), name: kept.name, at: kept.at });
  }
  return found.sort((one, other) => other.at - one.at)[0];
}

try {
  const session = place && begun();
  if (session?.name) {
    place.querySelector("[data-resume-name]").textContent = session.name;
    place.querySelector("[data-resume-link]").setAttribute("href", session.path);
    place.hidden = false;
  }
} catch {
  // Without storage there is nothing to offer.
}
