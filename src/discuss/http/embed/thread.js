// <discuss-thread site="…" article="the site's own id of the article" zone="Europe/Moscow">: comments and a form.

import { Client } from "./client.js";
import { Composer } from "./composer.js";
import { fromHtml, node } from "./node.js";
import { style } from "./style.js";
import { wordsOf } from "./words.js";

class DiscussThread extends HTMLElement {
  #items = new Map(); // comment id → its list item
  #count = 0;

  connectedCallback() {
    if (this.shadowRoot) return;
    this.words = wordsOf(this);
    this.clock = clock(this.words.locale, this.getAttribute("zone"));
    this.client = new Client(this.getAttribute("site"));
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [style];
    this.counted = node("span", { class: "count" });
    this.told = node("p", { class: "told", role: "status" });
    this.list = node("ol", { part: "list" });
    this.more = node("button", { type: "button", hidden: true, click: () => this.#load() }, this.words.more);
    this.shadowRoot.append(node("h2", { part: "title" }, this.words.title, " ", this.counted), this.list, this.more, this.told);
    this.#load();
  }

  async #load() {
    this.told.replaceChildren(this.words.loading);
    try {
      if (!this.article) await this.#open();
      const page = await this.client.comments(this.article.id, this.cursor);
      this.cursor = page.next_cursor;
      this.more.hidden = !this.cursor;
      this.#setCount(page.comment_count);
      for (const comment of page.comments) this.#place(comment);
      this.told.replaceChildren(page.comment_count ? "" : this.words.empty);
    } catch {
      const again = node("button", { type: "button", class: "plain", click: () => this.#load() }, this.words.again);
      this.told.replaceChildren(this.words.failed, " ", again);
    }
  }

  async #open() {
    this.article = await this.client.article(this.getAttribute("article"));
    this.open = this.article.commenting !== "closed";
    this.shadowRoot.append(this.open ? this.#composer().element : node("p", { class: "quiet" }, this.words.closed));
  }

  #composer(parent = null, cancelled = null) {
    const published = (comment) => {
      const article = this.#arrive(comment);
      cancelled?.();
      if (cancelled) article?.focus();
    };
    return new Composer({ client: this.client, words: this.words, articleId: this.article.id, parent, published, cancelled });
  }

  // Pages come oldest first, so a parent is always there before its replies.
  #place(comment) {
    if (this.#items.has(comment.id)) return null;
    const item = node("li", { "data-comment": comment.id }, this.#comment(comment));
    this.#items.set(comment.id, item);
    this.#under(comment.parent_id).append(item);
    return item;
  }

  #under(parentId) {
    const parent = this.#items.get(parentId);
    if (!parent) return this.list;
    return parent.querySelector(":scope > ol") ?? parent.appendChild(node("ol"));
  }

  #comment(comment) {
    if (comment.deleted) return node("article", { class: "comment quiet" }, this.words.deleted);
    const written = new Date(comment.created_at);
    const text = node("div", { class: "text", dir: "auto", part: "text" });
    text.append(fromHtml(comment.html));
    return node("article", { class: "comment", part: "comment", tabindex: "-1", "aria-label": comment.author.name },
      node("p", { class: "who" }, node("b", { part: "author" }, comment.author.name),
        node("time", { datetime: comment.created_at }, this.clock.format(written)),
        comment.edited ? node("span", { class: "quiet" }, this.words.edited) : null),
      text, this.open ? this.#reply(comment) : null);
  }

  #reply(comment) {
    const place = node("div");
    const button = node("button", { type: "button", class: "plain", "aria-label": this.words.replyTo(comment.author.name), click: () => this.#answer(comment, place, button) }, this.words.reply);
    return node("div", {}, button, place);
  }

  #answer(comment, place, button) {
    const close = () => {
      place.replaceChildren();
      button.hidden = false;
      button.focus();
    };
    const composer = this.#composer(comment, close);
    button.hidden = true;
    place.replaceChildren(composer.element);
    composer.open();
  }

  #arrive(comment) {
    const item = this.#place(comment);
    if (!item) return null;
    item.firstElementChild.classList.add("new");
    this.told.replaceChildren("");
    this.#setCount(this.#count + 1);
    this.dispatchEvent(new CustomEvent("discuss-published", { bubbles: true, composed: true, detail: { id: comment.id } }));
    return item.firstElementChild;
  }

  #setCount(count) {
    this.#count = count;
    this.counted.textContent = String(count);
  }
}

function clock(locale, zone) {
  const shape = { dateStyle: "medium", timeStyle: "short" };
  try {
    return new Intl.DateTimeFormat(locale, { ...shape, timeZone: zone ?? undefined });
  } catch {
    return new Intl.DateTimeFormat(locale, shape); // a zone that this browser does not know
  }
}

if (!customElements.get("discuss-thread")) customElements.define("discuss-thread", DiscussThread);
