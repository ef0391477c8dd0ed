// <discuss-latest>. How it behaves, and why: docs/sidebar.md.

const ORIGIN = new URL(import.meta.url).origin;
const KEY = "discuss-latest:", MOST_KEPT = 10, SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

const EN = {
  code: "en", title: "Discussion", update: "Update", empty: "Nobody has written anything yet.",
  fresh: "Updated at ", same: ". Nothing new.", changed: ". Changed: ",
  away: "No answer just now. This is from ", never: "No answer just now. Please try again.",
  comments: { one: " comment", other: " comments" }, views: { one: " view", other: " views" }, up: "up ", down: ", down ",
};
const RU = {
  code: "ru", title: "Обсуждение", update: "Обновить", empty: "Пока никто ничего не написал.",
  fresh: "Обновлено: ", same: ". Нового нет.", changed: ". Изменений: ",
  away: "Сервер не отвечает. Данные на ", never: "Сервер не отвечает. Попробуйте ещё раз.",
  comments: { one: " комментарий", few: " комментария", many: " комментариев" },
  views: { one: " просмотр", few: " просмотра", many: " просмотров" }, up: "за ", down: ", против ",
};

const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
:host { display: block; container-type: inline-size; contain-intrinsic-inline-size: 20rem; text-align: start; color: var(--discuss-ink, inherit); font: var(--discuss-font, inherit); }
div { --quiet: var(--discuss-quiet, color-mix(in srgb, currentcolor 76%, transparent)); --line: 1px solid var(--discuss-line, color-mix(in srgb, currentcolor 20%, transparent)); }
:host([hidden]), [hidden], .meta:empty { display: none; }
header, .meta { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 .8em; }
header { min-block-size: 2em; line-height: 1.25; row-gap: .3em; }
h2 { font-size: 1.2em; margin: 0; }
button { font: inherit; font-size: .9em; color: var(--discuss-accent, inherit); background: none; border: var(--line); border-radius: .4em; min-block-size: 2em; padding: .15em .8em; }
button:hover { border-color: currentcolor; }
[aria-busy] { opacity: .6; }
p { font-size: .85em; margin: 0; color: var(--quiet); }
.told { line-height: 1.2em; min-block-size: 1.2em; margin-block: .15em .5em; }
ol { display: grid; grid-template-columns: auto auto minmax(0, 1fr); column-gap: .75em; line-height: var(--discuss-leading, 1.35); list-style: none; margin: 0; padding: 0; }
ol:empty { min-block-size: calc(var(--rows) * 4em); }
li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: baseline; padding-block: .5em; border-block-start: var(--line); position: relative; }
time, .count, .meta { font-size: .92em; font-variant-numeric: tabular-nums; white-space: nowrap; color: var(--quiet); }
.count { text-align: end; }
.some { font-weight: 600; color: var(--discuss-accent, inherit); }
a { color: inherit; text-decoration: none; overflow-wrap: anywhere; }
a:hover { text-decoration: underline; }
.meta { grid-column: 3; justify-content: start; }
@container (max-width: 17em) {
  ol { grid-template-columns: auto minmax(0, 1fr); }
  a, .meta { grid-column: 1 / -1; }
}
@media (prefers-reduced-motion: no-preference) { [part~="new"] { animation: new 3s; } }
@keyframes new { from { background: color-mix(in srgb, var(--discuss-highlight, var(--discuss-accent, Highlight)) 20%, transparent); } }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
`);

class DiscussLatest extends HTMLElement {
  #life; #url; #rows = []; #answered; #at;
  #flight; #asked; #again; #rung; #timer; #due; #notBefore; #failures; #pointed; #stream; #streamFrom;

  connectedCallback() {
    if (!this.shadowRoot) this.#build();
    this.#life = new AbortController();
    const on = (target, name, act) => target.addEventListener(name, act, this.#life);
    on(document, "visibilitychange", this.#wake);
    on(window, "offline", this.#wake);
    on(window, "online", () => this.#soon(2 * SECOND * Math.random()));
    on(document, "discuss-published", () => this.#soon(SECOND / 2)); // by a thread
    this.#start();
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#life = null;
    this.#cancel();
    this.#listen();
  }

  #build() {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [STYLE];
    this.heading = node("h2", { part: "title", id: "title" });
    this.button = node("button", { type: "button", part: "button" });
    this.button.onclick = () => this.#refresh(true);
    this.loud = node("p", { part: "status", role: "status" });
    this.calm = node("p", { part: "status" });
    this.list = node("ol", { part: "list", role: "list", "aria-labelledby": "title" });
    this.list.onpointermove = () => (this.#pointed = this.#rows[0] && Date.now());
    this.slotted = node("slot");
    this.slotted.onslotchange = () => this.#adopt();
    this.frame = node("div", {}, node("header", {}, this.heading, this.button), node("div", { class: "told" }, this.loud, this.calm), this.list, this.slotted);
    root.append(this.frame);
    const attributeFilter = "site rows zone lang hreflang tag live interval views rating heading".split(" ");
    new MutationObserver(() => this.#life && this.#start()).observe(this, { attributeFilter });
  }

  #start() {
    const { words, short } = (this.speech = speech(languageOf(this), this.getAttribute("zone")));
    this.frame.lang = words.code;
    this.heading.textContent = this.getAttribute("heading") ?? words.title;
    this.button.textContent = words.update;
    this.most = Math.min(Math.max(parseInt(this.getAttribute("rows")) || 15, 1), 50);
    this.list.style.setProperty("--rows", this.most);
    this.#cancel();
    const site = this.getAttribute("site"), url = new URL(`/api/v1/sites/${encodeURIComponent(site)}/feed`, ORIGIN);
    const wanted = { limit: this.most === 15 ? "" : this.most, lang: this.getAttribute("hreflang"), tag: this.getAttribute("tag") };
    for (const name in wanted) if (wanted[name]) url.searchParams.set(name, wanted[name]);
    if (url.href === this.#url) this.#show(this.#rows);
    else {
      this.#stream?.close();
      this.#stream = this.#answered = this.#at = this.#due = this.#failures = this.#notBefore = this.#streamFrom = null;
      const kept = attempt(() => JSON.parse(localStorage.getItem(KEY + url)));
      this.#show(attempt(() => sound(kept)) ?? []);
      if (this.#rows.length) this.#at = kept.at;
      if (!this.#url) this.#adopt();
      this.#url = site && url.href;
    }
    if (this.#at) this.#tell(words.fresh + short(this.#at));
    if (!document.hidden) this.#refresh();
  }

  #adopt() {
    const rows = sound({ articles: [...this.querySelectorAll("li")].map(rowOfFragment) });
    if (this.#answered || !rows.length || this.#rows[0]?.last_activity_at >= rows[0].last_activity_at) return;
    this.#at = null;
    this.#show(rows);
  }

  async #refresh(asked) {
    if (!this.#url) return;
    if (asked) {
      this.#asked = true;
      this.#tell("");
      this.button.setAttribute("aria-busy", "true");
    } else if (Date.now() - this.#pointed < 3 * SECOND) return this.#plan(3 * SECOND);
    if (this.#flight) return;
    clearTimeout(this.#timer);
    const flight = (this.#flight = Symbol());
    const changed = await this.#ask(flight).catch(() => {});
    if (flight === this.#flight) this.#land(changed);
  }

  async #ask(flight) {
    const answer = await fetch(this.#url, { cache: "no-cache", credentials: "omit", signal: AbortSignal.timeout(10 * SECOND) });
    const articles = answer.ok && sound(await answer.json());
    while (!this.#asked && Date.now() - this.#pointed < 3 * SECOND) await new Promise((go) => setTimeout(go, SECOND / 4));
    if (flight !== this.#flight) return;
    const told = answer.headers.get("retry-after"); // seconds or a date
    this.#notBefore = (!answer.ok && told && (Date.parse(told > 0 ? "" : told) || Date.now() + told * SECOND)) || 0;
    if (!articles) return;
    const marking = this.#answered;
    this.#answered = true;
    this.#at = Date.now();
    attempt(() => {
      const kept = Object.keys(localStorage).filter((key) => key.startsWith(KEY));
      kept.sort((one, other) => (localStorage[one] < localStorage[other] ? 1 : -1)); // by time
      for (const key of kept.slice(MOST_KEPT)) localStorage.removeItem(key);
      localStorage.setItem(KEY + this.#url, JSON.stringify({ at: this.#at, articles }));
    });
    return this.#show(articles, marking);
  }

  #land(changed) {
    const { words, short } = this.speech;
    const asked = this.#asked, failed = changed === undefined, at = this.#at && short(this.#at);
    this.#cancel();
    this.#failures = failed ? this.#failures + 1 : 0;
    const news = !asked ? "" : changed ? words.changed + changed : words.same;
    if (!failed) this.#tell(this.#rows.length ? words.fresh + at + news : words.empty, asked);
    else if (asked || !(Date.now() - this.#at < 2 * MINUTE)) this.#tell(at ? words.away + at : words.never, asked);
    if (!this.#rows.length) this.list.hidden = true;
    this.#plan(this.#again && !failed ? SECOND : this.#wait());
    this.#rung = this.#again;
    this.#again = false;
  }

  #cancel() {
    this.#flight = this.#asked = null;
    clearTimeout(this.#timer);
    this.button.removeAttribute("aria-busy");
  }

  #tell(message, loud) {
    this.loud.textContent = loud ? message : "";
    this.calm.textContent = loud ? "" : message;
  }

  #wait() {
    const told = Number(this.getAttribute("interval") ?? 30), open = this.#stream?.readyState === 1;
    const every = told !== 0 ? Math.max(told || 30, 5) * SECOND : this.hasAttribute("live") && !open ? 5 * MINUTE : DAY;
    const longer = this.#failures ? Math.min(every * 2 ** this.#failures, 10 * MINUTE) : open && !this.#rung ? 5 * MINUTE : 0;
    return Math.max(every, longer) * (0.9 + Math.random() / 5);
  }

  #plan(wait) {
    this.#due = Math.max(Date.now() + wait, this.#notBefore + Math.random() * 5 * SECOND);
    this.#wake();
  }

  #soon(wait) {
    this.#rung = true;
    this.#again = this.#flight;
    this.#due = Math.min(this.#due, Math.max(Date.now() + wait, this.#notBefore));
    this.#wake();
  }

  #wake = () => {
    clearTimeout(this.#timer);
    this.#listen();
    if (this.#flight || document.hidden || !navigator.onLine) return;
    this.#timer = setTimeout(() => this.#refresh(), Math.min(this.#due - Date.now(), DAY));
  };

  #listen() {
    if (!this.#life || !this.#url || document.hidden || this.#failures || !this.hasAttribute("live")) {
      this.#stream?.close();
      this.#stream = null;
    } else if (!this.#stream && Date.now() >= this.#streamFrom) {
      const stream = (this.#stream = new EventSource(this.#url.split("?")[0] + "/stream"));
      const changed = () => this.#soon(SECOND * (0.3 + Math.random()));
      for (const name of ["open", "feed", "reset"]) stream.addEventListener(name, changed);
      stream.onerror = () => {
        if (stream.readyState === 2) {
          this.#stream = null;
          this.#streamFrom = Date.now() + 5 * MINUTE;
        }
        this.#soon(this.#wait());
      };
    }
  }

  #show(rows, marking) {
    const { list } = this, focused = this.shadowRoot.activeElement;
    const place = [...list.children].indexOf(focused?.parentNode);
    const shown = new Map(rows.slice(0, this.most).map((row) => [row.id, row]));
    const items = new Map([...list.children].map((item) => [item.dataset.article, item]));
    for (const [id, item] of items) if (!shown.has(id)) item.remove();
    let changed = 0, index = 0;
    for (const [id, row] of shown) {
      const item = items.get(id) ?? blank(id), next = list.children[index++];
      if (this.#fill(item, row) && ++changed && marking) {
        item.part.add("new");
        setTimeout(() => item.part.remove("new"), 3 * SECOND);
      }
      if (item !== next) list.insertBefore(item, next);
    }
    this.#rows = rows;
    if (place >= 0 && focused !== this.shadowRoot.activeElement) {
      const near = focused.isConnected ? focused : list.children[Math.min(place, index - 1)]?.querySelector("a");
      (near ?? this.button).focus({ preventScroll: true });
    }
    if (index || this.#answered) this.slotted.remove();
    list.hidden = !index && (this.#answered || this.querySelector(":scope > :not(noscript)"));
    return changed;
  }

  #fill(item, row) {
    const { spoken, words, number, plural, short, full } = this.speech, [time, count, link, meta] = item.children;
    const wanted = this.getAttribute("hreflang") || spoken, at = new Date(row.last_activity_at);
    const edition = [row, ...(row.editions ?? [])].find((edition) => edition.language?.split("-")[0] === wanted) ?? row;
    const { url, title, language = "" } = edition, counted = row.joint === false ? edition : row, comments = counted.comment_count || 0;
    const moved = time.dateTime !== row.last_activity_at;
    time.dateTime = row.last_activity_at;
    say(time, short(at), full(at), true);
    count.className = comments ? "count some" : "count";
    if (link.textContent !== title) link.textContent = title;
    link.lang = link.hreflang = language;
    if (/^https?:\/\//i.test(url)) link.href = url;
    else link.removeAttribute("href");
    const show = (name, seen, heard, instead) => {
      if (this.hasAttribute(name) && counted[name]) say(meta.appendChild(node("span", { part: name })), seen, heard, instead);
    };
    const views = counted.views, { up, down } = counted.rating ?? {};
    meta.replaceChildren();
    show("views", number(views) + words.views[plural(views)], "");
    show("rating", `+${up} −${down}`, words.up + up + words.down + down, true);
    return say(count, number(comments), words.comments[plural(comments)]) || moved;
  }
}

function blank(id) {
  return node("li", { part: "row", "data-article": id },
    node("time", { part: "time", dir: "auto" }), node("span", { part: "count" }), node("a", { part: "link", dir: "auto" }), node("span", { class: "meta" }));
}

function speech(language, zone) {
  const locale = attempt(() => Intl.getCanonicalLocales(language === "en" ? "en-GB" : language)[0]) ?? "en-GB";
  const spoken = locale.split("-")[0], words = spoken === "ru" ? RU : EN;
  const timeZone = attempt(() => new Intl.DateTimeFormat("en", { timeZone: zone }) && zone);
  const clock = (options, shape = locale) => new Intl.DateTimeFormat(shape, { hourCycle: "h23", timeZone, ...options });
  const forms = new Intl.PluralRules(words.code), relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const ours = words.code === spoken, two = "2-digit";
  const digits = clock({ day: two, month: two, hour: two, minute: two }, ours ? "ru" : locale);
  const long = clock({ dateStyle: "long", timeStyle: "short" });
  const short = (at) => (ours ? digits.format(at).replace(",", "") : digits.format(at));
  const full = (at) => {
    const past = Math.max(Date.now() - at, 0);
    const [unit, length] = past < HOUR ? ["minute", MINUTE] : past < DAY ? ["hour", HOUR] : ["day", DAY];
    return `${long.format(at)}, ${relative.format(-Math.floor(past / length), unit)}`;
  };
  return { spoken, words, short, full, number: new Intl.NumberFormat(locale).format, plural: (value) => forms.select(value) };
}

function languageOf(element) {
  const said = element.closest("[lang]"), { host } = element.getRootNode();
  return said ? said.lang : host ? languageOf(host) : "en";
}

function rowOfFragment(item) {
  const link = item.querySelector("a[href]");
  return {
    id: item.dataset.article, url: link?.href, title: link?.textContent, language: link?.lang,
    comment_count: Number(item.querySelector("data")?.value), last_activity_at: item.querySelector("time")?.dateTime,
  };
}

function sound({ articles }) {
  return articles.filter((row) => row.id && row.title && Date.parse(row.last_activity_at));
}

// Screen readers read `heard` after `seen`, or instead of it.
function say(element, seen, heard, instead) {
  if (element.textContent === seen + heard) return false;
  element.replaceChildren(node("span", instead ? { "aria-hidden": "true", title: heard } : {}, seen), node("span", { class: "hidden" }, heard));
  return true;
}

function attempt(act) {
  try {
    return act();
  } catch {}
}

function node(kind, attributes, ...children) {
  const made = document.createElement(kind);
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  made.append(...children);
  return made;
}

if (!customElements.get("discuss-latest")) customElements.define("discuss-latest", DiscussLatest);
