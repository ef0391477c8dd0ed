// The reader's own comments that others do not see or that a moderator commented on: their state, the reason, and those words.

import { node } from "./node.js";
import { Removal } from "./removal.js";

const AGAIN = 20_000;

export class Own {
  #timer = null;
  #shown = "";
  #waiting = new Set(); // ids of comments that were not decided when they were last looked at

  // Polls until `signal` aborts.
  constructor({ client, words, clock, signal, articleId }) {
    Object.assign(this, { client, words, clock, signal, articleId });
    this.list = node("ol", { tabindex: "-1" });
    this.element = node("section", { class: "box", part: "own", hidden: true, "aria-label": words.own }, node("h3", {}, words.own), this.list);
    for (const event of ["account", "comment"]) client.addEventListener(event, () => this.look(), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
    if (client.account) this.look();
  }

  async look() {
    if (this.signal.aborted) return;
    const author = this.client.account?.id;
    const own = author ? await this.#fetch(author) : [];
    if (this.signal.aborted || this.client.account?.id !== author) return; // a log-in or log-out calls `look` again
    if (own) {
      this.#show(own.filter((comment) => comment.state !== "published" || comment.words));
      this.#announce(own);
    }
    // Polls only while a comment is pending or held, because a moderator may be deciding, or after a failed request.
    clearTimeout(this.#timer);
    if (own === null || own.some(isOpen)) this.#timer = setTimeout(() => this.look(), AGAIN);
  }

  // Returns null if there is no answer, or one about somebody else, because a log-in in another tab has replaced the session.
  async #fetch(author) {
    const own = await this.client.own(this.articleId).catch(() => null);
    if (!own?.some((comment) => comment.author && comment.author.id !== author)) return own;
    await this.client.recall().catch(() => null);
    return null;
  }

  #announce(own) {
    const settled = own.filter((comment) => this.#waiting.has(comment.id) && !isOpen(comment));
    this.#waiting = new Set(own.filter(isOpen).map((comment) => comment.id));
    for (const detail of settled) this.client.dispatchEvent(new CustomEvent("decided", { detail }));
  }

  // What has not changed stays as it is, with a question that may be open in it.
  #show(told) {
    const shown = JSON.stringify(told);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.list.replaceChildren(...told.map((comment) => this.#item(comment)));
    this.element.hidden = told.length === 0;
  }

  #item(comment) {
    const reason = this.words.grounds[comment.reason];
    return node("li", { class: "comment", "data-told": comment.id },
      node("blockquote", { class: "quiet", dir: "auto" }, comment.text),
      node("p", {}, node("b", {}, this.words.stands[comment.state])),
      reason ? node("p", {}, this.words.because, " ", reason) : null,
      comment.words ? node("p", { class: "text", dir: "auto" }, this.words.moderator, " ", comment.words) : null,
      ...(isOpen(comment) && !comment.edited ? this.#taking(comment) : []));
  }

  // Lets the author take back what nobody else has seen. Of a comment that waits because it was edited, the thread has the earlier text.
  #taking(comment) {
    const { client, words, clock } = this;
    const place = node("div");
    const close = () => {
      place.replaceChildren();
      button.hidden = false;
      button.focus();
    };
    const button = node("button", { type: "button", class: "plain", "aria-label": words.removeOwn, click: () => {
      const asked = new Removal({ client, words, clock, comment, closed: close, removed: () => this.look().then(() => this.list.focus()) });
      button.hidden = true;
      place.replaceChildren(asked.element);
      asked.open();
    } }, words.remove);
    return [button, place];
  }
}

const isOpen = ({ state }) => state === "pending" || state === "held";
