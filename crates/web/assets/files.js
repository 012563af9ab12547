// A file of one's own is made here in the page: some phones fetch a download past the
// worker that would make it. Where files can be handed on, a button does that.
// Without this script, and where it fails, the link itself leads to the file.

for (const link of document.querySelectorAll("a[download]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    file(link.href).then(save, () => location.assign(link.href));
  });
  offer(link);
}

/** What an address holds, under the name that it is given there. */
async function file(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}`);
  const given = response.headers.get("content-disposition")?.match(/filename="([^"]+)"/)?.[1];
  const name = given ?? new URL(address).pathname.split("/").at(-1);
  return new File([await response.blob()], name, { type: response.headers.get("content-type") ?? "" });
}

function save(file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  // A browser may still read it for a while.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** As it can be handed on: no browser shares JSON or a calendar, all of them share a text. */
function shareable(file) {
  if (navigator.canShare({ files: [file] })) return file;
  return new File([file], `${file.name}.txt`, { type: "text/plain" });
}

function offer(link) {
  const sample = new File([" "], "sample.txt", { type: "text/plain" });
  if (!navigator.canShare?.({ files: [sample] })) return;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button button--quiet", textContent: "Share" });
  button.setAttribute("aria-label", `Share: ${link.querySelector("strong")?.textContent ?? link.textContent}`);
  let ready = null;
  button.addEventListener("click", async () => {
    try {
      ready ??= shareable(await file(link.href));
      await navigator.share({ files: [ready] });
    } catch (error) {
      // Some browsers ask for a new touch if the file took long: then the next one has it at hand.
      if (error.name !== "NotAllowedError") ready = null;
    }
  });
  link.after(button);
}
