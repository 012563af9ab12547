// After a diary entry the browser is asked, once, not to clear the record for want of
// room. Only where the record is in the browser itself; it may refuse, and nobody waits.

const isInBrowser = navigator.serviceWorker?.controller?.scriptURL.endsWith("/sw.js");
try {
  if (isInBrowser && !localStorage.getItem("asked-to-keep")) {
    localStorage.setItem("asked-to-keep", "yes");
    navigator.storage?.persist?.().catch(() => {});
  }
} catch {
  // Where nothing can be kept there is nothing to ask for.
}
