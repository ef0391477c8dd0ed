// Claims: who is looking at which item. Taken when it is opened, released when it is left; if the browser dies, the claim expires.

import { openRow } from "./list.js";
import { ask, put } from "./pieces.js";

const AGAIN = 30_000;
let held = null;

function tell(row, keep, keepalive = false) {
  const form = new FormData();
  form.set("keep", keep ? "yes" : "no");
  return ask(row.dataset.claim, { form, keepalive });
}

export async function claim(row) {
  held = row;
  const answer = await tell(row, true);
  if (answer.ok && held === row) put(answer.html);
}

export function release(row) {
  if (held?.dataset.id === row.dataset.id) held = null;
  tell(row, false);
}

addEventListener("pagehide", () => held && tell(held, false, true));
addEventListener("pageshow", (event) => event.persisted && openRow() && claim(openRow()));
setInterval(() => held && !document.hidden && tell(held, true), AGAIN);
