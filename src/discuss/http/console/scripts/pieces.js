// Pieces of a page. The addresses and forms are the same as without scripts, but the server answers with the parts that changed:
// each replaces the element with its id, or is added to the one named by `data-into`.

const PATIENCE = 15_000;
const SLOWEST = 10; // bytes per millisecond: long lists take time to send
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
    // A redirect leads to another page: the form has done its work, or the session is over and this is the log-in page.
    if (answer.redirected) leaveFor(answer.url);
    return { ok: answer.ok, status: answer.status, led: answer.redirected, html: answer.redirected ? "" : await answer.text() };
  } catch {
    return { ok: false, status: 0, html: "" }; // no answer, or an incomplete one
  }
}

let leaving = false;

// Once only: a second answer of the same kind would break off the page that is loading.
function leaveFor(address) {
  if (!leaving) location.assign(address);
  leaving = true;
  addEventListener("pagehide", () => (leaving = false), { once: true }); // the page may come back from the browser's cache
}

export function parse(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  return made.content;
}

const REACHED = "a, button, input, select, textarea, summary";

// Keeps the focus: if an element inside `known` has it, the one in the same position inside `fresh` gets it.
export function replace(known, fresh) {
  const place = [...known.querySelectorAll(REACHED)].indexOf(document.activeElement);
  known.replaceWith(fresh);
  if (place >= 0) fresh.querySelectorAll(REACHED)[place]?.focus({ preventScroll: true });
}

// Returns whether any of the pieces had a place on this page.
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

// An error without a piece does not come from this server, but from a proxy or from the network.
export function show(answer) {
  if (!put(answer.html) && !answer.ok) complain();
}

// A row whose comment was decided together with others. Its new state is shown once the stream reports it.
function settle({ settled, state }) {
  const row = document.querySelector(`.pick input[value^="${settled}"]`)?.closest(".row");
  if (!row) return;
  row.querySelector(".pick input").checked = false;
  const here = new URLSearchParams(row.parentElement.dataset.query).get("queue");
  if (here !== state && here !== "all") row.remove();
}

// Says that something went wrong, in words that came with the page; by default, that the server could not be reached.
export function complain(about = "out-of-reach") {
  const toast = document.getElementById(about)?.content.firstElementChild.cloneNode(true);
  if (toast) document.getElementById("toasts").append(toast);
}

export function words(name) {
  return document.querySelector("[data-words]")?.dataset[name] ?? "";
}

// Tells the other parts of the page that a form is on its way; it may have left the page when the answer is there.
export function sent(form, answering) {
  form.dispatchEvent(new CustomEvent("sent", { bubbles: true, detail: answering }));
}

// Sends forms with `data-piece` without leaving the page; the answer, even an error, is a piece. With `data-emptied` the form
// starts anew once what was written is saved.
// `form.action` is not used, because a field may have that name.
export function sendForms() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form.matches("[data-piece]") || event.submitter?.matches("[data-piece]"))) return;
    event.preventDefault();
    const busy = event.submitter;
    if (busy?.dataset.sent) return;
    if (busy) busy.dataset.sent = "1";
    const answering = ask(form.getAttribute("action"), { form: new FormData(form, busy) });
    sent(form, answering);
    const answer = await answering;
    if (answer.led) return addEventListener("pagehide", () => delete busy?.dataset.sent, { once: true }); // until then it cannot be sent twice
    if (busy) delete busy.dataset.sent;
    show(answer);
    if (answer.ok && form.matches("[data-emptied]")) form.reset();
    form.dispatchEvent(new CustomEvent("answered", { bubbles: true, detail: answer }));
  });
}
