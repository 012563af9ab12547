// Some browsers install a site at the press of a button of its own; the page says how to do
// it in all of them.

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  for (const offer of document.querySelectorAll("[data-install]")) {
    offer.hidden = false;
    offer.querySelector("button").onclick = () => event.prompt();
  }
});

addEventListener("appinstalled", () => {
  for (const offer of document.querySelectorAll(".install")) offer.hidden = true;
});
