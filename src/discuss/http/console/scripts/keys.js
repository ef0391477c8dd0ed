// Keyboard shortcuts. A key runs the action registered for it, or presses the element that names it in `aria-keyshortcuts`.
// Keys do nothing while somebody types, and all single keys can be switched off (WCAG 2.1.4), which is remembered.

const KEPT = "discuss:keys";
const FIELD = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const acts = new Map();
let next = null;
let on = recalled();

// `held`: the action runs again and again while the key is held down. Others do not, because the next comment would be decided on
// before anybody has seen it.
export function onKey(key, act, { held = false } = {}) {
  acts.set(key, { act, held });
}

// The next key goes to `taker`, whatever it would do otherwise; `taker` returns whether it used the key.
export function takeNext(taker) {
  next = taker;
}

export function keysAreOn() {
  return on;
}

export function switchKeys(wanted) {
  on = wanted;
  document.documentElement.classList.toggle("no-keys", !on);
  try {
    if (on) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, "off");
  } catch {
    // Storage may be blocked; then the switch holds for this page only.
  }
}

function recalled() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

// The letter on the key of a Latin keyboard, so that shortcuts are the same keys in the Russian layout.
export function keyOf(event) {
  if (/^[a-z?/]$/i.test(event.key)) return event.key.toLowerCase();
  if (/^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase();
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  return event.key;
}

export const usable = (element) => element.checkVisibility() && !element.closest("[inert]");

function press(key) {
  const element = [...document.querySelectorAll(`[aria-keyshortcuts~="${CSS.escape(key)}"]`)].find(usable);
  if (!element) return false;
  if (element.matches(FIELD)) element.select();
  else element.click();
  // If the key has opened a field for writing, focus it, so that the next letters are text and not shortcuts.
  if (element.matches("details[open] > summary")) element.parentElement.querySelector("textarea")?.focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  const key = keyOf(event);
  if (event.target.matches(FIELD)) {
    if (key === "Escape") event.target.blur();
    return;
  }
  if (!on && key !== "Escape") return;
  const known = acts.get(key);
  if (event.repeat && !known?.held) return;
  const taker = next;
  next = null;
  if (taker?.(key)) return event.preventDefault();
  if (known ? known.act() !== false : key.length === 1 && press(key)) event.preventDefault();
});

document.documentElement.classList.toggle("no-keys", !on);
