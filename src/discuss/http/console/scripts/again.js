// What is in the making is asked for again until it is made: an element with `data-again` is replaced by what that address answers.

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
