// Deleting one's own comment, after asking once.

import { node } from "./node.js";
import { explain } from "./words.js";

export class Removal {
  #busy = false;

  // `removed` is called once the comment is gone, `closed` when the reader leaves it as it is.
  constructor({ client, words, clock, comment, removed, closed }) {
    Object.assign(this, { client, words, clock, comment, removed });
    this.told = node("p", { class: "told", role: "status", part: "status" });
    this.cancel = node("button", { type: "button", class: "plain", click: closed }, words.cancel);
    this.element = node("section", { class: "box", part: "removal", "aria-label": words.removeOwn },
      node("div", { class: "panel" }, node("p", {}, words.removeSure),
        node("div", { class: "row" }, node("button", { type: "button", click: () => this.#remove() }, words.remove), this.cancel)),
      this.told);
  }

  // The focus is on the way out, so that pressing a key twice deletes nothing.
  open() {
    this.cancel.focus();
  }

  async #remove() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await this.client.remove(this.comment.id);
      this.removed();
    } catch (problem) {
      this.#busy = false;
      const over = this.client.isOver(problem);
      this.told.textContent = over ? this.words.overHere : (this.words.ownProblems[problem.code] ?? explain(this.words, problem, this.clock));
      this.told.classList.add("wrong");
    }
  }
}
