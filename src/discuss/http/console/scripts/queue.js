// The open item. It is shown at once because it was fetched ahead, and decided at once because nobody waits for the answer.

import { claim, release } from "./claims.js";
import { fetchItem, forget } from "./items.js";
import { onKey } from "./keys.js";
import { following, list, mark, openRow, pane, rowOf } from "./list.js";
import { note } from "./live.js";
import { ask, complain, parse, show, words } from "./pieces.js";

const AHEAD = 2;
const WIDE = matchMedia("(min-width: 60rem)");
const decided = [];
const unsent = new Map(); // words to authors, by comment, until their decision is made

function fetchAhead(row) {
  for (let count = 0, next = following(row); next && count < AHEAD; count += 1, next = following(next)) fetchItem(next);
}

export async function open(row, { focus = true } = {}) {
  const before = openRow();
  if (before && before !== row) release(before);
  mark(row);
  document.querySelector(".queue").classList.add("opened");
  pane.firstElementChild?.classList.add("away");
  pane.querySelector("form.acts")?.remove();
  const answer = await fetchItem(row);
  if (openRow()?.dataset.id !== row.dataset.id) return;
  forget(row.dataset.id);
  if (!answer.ok && !answer.html) return complain();
  pane.replaceChildren(parse(answer.html));
  putBack(unsent.get(row.dataset.id));
  pane.scrollTop = 0;
  if (!WIDE.matches) scrollTo(0, 0);
  history.replaceState(null, "", row.querySelector("a.open").href);
  if (focus) pane.querySelector("h2")?.focus({ preventScroll: true });
  claim(row);
  fetchAhead(row);
}

function putBack(said) {
  const field = pane.querySelector("form.acts textarea");
  if (!said || !field) return;
  field.value = said;
  field.closest("details").open = true;
}

export function close() {
  const row = openRow();
  if (row) release(row);
  mark(null);
  document.querySelector(".queue").classList.remove("opened");
  pane.replaceChildren(parse(`<p class="hint lead"></p>`));
  pane.firstElementChild.textContent = following(null) ? words("choose") : words("rest");
  row?.querySelector("a.open")?.focus();
}

function step(by) {
  const next = following(openRow(), by);
  if (next) open(next);
}

function goOn(row) {
  const next = following(row);
  if (next) open(next);
  else close();
}

// The open item may have no row: it was opened by its address after it had left this queue.
async function decide(form, submitter) {
  const id = form.elements.comment.value;
  const row = rowOf(id);
  unsent.set(id, form.elements.words?.value);
  const answering = ask(form.getAttribute("action"), { form: new FormData(form, submitter) });
  row?.classList.add("done");
  decided.push(id);
  goOn(row);
  const answer = await answering;
  if (answer.ok) unsent.delete(id);
  take(answer, id);
}

// If the open row was removed because its comment was decided together with others, its item is not to be decided again.
function leaveRemoved(changes) {
  const removed = changes.flatMap((change) => [...change.removedNodes]);
  const opened = removed.find((row) => row.matches?.(".row.is-open") && !rowOf(row.dataset.id));
  if (!opened) return;
  release(opened);
  goOn(null);
}

// Shows the server's answer. If it did nothing, the row is waiting again.
function take(answer, id) {
  const conflict = answer.status === 409;
  if (!answer.ok && !conflict) rowOf(id)?.classList.remove("done");
  show(answer);
  if (conflict) note(id);
}

async function undo(form) {
  const id = form.dataset.comment;
  form.closest(".toast")?.remove();
  const answer = await ask(form.getAttribute("action"), { form: new FormData(form) });
  take(answer, id);
  if (!answer.ok || !id) return;
  note(id);
  forget(id);
  if (rowOf(id)) open(rowOf(id));
}

function undoLast() {
  for (let id = decided.pop(); id; id = decided.pop()) {
    const form = rowOf(id)?.querySelector("form.undo");
    if (form) return void undo(form);
  }
  const toast = document.querySelector("#toasts form.undo");
  return toast ? void undo(toast) : false;
}

if (list) {
  onKey("j", () => step(1));
  onKey("k", () => step(-1));
  onKey("u", undoLast);
  onKey("Escape", () => openRow() || pane.querySelector(".item") ? close() : false);
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a.open");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.closest(".row"));
  });
  pane.addEventListener("click", (event) => {
    const way = event.target.closest("[data-step]")?.dataset.step;
    if (!way) return;
    event.preventDefault();
    if (way === "0") close();
    else step(Number(way));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form.acts, form.undo")) return;
    event.preventDefault();
    if (form.matches(".undo")) undo(form);
    else decide(form, event.submitter);
  });
  document.addEventListener("answered", () => openRow() && forget(openRow().dataset.id));
  new MutationObserver(leaveRemoved).observe(list, { childList: true });
  const opened = openRow();
  const first = following(null);
  if (opened) claim(opened);
  if (pane.querySelector(".item")) fetchAhead(opened);
  else if (first && WIDE.matches) open(first, { focus: false });
}
