// Fetches items before they are needed. One that is too old, or has changed since, is fetched again.

import { ask } from "./pieces.js";

const FRESH = 30_000;
const fetched = new Map();

export function forget(id) {
  fetched.delete(id);
}

export function fetchItem(row) {
  const known = fetched.get(row.dataset.id);
  if (known && performance.now() - known.at < FRESH) return known.answer;
  const answer = ask(row.dataset.item);
  fetched.set(row.dataset.id, { at: performance.now(), answer });
  return answer;
}
