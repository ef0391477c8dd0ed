// Shows what others do as they do it: a stream of events names the comments that changed, and their rows and the counts are
// fetched again. Without the stream, all rows are fetched every 15 seconds.

import { forget } from "./items.js";
import { list, openRow, pane, renew, rowOf, rows, waits } from "./list.js";
import { ask, parse, put } from "./pieces.js";

const LULL = 400;
const POLL = 15_000;
const MOST = 50;
const FEW = 5;
const changed = new Set();
let waiting = null;
let everything = false;
let source = null;

export function note(id) {
  if (id) changed.add(id);
  waiting ??= setTimeout(refresh, LULL);
}

// It is not known what has changed: fetches all rows again, and the page of the queue.
function noteAll() {
  everything = true;
  for (const row of rows().filter(waits)) changed.add(row.dataset.id);
  note();
}

async function refresh() {
  const ids = [...changed].slice(0, MOST);
  for (const id of ids) changed.delete(id);
  const query = new URLSearchParams(list.dataset.query);
  for (const id of ids) {
    forget(id);
    query.append("id", id);
  }
  const all = everything;
  if (all) query.append("all", "1");
  everything = false;
  const answer = await ask(`${list.dataset.rows}?${query}`);
  waiting = null;
  if (answer.ok) take(answer.html);
  else postpone(ids, all);
  if (changed.size) note();
}

// The server did not answer: keeps what has changed for the next attempt.
function postpone(ids, all) {
  everything ||= all;
  for (const id of ids) changed.add(id);
  waiting = setTimeout(refresh, POLL);
}

function take(html) {
  const pieces = parse(html);
  for (const row of pieces.querySelectorAll(".row")) {
    const known = document.getElementById(row.id);
    if (known && waits(known)) renew(row);
    else if (!known && list.dataset.grows) list.append(row);
    else row.remove();
  }
  for (const mark of pieces.querySelectorAll("[data-gone]")) leave(rowOf(mark.dataset.gone));
  put([...pieces.children].map((piece) => piece.outerHTML).join(""));
}

// Removes a row that no longer belongs in this queue because somebody else decided. The open one stays, with a notice.
function leave(row) {
  if (!row || !waits(row)) return;
  if (row !== openRow()) return row.remove();
  const said = document.getElementById("gone")?.content.firstElementChild.cloneNode(true);
  if (said) pane.querySelector(".notice")?.replaceChildren(said);
}

// Loads the next page when few rows are left to decide.
async function fill() {
  const more = document.getElementById("more");
  const link = more?.querySelector("a");
  if (!link || more.dataset.asked || rows().filter(waits).length > FEW) return;
  more.dataset.asked = "1";
  const answer = await ask(link.href);
  delete more.dataset.asked;
  if (!answer.ok) return;
  const pieces = parse(answer.html);
  for (const row of pieces.querySelectorAll(".row")) if (!document.getElementById(row.id)) list.append(row);
  const next = pieces.querySelector("#more");
  if (next) more.replaceWith(next);
}

function listen() {
  source = new EventSource(list.dataset.stream);
  for (const kind of ["decided", "claimed", "released", "changed"]) {
    source.addEventListener(kind, (event) => {
      const { comments = [] } = JSON.parse(event.data);
      if (!comments.length) return noteAll();
      for (const id of comments) note(id);
    });
  }
  source.addEventListener("reset", noteAll);
}

if (list) {
  listen();
  addEventListener("pagehide", () => source.close());
  setInterval(() => {
    if (document.hidden || source.readyState === EventSource.OPEN) return;
    if (source.readyState === EventSource.CLOSED) listen();
    noteAll();
  }, POLL);
  new MutationObserver(fill).observe(list, { childList: true, subtree: true, attributeFilter: ["class"] });
  fill();
}
