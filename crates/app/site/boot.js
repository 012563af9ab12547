// The first page, before the program is there. It is of use without this; here the
// program is fetched, and from then on the form of the page works.

const BASE = new URL(".", import.meta.url);

/** Shows the sentence of the page with this mark, or hides it. */
function says(mark, isSaid = true) {
  for (const sentence of document.querySelectorAll(`[data-${mark}]`)) sentence.hidden = !isSaid;
}

says("getting-ready");
boot()
  .catch((error) => {
    console.warn(error);
    // No connection, or half of one, is a `TypeError`; anything else is a browser that cannot.
    says(navigator.serviceWorker && error instanceof TypeError ? "not-ready" : "no-worker");
  })
  .then(() => says("getting-ready", false));

async function boot() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) throw new Error("no workers: an old browser, a private window, or no https");
  const before = await serviceWorker.getRegistration(BASE);
  const wasThere = before?.scope === BASE.href ? before.active : null;
  const registration = await serviceWorker.register(new URL("sw.js", BASE), { scope: BASE.pathname, updateViaCache: "none" });
  const worker = wasThere ?? (await activated(registration));
  // Somebody asked for the page past the program that was there, or first for another than this.
  const isMissed = wasThere || location.pathname !== BASE.pathname;
  if (isMissed && mayReload()) return location.reload();
  for (const form of document.querySelectorAll("form[data-first-screen]")) await enable(form, worker);
  says("ready");
}

/** The worker of a new registration, once it can answer. */
function activated({ installing, waiting, active }) {
  const worker = installing ?? waiting ?? active;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === "activated") resolve(worker);
      if (worker.state === "redundant") reject(new TypeError("the program did not come whole"));
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

/** Whether this page did not reload itself just now: it never goes round in circles. */
function mayReload() {
  try {
    const last = Number(sessionStorage.getItem("reloaded"));
    sessionStorage.setItem("reloaded", Date.now());
    return Math.abs(Date.now() - last) > 60_000;
  } catch {
    return false;
  }
}

/** Gives the form what makes it count: only that was missing. */
async function enable(form, worker) {
  const html = await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage({ page: form.getAttribute("action").slice(BASE.pathname.length - 1) }, [port2]);
  });
  const made = new DOMParser().parseFromString(html, "text/html");
  for (const name of ["token", "once"]) {
    const field = made.querySelector(`input[type=hidden][name=${name}]`);
    if (!field) throw new Error(`the program gave no ${name}`);
    form.querySelector(`input[name=${name}]`)?.remove();
    form.prepend(field);
  }
  for (const button of form.querySelectorAll("button")) button.disabled = false;
}
