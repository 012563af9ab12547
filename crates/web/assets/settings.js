// Back to the page one came from, if it is one of ours; the server checks it again.

const back = document.querySelector("[data-back]");
if (document.referrer) {
  const from = new URL(document.referrer);
  if (back && from.origin === location.origin && !from.pathname.startsWith("/settings")) back.value = from.pathname;
}

// The time zone of this device, to take over with one press.
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const field = document.getElementById("time_zone");
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
