// Where left and right of a place share one checkbox, a tap on the picture marks
// only the side that was tapped; the list below says the place.

for (const map of document.querySelectorAll(".body-map")) {
  const form = map.closest("form");
  const labels = [...map.querySelectorAll("label[data-place]")];
  const marked = new Set(); // the ids of places
  const placesOf = (checkbox) => labels.filter((label) => label.control === checkbox);
  // From here on the places are marked one by one, not with their checkbox.
  for (const label of labels) label.classList.remove(label.dataset.at);

  // What the list says: a line that was ticked there has no side.
  function follow() {
    for (const checkbox of new Set(labels.map((label) => label.control))) {
      const places = placesOf(checkbox).map((label) => label.dataset.place);
      if (!checkbox.checked) {
        for (const place of places) marked.delete(place);
      } else if (!places.some((place) => marked.has(place))) {
        for (const place of places) marked.add(place);
      }
    }
    for (const label of labels) label.classList.toggle("is-marked", marked.has(label.dataset.place));
  }

  for (const label of labels) {
    label.addEventListener("click", (event) => {
      event.preventDefault();
      const { place } = label.dataset;
      if (!marked.delete(place)) marked.add(place);
      const checkbox = label.control;
      checkbox.checked = placesOf(checkbox).some((other) => marked.has(other.dataset.place));
      checkbox.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  form.addEventListener("change", follow);
  follow();
}
