// Taking decisions back, each with the form that came with its answer. `u` takes back the newest decision of this page and never
// another one: it waits for an answer that is still on its way, and does nothing if the newest decision came to nothing.

import { onKey } from "./keys.js";
import { ask, complain, parse, show } from "./pieces.js";

const CONFLICT = 409;
const made = []; // the newest last: for each decision its form to take it back, once known; null if it was not made
const taken = new Set(); // the addresses of the forms that were sent
const wayBack = (form) => form.getAttribute("action");
const formIn = (root) => root.querySelector("form.undo");

async function undo(form) {
  const way = wayBack(form);
  if (taken.has(way)) return;
  taken.add(way);
  for (const one of document.querySelectorAll(".toast, .told")) if (formIn(one) && wayBack(formIn(one)) === way) one.remove();
  const answer = await ask(way, { form: new FormData(form) });
  if (!answer.ok && answer.status !== CONFLICT) {
    taken.delete(way);
    made.push(Promise.resolve(form));
  }
  show(answer);
  document.dispatchEvent(new CustomEvent("undone", { detail: { id: form.dataset.comment, answer } }));
}

function undoLast() {
  if (!made.length) return false;
  made.pop().then((form) => {
    if (!form) complain("not-made");
    else if (taken.has(wayBack(form))) undoLast();
    else undo(form);
  });
}

onKey("u", undoLast);
document.addEventListener("sent", (event) => {
  if (!event.target.matches("form.acts, [data-decides]")) return;
  made.push(event.detail.then((answer) => (answer.ok ? formIn(parse(answer.html)) : null)));
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.undo")) return;
  event.preventDefault();
  undo(event.target);
});
const told = document.querySelector(".told form.undo");
if (told) made.push(Promise.resolve(told));
