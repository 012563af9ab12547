// "None of these" and the other lines untick each other.

for (const none of document.querySelectorAll("[data-none]")) {
  const others = [...none.closest(".ticks").querySelectorAll("input[type=checkbox]")].filter((box) => box !== none);
  none.addEventListener("change", () => {
    if (none.checked) for (const box of others) box.checked = false;
  });
  for (const box of others) {
    box.addEventListener("change", () => {
      if (box.checked) none.checked = false;
    });
  }
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
