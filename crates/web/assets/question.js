// "None of these", where it was the answer, and the other lines untick each other.

for (const none of document.querySelectorAll("input[data-none]")) {
  const others = [...none.closest("fieldset").querySelectorAll(".ticks input[type=checkbox]")].filter((box) => box !== none);
  none.addEventListener("change", () => {
    if (none.checked) for (const box of others) box.checked = false;
  });
  for (const box of others) {
    box.addEventListener("change", () => {
      if (box.checked) none.checked = false;
    });
  }
}

// The button "none of these" says no to every line. It stays in reach of the thumb, and counts once
// the last line was in sight: until then it leads on to the rest of them.
const none = document.querySelector("button[data-none]");
if (none) {
  const bar = none.closest(".thumb");
  const lines = [...none.form.querySelectorAll(".tick")];
  const isInSight = (line) => line.getBoundingClientRect().bottom <= bar.getBoundingClientRect().top + 1;
  let isSeen = false;
  const look = () => {
    isSeen ||= isInSight(lines.at(-1));
  };
  bar.classList.add("thumb--sticks");
  look();
  document.addEventListener("scroll", look, { passive: true });
  none.addEventListener("click", (event) => {
    look();
    if (isSeen) return;
    event.preventDefault();
    bar.querySelector("[data-more]").hidden = false;
    lines.find((line) => !isInSight(line)).scrollIntoView();
  });
}

// A day that is tapped and a number that is written take each other away.
for (const near of document.querySelectorAll("[data-near]")) {
  const [number, days] = [near.querySelector(".number"), near.querySelectorAll("input[type=radio]")];
  near.addEventListener("change", (event) => {
    if (event.target.type === "radio") number.value = "";
  });
  number.addEventListener("input", () => {
    if (number.value !== "") for (const day of days) day.checked = false;
  });
}

// On a scale from 0 to 10 the digits choose; 1 and then 0 is ten.
for (const scale of document.querySelectorAll("[data-scale]")) {
  let last = 0;
  scale.addEventListener("keydown", (event) => {
    if (!/^[0-9]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const one = scale.querySelector('input[value="1"]');
    const isTen = event.key === "0" && one?.checked && event.timeStamp - last < 1500;
    const input = scale.querySelector(`input[value="${isTen ? 10 : event.key}"]`);
    last = event.timeStamp;
    if (!input) return;
    event.preventDefault();
    input.checked = true;
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
