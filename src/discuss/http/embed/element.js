// What stands for one article in a page, and for another one as soon as its attributes name it.

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

  // Not at once: to move an element is to take it out and to put it back, and what is typed in it stays then.
  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#end());
  }

  // `show(frame, signal)` is the business of the kinds of element: what it makes lives until the signal.
  #begin() {
    const named = JSON.stringify(NAMES.map((name) => this.getAttribute(name)));
    if (!this.isConnected || named === this.#shown) return;
    this.#end();
    if (!this.getAttribute("site") || !this.getAttribute("article")) return; // a page that has yet to say which
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
