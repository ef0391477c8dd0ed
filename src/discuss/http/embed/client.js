// What the scripts ask of the API, and the session they do it with.

const ORIGIN = new URL(import.meta.url).origin;
const PATIENCE = 15_000;

export class Problem extends Error {
  // `told`: what else the answer says, such as `until` of a mute.
  constructor(code, told = {}) {
    super(told.detail ?? code);
    Object.assign(this, { code, told });
  }
}

// Says "account" when somebody has logged in or out, "comment" when something became of a comment: a page has several
// forms and one reader.
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

  // That somebody looks at an article. Nobody waits for an answer, and there is none to wait for.
  saw(articleId) {
    navigator.sendBeacon(new URL(`${this.path}/articles/${articleId}/views`, ORIGIN));
  }

  // How many voted which way, and how whoever is logged in did.
  vote(articleId) {
    return this.#ask("GET", `${this.path}/articles/${articleId}/vote`);
  }

  // "up", "down", or null: the vote is taken back.
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

  report(id, reason, words) {
    return this.#ask("PUT", `${this.path}/comments/${id}/report`, { reason, words });
  }

  withdraw(id) {
    return this.#ask("DELETE", `${this.path}/comments/${id}/report`);
  }

  // Whether the one who is logged in may write, and what moderators have told them. Asked once for all forms of a page.
  standing() {
    this.#standing ??= this.#ask("GET", `${this.path}/standing`).catch((problem) => {
      this.#standing = null;
      throw problem;
    });
    return this.#standing;
  }

  // Whether somebody is logged in: the cookie is out of reach for scripts, so the server is asked.
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

  async register(name, email, password) {
    await this.#ask("POST", `${this.path}/accounts`, { name, email, password });
    await this.logIn(email, password);
  }

  // The session may be over by now, or another one since a log-in in another tab: so it is asked for first.
  async logOut() {
    if (await this.recall()) await this.#ask("DELETE", "/api/v1/session");
    this.#enter({});
  }

  // Problems that a new log-in solves.
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

// One for all elements of a page that belong to the same site: who logs in at one of them is known to the others.
export function clientOf(site) {
  if (!clients.has(site)) clients.set(site, new Client(site));
  return clients.get(site);
}

// A hint only, so that pages need not ask about a session for each of the many readers who never had one.
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
    // Storage may be forbidden; then the reader presses "Log in" once more.
  }
}
