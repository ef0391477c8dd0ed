// Selecting rows: with their boxes, a range with Shift, the open one with `x`; and the bar that counts them.

import { onKey } from "./keys.js";
import { list, openRow, rows, waits } from "./list.js";

const bar = document.getElementById("bulk");
const all = document.getElementById("pick-all");
const boxOf = (row) => row.querySelector(".pick input");
const boxes = () => rows().filter(waits).map(boxOf);
let last = null;

// A row that is done shows no box, so it must not stay selected.
function count() {
  for (const row of rows()) if (!waits(row)) boxOf(row).checked = false;
  const picked = boxes().filter((box) => box.checked).length;
  bar.classList.toggle("some-picked", picked > 0);
  bar.querySelector("[data-count]").textContent = bar.dataset.counted.replace("{n}", picked);
  if (all) all.checked = picked > 0 && picked === boxes().length;
}

if (list && bar) {
  list.addEventListener("click", (event) => {
    const box = event.target.closest(".pick input");
    if (!box) return;
    const known = boxes();
    const [from, to] = [known.indexOf(last), known.indexOf(box)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) known.slice(from, to + 1).forEach((one) => (one.checked = box.checked));
    last = box;
    count();
  });
  all?.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    count();
  });
  onKey("x", () => {
    const row = openRow();
    if (!row || !waits(row)) return false;
    const box = boxOf(row);
    box.checked = !box.checked;
    count();
  });
  new MutationObserver(count).observe(list, { childList: true, subtree: true, attributeFilter: ["class"] });
  count();
}
