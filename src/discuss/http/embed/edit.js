// Changing one's own comment. Readers see the old text until the new one is decided.

import { decided } from "./following.js";
import { node } from "./node.js";
import { explain } from "./words.js";

let number = 0;

export class Edit {
  #busy = false;

  // `changed` is called with the comment once readers see the new text, `closed` when the reader closes the form.
  constructor({ client, words, clock, signal, comment, changed, closed }) {
    Object.assign(this, { client, words, clock, signal, comment, changed });
    const id = `edit-${++number}`;
    this.told = node("p", { class: "told", role: "status", part: "status" });
    this.text = node("textarea", { id, required: true });
    this.save = node("button", { class: "first" }, words.save);
    this.form = node("form", { class: "panel", hidden: true, submit: (event) => this.#send(event) },
      node("label", { for: id }, words.editOwn), this.text,
      node("div", { class: "row" }, this.save, node("button", { type: "button", class: "plain", click: closed }, words.cancel)));
    this.close = node("button", { type: "button", class: "plain", click: closed }, words.close);
    this.element = node("section", { class: "box", part: "edit", "aria-label": words.editOwn }, this.form, this.told, node("div", { class: "row" }, this.close));
  }

  // Shows the form with the text as it was typed, which only its author can fetch.
  async open() {
    try {
      const { text } = await this.client.comment(this.comment.id);
      if (text === undefined) return this.#tell(this.words.overHere, true);
      this.text.value = text;
      this.form.hidden = false;
      this.close.hidden = true;
      this.text.focus();
    } catch (problem) {
      this.#tell(this.#explain(problem), true);
      this.close.focus();
    }
  }

  async #send(event) {
    event.preventDefault();
    if (this.#busy) return;
    this.#setBusy(true);
    this.#tell(this.words.sending);
    try {
      const sent = await this.client.edit(this.comment.id, this.text.value);
      this.#tell(this.words.checking);
      const comment = await decided(this.client, sent, this.signal);
      if (comment) this.#settle(comment);
    } catch (problem) {
      this.#tell(this.#explain(problem), true);
    } finally {
      this.#setBusy(false);
    }
  }

  #settle(comment) {
    if (comment.state === "published") return this.changed(comment);
    this.client.dispatchEvent(new Event("comment"));
    this.#tell(this.words.edits[comment.state], comment.state === "rejected");
    this.form.hidden = true;
    this.close.hidden = false;
    this.close.focus();
  }

  #explain(problem) {
    if (this.client.isOver(problem)) return this.words.problems.over;
    return this.words.ownProblems[problem.code] ?? explain(this.words, problem, this.clock);
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.save.setAttribute("aria-disabled", String(busy)); // not `disabled`, which would lose the focus
  }

  #tell(text, wrong = false) {
    this.told.textContent = text;
    this.told.classList.toggle("wrong", wrong);
  }
}
