// The API as the scripts use it, and the reader's session.

const ORIGIN = new URL(import.meta.url).origin;
const PATIENCE = 15_000;

export class Problem extends Error {
  // `told`: the other members of the answer, such as `until` of a mute.
  constructor(code, told = {}) {
    super(told.detail ?? code);
    Object.assign(this, { code, told });
  }
}

// Dispatches "account" when somebody has logged in or out, "left" when the reader has chosen to log out, "comment" when a text sent
// from this page is not published at once or a comment is gone, and "decided", with the comment as `detail`, when one that waited is decided: a page has
// several forms but one reader.
class Client extends EventTarget {
  #csrf = null;
  #standing = null;
  account = null;

  constructor(site) {
    super();
    this.site = site;
    this.path = `/api/v1/sites/${encodeURIComponent(site)}`;
  }

  article(externalId) {
    return this.#ask("GET", `${this.path}/articles?external_id=${encodeURIComponent(externalId)}`);
  }

  comments(articleId, cursor) {
    const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    return this.#ask("GET", `${this.path}/articles/${articleId}/comments?limit=100${more}`);
  }

  // Reports a view of an article. There is no answer to wait for.
  saw(articleId) {
    navigator.sendBeacon(new URL(`${this.path}/articles/${articleId}/views`, ORIGIN));
  }

  // The rating, and the vote of the reader who is logged in.
  vote(articleId) {
    return this.#ask("GET", `${this.path}/articles/${articleId}/vote`);
  }

  // `vote`: "up" or "down"; null withdraws it.
  cast(articleId, vote) {
    const path = `${this.path}/articles/${articleId}/vote`;
    return vote ? this.#ask("PUT", path, { vote }) : this.#ask("DELETE", path);
  }

  comment(id) {
    return this.#ask("GET", `${this.path}/comments/${id}`);
  }

  own(articleId) {
    return this.#ask("GET", `${this.path}/articles/${articleId}/comments/own`);
  }

  submit(articleId, text, parentId, key) {
    return this.#ask("POST", `${this.path}/articles/${articleId}/comments`, { text, parent_id: parentId }, { "Idempotency-Key": key });
  }

  edit(id, text) {
    return this.#ask("PATCH", `${this.path}/comments/${id}`, { text });
  }

  remove(id) {
    return this.#ask("DELETE", `${this.path}/comments/${id}`);
  }

  report(id, reason, words) {
    return this.#ask("PUT", `${this.path}/comments/${id}/report`, { reason, words });
  }

  withdraw(id) {
    return this.#ask("DELETE", `${this.path}/comments/${id}/report`);
  }

  // Whether the reader who is logged in may write, for how long what they write can be edited, and what moderators have told them. Fetched once for all forms of a page.
  standing() {
    this.#standing ??= this.#ask("GET", `${this.path}/standing`).catch((problem) => {
      this.#standing = null;
      throw problem;
    });
    return this.#standing;
  }

  // Asks the server who is logged in, because scripts cannot read the cookie.
  async recall() {
    try {
      this.#enter(await this.#ask("GET", "/api/v1/session"));
    } catch (problem) {
      if (!this.isOver(problem)) throw problem;
    }
    return this.account;
  }

  async logIn(email, password) {
    this.#enter(await this.#ask("POST", "/api/v1/session", { site: this.site, email, password }));
  }

  register(name, email, password) {
    return this.#ask("POST", `${this.path}/accounts`, { name, email, password });
  }

  // Asks for the session first: it may have ended, or a log-in in another tab may have replaced it.
  async logOut() {
    if (await this.recall()) await this.#ask("DELETE", "/api/v1/session");
    this.#enter({});
    this.dispatchEvent(new Event("left"));
  }

  // Whether a new log-in would solve the problem. If so, the reader counts as logged out from here on.
  isOver(problem) {
    const over = ["not-logged-in", "session-ended", "csrf-failed"].includes(problem.code);
    if (over) this.#enter({});
    return over;
  }

  #enter(session) {
    const before = this.account?.id;
    this.account = session.account ?? null;
    this.#csrf = session.csrf_token ?? null;
    remember(this.account !== null);
    if (this.account?.id !== before) this.#standing = null;
    if (this.account?.id !== before) this.dispatchEvent(new Event("account"));
  }

  async #ask(method, path, body, headers = {}) {
    const sent = { Accept: "application/json", ...headers };
    if (body) sent["Content-Type"] = "application/json";
    if (this.#csrf && method !== "GET") sent["X-CSRF-Token"] = this.#csrf;
    let answer;
    try {
      answer = await fetch(new URL(path, ORIGIN), {
        method, headers: sent, body: body && JSON.stringify(body), cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      throw new Problem("network");
    }
    const told = answer.status === 204 ? null : await answer.json().catch(() => null);
    if (!answer.ok) throw new Problem(told?.code ?? "internal", told ?? {});
    return told;
  }
}

const clients = new Map();

// One client for all elements of a page that belong to the same site, so that a log-in at one of them holds for all.
export function clientOf(site) {
  if (!clients.has(site)) clients.set(site, new Client(site));
  return clients.get(site);
}

// A hint only: without it, pages would ask about a session for each of the many readers who never had one.
const HINT = "discuss:logged-in";

export function hinted() {
  try {
    return localStorage.getItem(HINT) === "1";
  } catch {
    return false;
  }
}

function remember(inside) {
  try {
    if (inside) localStorage.setItem(HINT, "1");
    else localStorage.removeItem(HINT);
  } catch {
    // Storage may be blocked; then the reader has to press "Log in" once more.
  }
}
