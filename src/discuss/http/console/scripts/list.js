// The rows of the queue: which one is open, which one comes next.

import { replace } from "./pieces.js";

export const list = document.getElementById("list");
export const pane = document.getElementById("pane");

export const rows = () => [...(list?.querySelectorAll(".row") ?? [])];
export const rowOf = (id) => document.getElementById(`row-${id}`);
export const openRow = () => list?.querySelector(".row.is-open");
export const waits = (row) => !row.classList.contains("done");

// The next free row after `row`, going on from the top, so that skipped rows come round again; with `step` -1, the one before
// it. Rows that a colleague has claimed are not free.
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

// Replaces a row by a newer version of it. It stays open, and stays selected unless its text has changed.
export function renew(fresh) {
  const known = document.getElementById(fresh.id);
  if (!known) return;
  const [before, box] = [known, fresh].map((row) => row.querySelector(".pick input"));
  const opened = known.classList.contains("is-open");
  replace(known, fresh);
  if (box) box.checked = Boolean(before?.checked) && before.value === box.value;
  if (opened) mark(fresh);
}
