// The reader's own comments that others do not see or that a moderator commented on: their state, the reason, and those words.

import { node } from "./node.js";

const AGAIN = 20_000;

export class Own {
  #timer = null;

  // Polls until `signal` aborts.
  constructor({ client, words, signal, articleId }) {
    Object.assign(this, { client, words, signal, articleId });
    this.list = node("ol");
    this.element = node("section", { class: "box", part: "own", hidden: true, "aria-label": words.own }, node("h3", {}, words.own), this.list);
    for (const event of ["account", "comment"]) client.addEventListener(event, () => this.look(), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
    if (client.account) this.look();
  }

  async look() {
    if (this.signal.aborted) return;
    const author = this.client.account?.id;
    const own = author ? await this.client.own(this.articleId).catch(() => null) : [];
    if (this.signal.aborted || this.client.account?.id !== author) return; // a log-in or log-out calls `look` again
    if (own) this.#show(own.filter((comment) => comment.state !== "published" || comment.words));
    // Polls only while a comment is pending or held, because a moderator may be deciding, or after a failed request.
    const open = own === null || own.some((comment) => comment.state === "pending" || comment.state === "held");
    clearTimeout(this.#timer);
    if (open) this.#timer = setTimeout(() => this.look(), AGAIN);
  }

  #show(told) {
    this.list.replaceChildren(...told.map((comment) => this.#item(comment)));
    this.element.hidden = told.length === 0;
  }

  #item(comment) {
    const reason = this.words.grounds[comment.reason];
    return node("li", { class: "comment", "data-told": comment.id },
      node("blockquote", { class: "quiet", dir: "auto" }, comment.text),
      node("p", {}, node("b", {}, this.words.stands[comment.state])),
      reason ? node("p", {}, this.words.because, " ", reason) : null,
      comment.words ? node("p", { class: "text", dir: "auto" }, this.words.moderator, " ", comment.words) : null);
  }
}
