// <discuss-thread site="…" article="the site's own id of the article" zone="Europe/Moscow">: comments and a form.

import { clientOf } from "./client.js";
import { Composer } from "./composer.js";
import { Edit } from "./edit.js";
import { ArticleElement } from "./element.js";
import { fromHtml, node } from "./node.js";
import { Own } from "./own.js";
import { Removal } from "./removal.js";
import { Report } from "./report.js";
import { clockOf, wordsOf } from "./words.js";

const FURTHEST = 20; // pages to load in search of the comment named in the page's address
const MINUTE = 60_000;

class Thread {
  #items = new Map(); // comment id → its list item
  #count = 0;
  #loading = null;

  constructor(element, frame, signal) {
    Object.assign(this, { frame, signal, words: wordsOf(element), externalId: element.getAttribute("article") });
    this.clock = clockOf(this.words, element);
    this.client = clientOf(element.getAttribute("site"));
    this.counted = node("span", { class: "count" });
    this.told = node("p", { class: "told", role: "status" });
    this.list = node("ol", { part: "list", tabindex: "-1" });
    this.more = node("button", { type: "button", hidden: true, click: () => this.#load() }, this.words.more);
    this.again = node("button", { type: "button", class: "plain", hidden: true, click: () => this.#load() }, this.words.again);
    frame.append(node("h2", { part: "title" }, this.words.title, " ", this.counted), this.list, this.more, this.told, this.again);
    this.client.addEventListener("account", () => this.#knowOwn(), { signal });
    this.client.addEventListener("decided", ({ detail }) => this.#settle(detail), { signal });
    addEventListener("hashchange", () => this.#goToNamed(), { signal });
    this.#load().then(() => this.#goToNamed());
  }

  // Links from feed readers end in `#comment-<id>`.
  async #goToNamed() {
    const named = location.hash.match(/^#comment-([0-9a-f-]{36})$/)?.[1];
    const missing = () => named && !this.#items.has(named) && this.cursor && !this.signal.aborted;
    for (let pages = 0; missing() && pages < FURTHEST; pages += 1) await this.#load();
    const item = this.#items.get(named);
    this.#light(item);
    item?.firstElementChild.focus();
  }

  #light(item) {
    item?.firstElementChild.classList.add("new");
  }

  #load() {
    this.#loading ??= this.#loadPage().finally(() => (this.#loading = null));
    return this.#loading;
  }

  async #loadPage() {
    this.told.textContent = this.words.loading;
    try {
      const article = this.article ?? (await this.client.article(this.externalId));
      if (this.signal.aborted) return;
      if (!this.article) this.#open(article);
      this.#show(await this.client.comments(article.id, this.cursor));
    } catch {
      this.told.textContent = this.words.failed;
      this.again.hidden = false;
    }
  }

  // If the reader pressed a button, which may be gone now, the focus moves to the first new comment.
  #show(page) {
    const pressed = [this.more, this.again].includes(this.#focused());
    const [first] = page.comments.map((comment) => this.#place(comment)).filter(Boolean);
    this.cursor = page.next_cursor;
    this.more.hidden = !this.cursor;
    this.again.hidden = true;
    this.#setCount(page.comment_count);
    this.told.textContent = page.comment_count ? "" : this.words.empty;
    if (pressed) (first?.firstElementChild ?? this.list).focus();
  }

  #focused() {
    return this.frame.getRootNode().activeElement ?? document.activeElement;
  }

  #open(article) {
    this.article = article;
    this.open = article.commenting !== "closed";
    this.frame.append(this.open ? this.#composer().element : node("p", { class: "quiet" }, this.words.closed));
    this.frame.append(new Own(this.#here()).element);
  }

  // What all parts of this thread have in common.
  #here() {
    return { client: this.client, words: this.words, clock: this.clock, signal: this.signal, articleId: this.article.id };
  }

  // `idle`: the form is empty.
  #composer(parent = null, cancelled = null) {
    const published = (comment, idle) => {
      const article = this.#arrive(comment);
      if (idle && cancelled?.()) article?.focus();
    };
    return new Composer({ ...this.#here(), parent, published, cancelled });
  }

  // Comments come oldest first, so a parent is always there before its replies, and one that arrived before its page moves to its place.
  #place(comment) {
    const known = this.#items.get(comment.id);
    if (known) {
      if (known.nextElementSibling && !known.contains(this.#focused())) known.parentElement.append(known);
      return null;
    }
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
    if (comment.deleted) return node("article", { class: "comment quiet", tabindex: "-1" }, this.words.deleted);
    const written = new Date(comment.created_at);
    const text = node("div", { class: "text", dir: "auto", part: "text" });
    text.append(fromHtml(comment.html));
    return node("article", { class: "comment", part: "comment", tabindex: "-1", "aria-label": comment.author.name },
      node("p", { class: "who" }, node("b", { part: "author" }, comment.author.name),
        node("time", { datetime: comment.created_at }, this.clock.format(written)),
        comment.edited ? node("span", { class: "quiet" }, this.words.edited) : null),
      text, this.#acts(comment));
  }

  #acts(comment) {
    const { author } = comment;
    const reply = this.open && this.#act("reply", this.words.replyTo(author.name), (close) => this.#composer(comment, close));
    const report = this.#act("report", this.words.reportOf(author.name), (closed) => new Report({ ...this.#here(), comment, closed }));
    const edit = this.open && this.#act("edit", this.words.editOwn,
      (closed) => new Edit({ ...this.#here(), comment, closed, changed: (now) => {
        this.#renew(now);
        closed();
      } }));
    const remove = this.#act("remove", this.words.removeOwn,
      (closed) => new Removal({ ...this.#here(), comment, removed: () => this.#leave(comment), closed }));
    const acts = [reply, report, edit, remove].filter(Boolean);
    for (const { button } of acts) Object.assign(button.dataset, { author: author.id, written: comment.created_at });
    for (const { button } of acts.slice(1)) button.classList.add("quiet-act");
    const shown = node("div", {}, node("div", { class: "acts" }, ...acts.map((act) => act.button)), ...acts.map((act) => act.place));
    this.#knowOwn(shown);
    return shown;
  }

  // A button that is replaced by a form, and comes back when the form is closed.
  #act(name, spoken, make) {
    const place = node("div");
    const button = node("button", { type: "button", class: "plain", "data-act": name, "aria-label": spoken, click: () => {
      const made = make(() => this.#close(made.element, button));
      button.hidden = true;
      place.replaceChildren(made.element);
      made.open();
    } }, this.words[name]);
    return { button, place };
  }

  // Returns whether the button took the focus back: it does not if the reader has moved on to another place.
  #close(form, button) {
    if (!form.isConnected) return false; // already closed
    const focused = this.#focused();
    const here = focused === document.body || form.contains(focused) || focused.contains(form); // some browsers do not focus buttons
    form.remove();
    button.hidden = false;
    if (here) button.focus();
    return here;
  }

  // Of the reader's own comments, shows the buttons to edit and to delete them instead of the one to report them.
  async #knowOwn(root = this.list) {
    const own = this.client.account?.id;
    const buttons = [...root.querySelectorAll("button[data-author]")];
    for (const button of buttons) button.toggleAttribute("data-mine", button.dataset.author === own);
    const edits = buttons.filter((button) => button.matches("[data-act=edit][data-mine]"));
    if (!edits.length) return;
    const standing = await this.client.standing().catch(() => null); // the server is away: sending the text will tell
    const now = Date.now();
    for (const button of edits) button.toggleAttribute("data-late", standing && now > Date.parse(button.dataset.written) + standing.edit_minutes * MINUTE);
  }

  // One of the reader's comments that waited is decided: it appears, or its new text does.
  #settle(comment) {
    if (comment.article_id !== this.article?.id || comment.state !== "published") return;
    if (this.#items.has(comment.id)) this.#renew(comment);
    else this.#arrive(comment);
  }

  // Forms under the comment stay open.
  #renew(comment) {
    const item = this.#items.get(comment.id);
    const fresh = this.#comment(comment);
    for (const part of [".who", ".text"]) item.querySelector(`:scope > article > ${part}`)?.replaceWith(fresh.querySelector(part));
    this.#light(item);
  }

  // If there are replies, the place of the comment stays.
  #leave(comment) {
    const item = this.#items.get(comment.id);
    const next = item.nextElementSibling ?? item.previousElementSibling;
    if (item.querySelector(":scope > ol > li")) item.firstElementChild.replaceWith(this.#comment({ ...comment, deleted: true }));
    else {
      item.remove();
      this.#items.delete(comment.id);
    }
    this.#setCount(this.#count - 1);
    this.client.dispatchEvent(new Event("comment")); // a new text of it may have been waiting
    const near = item.isConnected ? item : next;
    (near?.firstElementChild ?? this.list).focus();
  }

  #arrive(comment) {
    const item = this.#place(comment);
    if (!item) return null;
    this.#light(item);
    this.told.replaceChildren("");
    this.#setCount(this.#count + 1);
    this.frame.dispatchEvent(new CustomEvent("discuss-published", { bubbles: true, composed: true, detail: { id: comment.id } }));
    return item.firstElementChild;
  }

  #setCount(count) {
    this.#count = count;
    this.counted.textContent = String(count);
  }
}

class DiscussThread extends ArticleElement {
  show(frame, signal) {
    new Thread(this, frame, signal);
  }
}

if (!customElements.get("discuss-thread")) customElements.define("discuss-thread", DiscussThread);
