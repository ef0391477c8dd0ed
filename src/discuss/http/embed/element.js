// Base class of elements that show one article, and start over when their attributes name another.

import { style } from "./style.js";

const NAMES = ["site", "article", "zone", "lang"];

export class ArticleElement extends HTMLElement {
  #life = null;
  #shown = null;

  connectedCallback() {
    if (!this.shadowRoot) {
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [style];
      new MutationObserver(() => this.#begin()).observe(this, { attributeFilter: NAMES });
    }
    this.#begin();
  }

  // Deferred, because moving an element disconnects and reconnects it, and must not lose what is typed in it.
  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#end());
  }

  // Subclasses implement `show(frame, signal)`; what it makes lives until `signal` aborts.
  #begin() {
    const named = JSON.stringify(NAMES.map((name) => this.getAttribute(name)));
    if (!this.isConnected || named === this.#shown) return;
    this.#end();
    if (!this.getAttribute("site") || !this.getAttribute("article")) return; // the page has yet to name the article
    this.#shown = named;
    this.#life = new AbortController();
    const frame = document.createElement("div");
    this.shadowRoot.append(frame);
    this.show(frame, this.#life.signal);
  }

  #end() {
    this.#life?.abort();
    this.#life = this.#shown = null;
    this.shadowRoot.replaceChildren();
  }
}
