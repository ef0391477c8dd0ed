// Logging in and registering, in one panel.

import { node } from "./node.js";
import { explain } from "./words.js";

let number = 0;

export class Entrance {
  #busy = false;

  // `entered` is called once somebody is logged in.
  constructor(client, words, entered) {
    Object.assign(this, { client, words, entered, registering: false });
    this.told = node("p", { class: "told wrong", role: "alert" });
    this.title = node("h3");
    this.name = this.#field("name", "text", "nickname", words.name, words.nameHint);
    this.email = this.#field("email", "email", "username", words.email);
    this.password = this.#field("password", "password", "current-password", words.password, words.passwordHint);
    this.submit = node("button", { class: "first" });
    this.other = node("button", { type: "button", class: "plain", click: () => this.#turn(!this.registering) });
    this.element = node("form", { class: "panel", part: "entrance", submit: (event) => this.#send(event) },
      this.title, this.name.element, this.email.element, this.password.element, this.told,
      node("div", { class: "row" }, this.submit, this.other));
    this.#turn(false);
  }

  focus() {
    this.email.input.focus();
  }

  #field(name, type, autocomplete, label, hint) {
    const id = `${name}-${++number}`;
    const input = node("input", { id, name, type, autocomplete, required: true, "aria-describedby": hint && `${id}-hint` });
    const shown = hint && node("p", { class: "quiet", id: `${id}-hint` }, hint);
    return { input, hint: shown, element: node("div", { class: "field" }, node("label", { for: id }, label), input, shown) };
  }

  #turn(registering) {
    this.registering = registering;
    this.name.element.hidden = !registering;
    this.name.input.disabled = !registering;
    this.password.hint.hidden = !registering;
    this.password.input.autocomplete = registering ? "new-password" : "current-password";
    this.title.textContent = this.submit.textContent = registering ? this.words.register : this.words.logIn;
    this.other.textContent = registering ? this.words.known : this.words.newHere;
    this.told.textContent = "";
  }

  async #send(event) {
    event.preventDefault();
    if (this.#busy) return;
    this.#setBusy(true);
    this.told.textContent = "";
    try {
      await this.#enter();
      this.password.input.value = "";
      this.entered();
    } catch (problem) {
      this.told.append(this.words.entranceProblems[problem.code] ?? explain(this.words, problem));
    } finally {
      this.#setBusy(false);
    }
  }

  // Once somebody is registered, only the log-in is left to be repeated.
  async #enter() {
    const [name, email, password] = [this.name, this.email, this.password].map((field) => field.input.value);
    const registered = this.registering;
    if (registered) {
      await this.client.register(name, email, password);
      this.#turn(false);
    }
    await this.client.logIn(email, password).catch((problem) => {
      if (registered) this.told.append(this.words.registered, " ");
      throw problem;
    });
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.submit.setAttribute("aria-disabled", String(busy)); // not `disabled`, which would lose the focus
  }
}
