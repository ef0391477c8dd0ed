// Pieces of a page. The server answers the same addresses and forms as without scripts, but with the parts that changed:
// each takes the place of the element with its id, or is added to the one that `data-into` names.

const PATIENCE = 15_000;
const SLOWEST = 10; // bytes in a millisecond: long lists take their time on their way
const token = document.querySelector("meta[name=csrf-token]")?.content;

export async function ask(path, { form, keepalive = false } = {}) {
  const sent = { headers: { "X-Piece": "1" }, cache: "no-store", keepalive };
  if (form) {
    form.set("csrf_token", token);
    Object.assign(sent, { method: "POST", body: new URLSearchParams(form) });
  }
  sent.signal = AbortSignal.timeout(PATIENCE + String(sent.body ?? "").length / SLOWEST);
  try {
    const answer = await fetch(path, sent);
    // The work goes on with another page: what was sent is done; or the session is over, and the log-in page says so.
    if (answer.redirected) location.assign(answer.url);
    return { ok: answer.ok, status: answer.status, led: answer.redirected, html: answer.redirected ? "" : await answer.text() };
  } catch {
    return { ok: false, status: 0, html: "" }; // no answer, or half of one
  }
}

export function parse(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  return made.content;
}

const REACHED = "a, button, input, select, textarea, summary";

// Who has the focus in what is replaced has it in what takes its place.
export function replace(known, fresh) {
  const place = [...known.querySelectorAll(REACHED)].indexOf(document.activeElement);
  known.replaceWith(fresh);
  if (place >= 0) fresh.querySelectorAll(REACHED)[place]?.focus({ preventScroll: true });
}

// Whether there was a place for any of it.
export function put(html) {
  let placed = false;
  for (const piece of [...parse(html).children]) {
    const into = piece.dataset.into && document.getElementById(piece.dataset.into);
    const known = piece.id && document.getElementById(piece.id);
    placed ||= Boolean(piece.dataset.settled || into || known);
    if (piece.dataset.settled) settle(piece.dataset);
    else if (into) into.append(piece);
    else if (known) replace(known, piece);
    if (piece.matches(".outcome")) piece.closest(".row")?.classList.toggle("done", piece.dataset.state !== "");
  }
  return placed;
}

// An error that holds no piece is not ours: a proxy's, or none at all.
export function show(answer) {
  if (!put(answer.html) && !answer.ok) complain();
}

// A row whose comment was decided together with others: its chip comes with the next word of the stream.
function settle({ settled, state }) {
  const row = document.querySelector(`.pick input[value^="${settled}"]`)?.closest(".row");
  if (!row) return;
  row.querySelector(".pick input").checked = false;
  const here = new URLSearchParams(row.parentElement.dataset.query).get("queue");
  if (here !== state && here !== "all") row.remove();
}

// A message that no server wrote: it could not be reached. The page brought its words along.
export function complain() {
  const toast = document.getElementById("out-of-reach")?.content.firstElementChild.cloneNode(true);
  if (toast) document.getElementById("toasts").append(toast);
}

export function words(name) {
  return document.querySelector("[data-words]")?.dataset[name] ?? "";
}

// Not `form.action`: a field may have that name. Forms that stay on their page: `data-piece`. What the server has to say about them comes as a piece, errors too.
export function sendForms() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form.matches("[data-piece]") || event.submitter?.matches("[data-piece]"))) return;
    event.preventDefault();
    const busy = event.submitter;
    if (busy?.dataset.sent) return;
    if (busy) busy.dataset.sent = "1";
    const answer = await ask(form.getAttribute("action"), { form: new FormData(form, busy) });
    if (answer.led) return addEventListener("pagehide", () => delete busy?.dataset.sent, { once: true }); // not sent twice meanwhile
    if (busy) delete busy.dataset.sent;
    show(answer);
    form.dispatchEvent(new CustomEvent("answered", { bubbles: true, detail: answer }));
  });
}
