// Reporting a comment, with a reason and optional words, and withdrawing the report.

import { Entrance } from "./entrance.js";
import { node } from "./node.js";
import { explain } from "./words.js";

const LONGEST = 500;

let number = 0;

export class Report {
  #busy = false;

  // `closed` is called when the reader closes the form.
  constructor({ client, words, clock, comment, closed }) {
    Object.assign(this, { client, words, clock, comment });
    this.entrance = new Entrance(client, words, () => this.#show());
    this.told = node("p", { class: "told", role: "status" });
    this.form = this.#form(closed);
    this.withdraw = node("button", { type: "button", hidden: true, click: () => this.#withdraw() }, words.withdraw);
    this.close = node("button", { type: "button", class: "plain", click: closed }, words.cancel);
    this.element = node("section", { class: "box", part: "report", "aria-label": words.reportOf(comment.author.name) },
      this.entrance.element, this.form, this.told, node("div", { class: "row" }, this.withdraw, this.close));
    this.entrance.element.hidden = this.form.hidden = true;
  }

  #form(closed) {
    const id = `report-${++number}`;
    const reasons = Object.entries(this.words.reasons).map(([code, name]) => node("option", { value: code }, name));
    this.reason = node("select", { id, required: true }, node("option", { value: "" }, this.words.reportChoose), ...reasons);
    this.text = node("textarea", { id: `${id}-text`, maxlength: LONGEST, class: "short" });
    return node("form", { class: "panel", submit: (event) => this.#send(event) },
      node("div", { class: "field" }, node("label", { for: id }, this.words.reportWhy), this.reason),
      node("label", { for: `${id}-text` }, this.words.reportMore), this.text,
      node("div", { class: "row" }, node("button", { class: "first" }, this.words.reportSend),
        node("button", { type: "button", class: "plain", click: closed }, this.words.cancel)));
  }

  // Shows the form, or the log-in before it.
  async open() {
    try {
      if (!this.client.account) await this.client.recall();
    } catch (problem) {
      this.#tell(this.#explain(problem), true);
    }
    this.#show();
  }

  #show() {
    const inside = this.client.account !== null;
    this.entrance.element.hidden = inside;
    this.form.hidden = !inside;
    this.close.hidden = inside;
    if (inside) this.reason.focus();
    else this.entrance.focus();
  }

  #send(event) {
    event.preventDefault();
    return this.#ask(async () => {
      await this.client.report(this.comment.id, this.reason.value, this.text.value.trim() || null);
      this.form.hidden = true;
      this.withdraw.hidden = this.close.hidden = false;
      this.close.textContent = this.words.close;
      this.#tell(this.words.reported);
      this.withdraw.focus();
    });
  }

  #withdraw() {
    return this.#ask(async () => {
      await this.client.withdraw(this.comment.id);
      this.withdraw.hidden = true;
      this.#tell(this.words.withdrawn);
      this.close.focus();
    });
  }

  async #ask(work) {
    if (this.#busy) return;
    this.#busy = true;
    this.#tell(this.words.sending);
    try {
      await work();
    } catch (problem) {
      const over = this.client.isOver(problem);
      this.#tell(over ? this.words.overHere : this.#explain(problem), true);
      if (over) this.#show();
    } finally {
      this.#busy = false;
    }
  }

  // Some problems need other words here than for writing a comment.
  #explain(problem) {
    return this.words.reportProblems[problem.code] ?? explain(this.words, problem, this.clock);
  }

  #tell(text, wrong = false) {
    this.told.textContent = text;
    this.told.classList.toggle("wrong", wrong);
  }
}
