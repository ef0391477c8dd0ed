// Polls for work in progress: an element with `data-again` is replaced by the answer from that address, until that has no such attribute.

import { ask, put } from "./pieces.js";

const PAUSE = 1000;

async function look(element) {
  element.dataset.asked = "1";
  await new Promise((done) => setTimeout(done, PAUSE));
  if (!element.isConnected) return;
  const answer = document.hidden ? { ok: false } : await ask(element.dataset.again);
  delete element.dataset.asked;
  if (answer.ok) put(answer.html);
  seek();
}

export function seek() {
  for (const element of document.querySelectorAll("[data-again]:not([data-asked])")) look(element);
}

document.addEventListener("answered", seek);
seek();
