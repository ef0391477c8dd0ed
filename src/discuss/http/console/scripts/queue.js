// The open item. It is shown at once because it was fetched ahead, and decided at once because nobody waits for the answer.

import { claim, release } from "./claims.js";
import { keepDrafts, putBackDrafts } from "./drafts.js";
import { fetchItem, forget } from "./items.js";
import { onKey } from "./keys.js";
import { following, list, mark, openRow, pane, rowOf } from "./list.js";
import { note } from "./live.js";
import { ask, parse, put, sent, show, words } from "./pieces.js";

const AHEAD = 2;
const WIDE = matchMedia("(min-width: 60rem)");
const CONFLICT = 409;

function fetchAhead(row) {
  for (let count = 0, next = following(row); next && count < AHEAD; count += 1, next = following(next)) fetchItem(next);
}

export async function open(row, { focus = true } = {}) {
  const before = openRow();
  if (before && before !== row) release(before);
  keepDrafts(pane);
  mark(row);
  putAway();
  const answer = await fetchItem(row);
  if (openRow()?.dataset.id !== row.dataset.id) return;
  forget(row.dataset.id);
  if (!answer.ok) return offerAgain(answer);
  pane.replaceChildren(parse(answer.html));
  putBackDrafts(pane);
  pane.scrollTop = 0;
  if (!WIDE.matches) scrollTo(0, 0);
  history.replaceState(history.state, "", row.querySelector("a.open").href);
  if (focus) pane.querySelector("h2")?.focus({ preventScroll: true });
  claim(row);
  fetchAhead(row);
}

// Until the next item has come, the one before it is still seen, but nothing may happen to it.
function putAway() {
  const queue = document.querySelector(".queue");
  // Where the item takes the place of the list, the browser's own way back leads to the list.
  if (!WIDE.matches && !history.state?.opened) history.pushState({ opened: true }, "");
  queue.classList.add("opened");
  for (const item of pane.children) {
    item.classList.add("away");
    item.inert = true;
  }
}

function offerAgain(answer) {
  put(answer.html);
  pane.replaceChildren(document.getElementById("unreached").content.cloneNode(true));
}

export function close() {
  const row = openRow();
  if (row) release(row);
  keepDrafts(pane);
  mark(null);
  document.querySelector(".queue").classList.remove("opened");
  pane.replaceChildren(parse(`<p class="hint lead"></p>`));
  pane.firstElementChild.textContent = following(null) ? words("choose") : words("rest");
  if (history.state?.opened) history.back();
  else history.replaceState(history.state, "", `?${list.dataset.query}`);
  row?.querySelector("a.open")?.focus();
}

// The browser went back to the list, or forward to an item.
function followHistory(event) {
  const row = rowOf(new URLSearchParams(location.search).get("open"));
  if (event.state?.opened && row) open(row);
  else close();
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
  const answering = ask(form.getAttribute("action"), { form: new FormData(form, submitter) });
  sent(form, answering);
  row?.classList.add("done");
  goOn(row);
  const answer = await answering;
  // If the server did nothing, the row is waiting again.
  if (!answer.ok && answer.status !== CONFLICT) rowOf(id)?.classList.remove("done");
  show(answer);
  if (answer.status === CONFLICT) note(id);
}

// If the open row was removed because its comment was decided together with others, its item is not to be decided again.
function leaveRemoved(changes) {
  const removed = changes.flatMap((change) => [...change.removedNodes]);
  const opened = removed.find((row) => row.matches?.(".row.is-open") && !rowOf(row.dataset.id));
  if (!opened) return;
  release(opened);
  goOn(null);
}

function returned({ id, answer }) {
  if (answer.ok || answer.status === CONFLICT) note(id);
  if (!answer.ok || !id) return;
  forget(id);
  if (rowOf(id)) open(rowOf(id));
}

if (list) {
  onKey("j", () => step(1), { held: true });
  onKey("k", () => step(-1), { held: true });
  onKey("Escape", () => openRow() || pane.querySelector(".item") ? close() : false);
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a.open");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.closest(".row"));
  });
  // The second click of a double click would decide on the comment that has just taken the place of the first.
  pane.addEventListener("click", (event) => {
    if (event.detail > 1 && event.target.closest("form.acts button")) event.preventDefault();
  });
  pane.addEventListener("click", (event) => {
    if (event.target.closest("[data-again-open]") && openRow()) open(openRow());
    const way = event.target.closest("[data-step]")?.dataset.step;
    if (!way) return;
    event.preventDefault();
    if (way === "0") close();
    else step(Number(way));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form.acts")) return;
    event.preventDefault();
    decide(form, event.submitter);
  });
  document.addEventListener("undone", (event) => returned(event.detail));
  addEventListener("popstate", followHistory);
  document.addEventListener("answered", () => openRow() && forget(openRow().dataset.id));
  new MutationObserver(leaveRemoved).observe(list, { childList: true });
  const opened = openRow();
  const first = following(null);
  if (opened) claim(opened);
  if (pane.querySelector(".item")) fetchAhead(opened);
  else if (first && WIDE.matches) open(first, { focus: false });
}
