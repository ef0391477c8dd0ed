// <discuss-latest site="…" zone="Europe/Moscow" rows="15">: the articles that people talk about right now.
// Self-contained on purpose: one small file. Styled by --discuss-… custom properties and by parts.

const ORIGIN = new URL(import.meta.url).origin;
const EVERY = 30_000;
const LONGEST = 10 * 60_000;

const WORDS = {
  en: {
    title: "Discussion", update: "Update", empty: "Nobody has written anything yet.",
    fresh: (at) => `Updated at ${at}`, away: (at) => `No answer just now. This is from ${at}.`, never: "No answer just now. Please try again.",
    comments: { one: "comment", other: "comments" },
  },
  ru: {
    title: "Обсуждение", update: "Обновить", empty: "Пока никто ничего не написал.",
    fresh: (at) => `Обновлено в ${at}`, away: (at) => `Сервер не отвечает. Здесь то, что было в ${at}.`, never: "Сервер не отвечает. Попробуйте ещё раз.",
    comments: { one: "комментарий", few: "комментария", many: "комментариев", other: "комментария" },
  },
};

const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
  :host { display: block; color: var(--discuss-ink, CanvasText); font: var(--discuss-font, .95rem/1.4 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif); }
  :host([hidden]) { display: none; }
  header { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; margin-bottom: .4rem; }
  h2 { font-size: 1.15rem; margin: 0; }
  button { font: inherit; font-size: .88rem; color: var(--discuss-accent, LinkText); background: none; border: 1px solid var(--discuss-line, GrayText); border-radius: 6px; min-height: 2rem; padding: .2rem .8rem; cursor: pointer; }
  button:hover { border-color: currentcolor; }
  button[aria-busy="true"] { opacity: .6; }
  :focus-visible { outline: 3px solid var(--discuss-accent, Highlight); outline-offset: 2px; border-radius: 3px; }
  ol { list-style: none; margin: 0; padding: 0; }
  li { display: grid; grid-template-columns: 5.3em 1.9em minmax(0, 1fr); gap: .5em; padding: .5em 0; border-top: 1px solid var(--discuss-line, GrayText); }
  time, .count { font-variant-numeric: tabular-nums; color: var(--discuss-quiet, inherit); font-size: .92em; }
  .count { text-align: right; font-weight: 600; }
  .count.some { color: var(--discuss-accent, inherit); }
  a { color: inherit; text-decoration: none; overflow-wrap: anywhere; }
  a:hover { text-decoration: underline; text-underline-offset: .18em; }
  p { margin: .5rem 0 0; font-size: .85em; color: var(--discuss-quiet, inherit); }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`);

class DiscussLatest extends HTMLElement {
  #timer; #wait = EVERY; #etag; #fetched; #asking = false;

  connectedCallback() {
    const language = this.closest("[lang]")?.lang.slice(0, 2);
    this.words = WORDS[language] ?? WORDS.en;
    this.plural = new Intl.PluralRules(language in WORDS ? language : "en");
    this.clock = clock(this.getAttribute("zone"));
    if (!this.shadowRoot) this.#build();
    document.addEventListener("visibilitychange", this.#onVisibility);
    document.addEventListener("discuss-published", this.#onPublished);
    this.refresh();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#onVisibility);
    document.removeEventListener("discuss-published", this.#onPublished);
  }

  // The thread on the same page tells of the reader's own comment; the feed follows it within a moment.
  #onPublished = () => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.refresh(), 500);
  };

  #onVisibility = () => {
    clearTimeout(this.#timer);
    if (!document.hidden) this.refresh();
  };

  #build() {
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [STYLE];
    this.button = node("button", { type: "button", part: "button" }, this.words.update);
    this.button.addEventListener("click", () => this.refresh(true));
    this.list = node("ol", { part: "list" });
    this.told = node("p", { part: "status", role: "status" });
    const head = node("header", {}, node("h2", { part: "title" }, this.words.title), this.button);
    this.shadowRoot.append(head, this.list, this.told);
  }

  // What is shown stays when the server is away; only a reader who pressed the button is told about it.
  async refresh(asked = false) {
    if (this.#asking) return;
    this.#asking = true;
    this.button.setAttribute("aria-busy", "true");
    try {
      const rows = await this.#fetch();
      if (rows) this.#show(rows);
      this.#fetched = new Date();
      this.#wait = EVERY;
      this.told.textContent = asked ? this.words.fresh(this.#time(this.#fetched)) : "";
    } catch {
      this.#wait = Math.min(this.#wait * 2, LONGEST);
      if (asked || !this.#fetched) this.told.textContent = this.#fetched ? this.words.away(this.#time(this.#fetched)) : this.words.never;
    }
    this.#asking = false;
    this.button.removeAttribute("aria-busy");
    this.#plan();
  }

  // Spread a little, so that a page which was opened by thousands at once is not polled by thousands at once.
  #plan() {
    clearTimeout(this.#timer);
    if (this.isConnected && !document.hidden) this.#timer = setTimeout(() => this.refresh(), this.#wait * (0.9 + Math.random() / 5));
  }

  // null: nothing has changed. `no-cache` asks the server each time; its 304 is answered from the browser's cache.
  async #fetch() {
    const rows = Number(this.getAttribute("rows")) || 15;
    const url = new URL(`/api/v1/sites/${encodeURIComponent(this.getAttribute("site"))}/feed`, ORIGIN);
    if (rows !== 15) url.searchParams.set("limit", rows);
    const answer = await fetch(url, { cache: "no-cache", credentials: "omit", signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const etag = answer.headers.get("etag");
    if (etag && etag === this.#etag) return null;
    const { articles } = await answer.json();
    this.#etag = etag;
    return articles;
  }

  #show(rows) {
    const focused = this.shadowRoot.activeElement?.href;
    this.list.replaceChildren(...rows.map((row) => this.#row(row)));
    if (focused) [...this.list.querySelectorAll("a")].find((link) => link.href === focused)?.focus({ preventScroll: true });
    if (!rows.length) this.list.replaceChildren(node("li", {}, this.words.empty));
  }

  #row(row) {
    const count = row.comment_count;
    const unit = this.words.comments[this.plural.select(count)] ?? this.words.comments.other;
    return node("li", { part: "row", "data-article": row.id },
      node("time", { part: "time", datetime: row.last_activity_at }, this.#instant(new Date(row.last_activity_at))),
      node("span", { part: "count", class: count ? "count some" : "count" }, String(count), node("span", { class: "hidden" }, ` ${unit}`)),
      node("a", { part: "link", href: link(row.url), lang: row.language }, row.title));
  }

  #instant(date) {
    const part = Object.fromEntries(this.clock.formatToParts(date).map(({ type, value }) => [type, value]));
    return `${part.day}.${part.month} ${part.hour}:${part.minute}`;
  }

  #time(date) {
    return this.#instant(date).slice(-5);
  }
}

function clock(zone) {
  const digits = { day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  try {
    return new Intl.DateTimeFormat("en-GB", { ...digits, timeZone: zone ?? undefined });
  } catch {
    return new Intl.DateTimeFormat("en-GB", digits); // a zone that this browser does not know
  }
}

function link(url) {
  return /^https?:/i.test(url) ? url : "#";
}

function node(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

if (!customElements.get("discuss-latest")) customElements.define("discuss-latest", DiscussLatest);
