// Where left and right of a place share one checkbox and the side is asked
// below, a tap on the picture answers both. The side is never chosen against
// a choice that the person made.

for (const map of document.querySelectorAll("[data-sided]")) {
  const form = map.closest("form");
  const sides = [...form.querySelectorAll('input[type="radio"][name="pain_side"]')];
  const labels = [...map.querySelectorAll("label")];
  const marked = new Map(); // the id of a place: whether it was tapped on the picture
  let isByHand = sides.some((side) => side.checked);
  const placesOf = (checkbox) => labels.filter((label) => label.control === checkbox);
  // From here on the places are marked one by one, not with their checkbox.
  for (const label of labels) label.classList.remove(`body-map__at--${label.htmlFor}`);

  function draw() {
    for (const label of labels) label.classList.toggle("is-marked", marked.has(label.dataset.place));
  }

  // What the list says: a line that was ticked there has no side yet, unless one is chosen.
  function follow() {
    const side = sides.find((radio) => radio.checked)?.value;
    for (const checkbox of new Set(labels.map((label) => label.control))) {
      const places = placesOf(checkbox);
      if (!checkbox?.checked) {
        for (const label of places) marked.delete(label.dataset.place);
      } else if (!places.some((label) => marked.has(label.dataset.place))) {
        const onSide = places.filter((label) => label.dataset.side === side);
        for (const label of onSide.length ? onSide : places) marked.set(label.dataset.place, false);
      }
    }
    draw();
  }

  function chooseSide() {
    if (isByHand) return;
    const tapped = labels.filter((label) => marked.get(label.dataset.place));
    const found = new Set(tapped.map((label) => label.dataset.side));
    const [only] = found;
    const value = found.size === 1 && only !== "middle" ? only : "both";
    for (const side of sides) side.checked = found.size > 0 && side.value === value;
  }

  for (const label of labels) {
    label.addEventListener("click", (event) => {
      event.preventDefault();
      const { place } = label.dataset;
      if (!marked.delete(place)) marked.set(place, true);
      const checkbox = label.control;
      checkbox.checked = placesOf(checkbox).some((other) => marked.has(other.dataset.place));
      checkbox.dispatchEvent(new Event("change", { bubbles: true }));
      chooseSide();
    });
  }
  for (const side of sides) {
    side.addEventListener("change", () => {
      isByHand = true;
    });
  }
  form.addEventListener("change", follow);
  follow();
}
