// Back to the page one came from, if it is one of ours; the server checks it again.

const back = document.querySelector("[data-back]");
// The pages may stand in a folder, which this script is in: FOLDER/assets/FINGERPRINT/settings.js.
const folder = new URL("../..", import.meta.url).pathname.slice(0, -1);
if (back && document.referrer) {
  const from = new URL(document.referrer);
  const path = from.pathname.slice(folder.length);
  if (from.origin === location.origin && !path.startsWith("/settings")) back.value = path;
}

// The time zone of this device, to take over with one press.
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const field = document.getElementById("time_zone");
const told = document.querySelector("[data-zone-of-device]");
if (own && told) told.value = own;
const offer = document.querySelector("[data-own-zone]");
if (own && field && offer && field.value !== own) {
  offer.textContent = `Use ${own}, as on this device`;
  offer.hidden = false;
  offer.addEventListener("click", () => {
    field.value = own;
    offer.hidden = true;
    field.focus();
  });
}
