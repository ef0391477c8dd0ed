// <discuss-article site="…" article="the site's own id of the article">: the article's views, and the votes on it.

import { clientOf, hinted } from "./client.js";
import { ArticleElement } from "./element.js";
import { Entrance } from "./entrance.js";
import { node } from "./node.js";
import { clockOf, explain, wordsOf } from "./words.js";

const SIGNS = { up: "▲", down: "▼" };

class Figures {
  #busy = false;
  #casts = 0;

  constructor(element, frame, signal) {
    Object.assign(this, { frame, signal, words: wordsOf(element) });
    this.clock = clockOf(this.words, element);
    this.number = new Intl.NumberFormat(this.words.locale);
    this.client = clientOf(element.getAttribute("site"));
    this.#open(element.getAttribute("article"));
  }

  // Shows nothing for an unknown article, or while the server is away.
  async #open(externalId) {
    const article = await this.client.article(externalId).catch(() => null);
    if (!article || this.signal.aborted) return;
    this.article = article;
    whenSeen(() => this.client.saw(article.id), this.signal);
    this.#build();
    this.#show({ vote: null, rating: article.rating });
    this.client.addEventListener("account", () => {
      this.door.replaceChildren();
      this.#recall();
    }, { signal: this.signal });
    if (this.client.account) this.#recall();
    else if (hinted()) this.client.recall().catch(() => {}); // the server is away: a vote will ask again
  }

  #build() {
    const { votes } = this.words;
    this.buttons = Object.fromEntries(Object.keys(SIGNS).map((vote) => [vote, node("button", { type: "button", part: vote, click: () => this.#press(vote) })]));
    this.door = node("div");
    this.told = node("p", { class: "told", role: "status", part: "status" });
    const read = node("span", { class: "quiet", part: "views" }, `${votes.views} ${this.number.format(this.article.views)}`);
    const rating = node("div", { class: "votes", role: "group", part: "rating", "aria-label": votes.rating }, ...Object.values(this.buttons));
    this.frame.append(node("div", { class: "figures" }, read, rating), this.door, this.told);
  }

  #show({ vote, rating }) {
    this.vote = vote;
    for (const [side, button] of Object.entries(this.buttons)) {
      const count = this.number.format(rating[side]);
      button.setAttribute("aria-pressed", String(side === vote));
      button.setAttribute("aria-label", `${this.words.votes[side]} ${count}`);
      button.replaceChildren(node("span", { "aria-hidden": "true" }, SIGNS[side]), ` ${count}`);
    }
  }

  // Shows the vote of the reader who is logged in now.
  async #recall() {
    const before = this.#casts;
    const standing = await this.client.vote(this.article.id).catch(() => null); // the server is away: what is shown stays
    if (standing && before === this.#casts) this.#show(standing);
  }

  async #press(side) {
    if (this.#busy) return;
    if (!this.client.account) await this.client.recall().catch(() => {}); // the server is away: the vote itself will report it
    await this.#cast(this.vote === side ? null : side);
  }

  async #cast(vote) {
    this.#busy = true;
    this.#casts += 1;
    try {
      this.#show(await this.client.cast(this.article.id, vote));
      this.#tell(this.words.votes[vote ? "counted" : "withdrawn"]);
    } catch (problem) {
      if (this.client.isOver(problem)) this.#askIn(vote);
      else this.#tell(explain(this.words, problem, this.clock), true);
    } finally {
      this.#busy = false;
    }
  }

  // Asks for a log-in, and then casts the vote that led to it.
  #askIn(vote) {
    this.#tell(this.words.overHere);
    const button = this.buttons[vote ?? "up"];
    let left = false;
    const entrance = new Entrance(this.client, this.words, async () => {
      if (left || this.signal.aborted) return;
      this.door.replaceChildren();
      if (vote) await this.#cast(vote);
      button.focus();
    });
    const cancel = node("button", { type: "button", class: "plain", click: () => {
      left = true; // even while the log-in is under way
      this.door.replaceChildren();
      this.#tell("");
      button.focus();
    } }, this.words.cancel);
    this.door.replaceChildren(entrance.element, node("div", { class: "row" }, cancel));
    entrance.focus();
  }

  #tell(text, wrong = false) {
    this.told.textContent = text;
    this.told.classList.toggle("wrong", wrong);
  }
}

// A page that was preloaded or opened in the background counts as seen once it is visible.
function whenSeen(told, signal) {
  if (document.visibilityState === "visible") told();
  else document.addEventListener("visibilitychange", () => whenSeen(told, signal), { once: true, signal });
}

class DiscussArticle extends ArticleElement {
  show(frame, signal) {
    new Figures(this, frame, signal);
  }
}

if (!customElements.get("discuss-article")) customElements.define("discuss-article", DiscussArticle);
