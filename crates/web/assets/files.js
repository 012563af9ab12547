// A file of one's own is made here in the page: some phones fetch a download past the
// worker that would make it. Where files can be handed on, a button does that. And a file
// that is chosen is looked at without another press.
// Without this script, and where it fails, the links and forms themselves do it.

for (const link of document.querySelectorAll("a[download]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    file(link).then(save, () => location.assign(link.href));
  });
  offer(link, link.querySelector("strong")?.textContent ?? link.textContent);
}

for (const form of document.querySelectorAll("form[data-whole]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    file(form).then(save, () => form.submit());
  });
  offer(form.querySelector("button"), "Sealed copy", form);
}

for (const form of document.querySelectorAll("form[data-bring]")) {
  form.querySelector("input[type=file]").addEventListener("change", () => form.requestSubmit());
}

/** The file that a link leads to or a form asks for, under the name that it is given there. */
async function file(source) {
  const isForm = source instanceof HTMLFormElement;
  const sent = isForm ? { method: "POST", body: new URLSearchParams(new FormData(source)) } : {};
  const response = await fetch(isForm ? source.action : source.href, sent);
  const given = response.headers.get("content-disposition")?.match(/filename="([^"]+)"/)?.[1];
  // A form that is refused leads to a page.
  if (!response.ok || (isForm && !given)) throw new Error(`${response.status}`);
  const name = given ?? new URL(source.href).pathname.split("/").at(-1);
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

/** A button beside a link or another button, which hands on what that saves. */
function offer(beside, name, source = beside) {
  const sample = new File([" "], "sample.txt", { type: "text/plain" });
  if (!navigator.canShare?.({ files: [sample] })) return;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button button--quiet", textContent: "Share" });
  button.setAttribute("aria-label", `Share: ${name}`);
  let ready = null;
  button.addEventListener("click", async () => {
    try {
      ready ??= shareable(await file(source));
      await navigator.share({ files: [ready] });
      // It was handed over, so there is a copy of the record.
      if ("whole" in source.dataset) document.querySelector("form[data-copied]")?.requestSubmit();
    } catch (error) {
      // Some browsers ask for a new touch if the file took long: then the next one has it at hand.
      if (error.name !== "NotAllowedError") ready = null;
    }
  });
  source.addEventListener("input", () => (ready = null));
  beside.after(button);
}
