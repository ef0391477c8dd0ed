// Writing a comment: the form, the log-in if it is needed, and what becomes of the comment.

import { hinted } from "./client.js";
import { Draft } from "./draft.js";
import { Entrance } from "./entrance.js";
import { decided } from "./following.js";
import { node } from "./node.js";
import { explain, tell } from "./words.js";

let number = 0;

export class Composer {
  #attempt = { text: null, key: null };
  #busy = false;
  #writer = null; // the id of the account that what is in the form belongs to
  #followed = null; // the id of the comment that the status below the form is about

  // `published` is called with a comment once readers see it, and with whether the form is empty.
  constructor({ client, words, clock, signal, articleId, parent = null, published, cancelled = null }) {
    Object.assign(this, { client, words, clock, signal, articleId, parent, published });
    this.draft = parent ? null : new Draft(articleId); // after a reload, no form of a reply is open
    this.entrance = new Entrance(client, words, () => this.#show(true));
    this.told = node("p", { class: "told", role: "status", part: "status" });
    this.door = node("button", { type: "button", class: "first", click: () => this.open() }, words.enter);
    this.form = this.#form(cancelled);
    this.back = cancelled && node("div", { class: "row" }, this.#cancel(cancelled));
    this.notice = node("div", { class: "notice", role: "note", part: "notice", hidden: true });
    this.element = node("section", { class: "box", part: "composer", "aria-label": parent ? words.replyTo(parent.author.name) : words.write },
      this.door, this.entrance.element, this.notice, this.form, this.told, this.back);
    this.#show(false);
    client.addEventListener("account", () => this.#show(false), { signal });
    client.addEventListener("decided", ({ detail }) => detail.id === this.#followed && this.#tellState(detail.state), { signal });
    const keep = () => this.draft?.keep(this.#writer, this.text.value);
    addEventListener("pagehide", keep, { signal });
    signal.addEventListener("abort", keep);
    client.addEventListener("left", () => {
      this.text.value = ""; // the next reader at this screen is not to see it
      keep();
    }, { signal });
    if (hinted() && !client.account) client.recall().catch(() => {}); // the server is away: the button will ask again
  }

  #form(cancelled) {
    const id = `text-${++number}`;
    this.text = node("textarea", { id, required: true, "aria-describedby": `${id}-hint`, keydown: (event) => this.#key(event) });
    this.who = node("span", { class: "quiet" });
    this.button = node("button", { class: "first" }, this.words.send);
    const leave = node("button", { type: "button", class: "plain", click: () => this.#leave() }, this.words.logOut);
    return node("form", { class: "panel", submit: (event) => this.#send(event) },
      node("label", { for: id }, this.parent ? this.words.replyTo(this.parent.author.name) : this.words.label), this.text,
      node("p", { class: "quiet hint", id: `${id}-hint` }, this.words.hint),
      node("div", { class: "row" }, this.button, cancelled && this.#cancel(cancelled), this.who, leave));
  }

  #cancel(cancelled) {
    return node("button", { type: "button", class: "plain", click: cancelled }, this.words.cancel);
  }

  // Shows the form, or the log-in before it.
  async open() {
    try {
      if (!this.client.account) await this.client.recall();
      this.#tell("");
    } catch (problem) {
      this.#tell(explain(this.words, problem), true);
    }
    if (this.client.account) this.#show(true);
    else this.#askIn();
  }

  #askIn() {
    this.door.hidden = true;
    this.entrance.element.hidden = false;
    this.entrance.focus();
  }

  #show(focus) {
    const inside = this.client.account !== null;
    this.form.hidden = !inside;
    this.door.hidden = inside;
    this.entrance.element.hidden = true;
    this.back?.toggleAttribute("hidden", inside);
    this.who.textContent = inside ? this.words.as(this.client.account.name) : "";
    this.notice.hidden = true;
    this.text.readOnly = false;
    if (inside) this.#belongTo(this.client.account.id);
    if (inside) this.#heed();
    if (inside && focus) this.text.focus();
  }

  // What somebody else has typed is not for this reader.
  #belongTo(writer) {
    if (this.#writer && this.#writer !== writer) this.text.value = "";
    this.#writer = writer;
    this.text.value ||= this.draft?.of(writer) ?? "";
  }

  // Shows what moderators have told this author, and keeps authors who may not write from writing.
  async #heed() {
    const account = this.client.account;
    const standing = await this.client.standing().catch(() => null); // the server is away: sending the comment will tell
    if (!standing || this.client.account !== account) return;
    this.notice.replaceChildren(...standing.told.flatMap((one) => tell(this.words, one, this.clock)).map((said) => node("p", {}, said)));
    this.notice.hidden = standing.told.length === 0;
    this.text.readOnly = !standing.may_write;
    this.#setBusy(this.#busy);
  }

  async #leave() {
    await this.client.logOut().catch((problem) => this.#tell(explain(this.words, problem), true));
    this.#show(false);
    if (!this.client.account) this.door.focus();
  }

  #key(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
  }

  async #send(event) {
    event.preventDefault();
    if (this.#busy) return;
    this.#setBusy(true);
    this.#followed = null;
    this.#tell(this.words.sending);
    try {
      const sent = this.text.value;
      const comment = await this.client.submit(this.articleId, sent, this.parent?.id ?? null, this.#idempotencyKey());
      if (this.text.value === sent) this.text.value = ""; // otherwise the reader has gone on writing
      this.#attempt = { text: null, key: null };
      this.#setBusy(false);
      await this.#follow(comment);
    } catch (problem) {
      this.#setBusy(false);
      this.#refused(problem);
    }
  }

  // The same text sent again after a failure has the same key, so it can never become two comments.
  #idempotencyKey() {
    if (this.#attempt.text !== this.text.value) {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      this.#attempt = { text: this.text.value, key: [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("") };
    }
    return this.#attempt.key;
  }

  #refused(problem) {
    const over = this.client.isOver(problem);
    this.#tell(over ? this.words.problems.over : explain(this.words, problem, this.clock), true);
    if (over) {
      this.#show(false);
      this.#askIn();
    }
  }

  async #follow(sent) {
    this.#tell(this.words.checking);
    const comment = await decided(this.client, sent, this.signal);
    if (!comment) return;
    this.#followed = comment.id;
    this.#tellState(comment.state);
    if (comment.state === "published") this.published(comment, !this.text.value.trim());
    else this.client.dispatchEvent(new Event("comment"));
  }

  #tellState(state) {
    this.#tell(this.words[state === "pending" ? "slow" : state], state === "rejected");
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.button.setAttribute("aria-disabled", String(busy || this.text.readOnly)); // not `disabled`, which would lose the focus
  }

  #tell(text, wrong = false) {
    this.told.textContent = text;
    this.told.classList.toggle("wrong", wrong);
  }
}
