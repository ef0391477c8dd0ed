// The rows of the queue: which is open, which comes next.

import { replace } from "./pieces.js";

export const list = document.getElementById("list");
export const pane = document.getElementById("pane");

export const rows = () => [...(list?.querySelectorAll(".row") ?? [])];
export const rowOf = (id) => document.getElementById(`row-${id}`);
export const openRow = () => list?.querySelector(".row.is-open");
export const waits = (row) => !row.classList.contains("done");

// From `row` down, then from the top: what was left for later comes round again. Those that a colleague looks at are passed over.
export function following(row, step = 1) {
  const all = rows();
  const start = row ? all.indexOf(row) : step > 0 ? -1 : all.length;
  const way = step > 0 ? all.slice(start + 1) : all.slice(0, Math.max(start, 0)).reverse();
  return way.find(isFree) ?? (step > 0 ? all.slice(0, Math.max(start, 0)).find(isFree) : undefined);
}

const isFree = (row) => waits(row) && !row.dataset.holder;

export function mark(row) {
  for (const one of rows()) {
    one.classList.toggle("is-open", one === row);
    if (one === row) one.querySelector("a.open").setAttribute("aria-current", "true");
    else one.querySelector("a.open").removeAttribute("aria-current");
  }
  row?.scrollIntoView({ block: "nearest" });
}

// A newer row for one that is shown already; what the moderator did to it stays: open, and selected, unless it is another text by now.
export function renew(fresh) {
  const known = document.getElementById(fresh.id);
  if (!known) return;
  const [before, box] = [known, fresh].map((row) => row.querySelector(".pick input"));
  const opened = known.classList.contains("is-open");
  replace(known, fresh);
  if (box) box.checked = Boolean(before?.checked) && before.value === box.value;
  if (opened) mark(fresh);
}
