// What a moderator has typed about a comment and not sent yet: kept while other comments are open, and in this tab over a reload
// or a new log-in.

const KEPT = `discuss:drafts:${document.querySelector(".bar .who")?.textContent ?? ""}`;
const drafts = recalled(); // the text by the field's id, which names the comment

const fieldsIn = (root) => [...root.querySelectorAll(".item textarea[id]")];

export function keepDrafts(root) {
  for (const { id, value } of fieldsIn(root)) {
    if (value.trim()) drafts.set(id, value);
    else drafts.delete(id);
  }
  store();
}

export function putBackDrafts(root) {
  for (const field of fieldsIn(root)) {
    if (!drafts.has(field.id)) continue;
    field.value = drafts.get(field.id);
    field.closest("details").open = true;
  }
}

function recalled() {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(KEPT) ?? "[]"));
  } catch {
    return new Map(); // storage may be blocked; then drafts last as long as the page
  }
}

function store() {
  try {
    if (drafts.size) sessionStorage.setItem(KEPT, JSON.stringify([...drafts]));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // Storage may be blocked or full.
  }
}

document.addEventListener("sent", async (event) => {
  const sent = [...event.target.querySelectorAll("textarea[id]")].map(({ id, value }) => [id, value]);
  const answer = await event.detail;
  if (!answer.ok || answer.led) return; // one that led away may have led to the log-in
  for (const [id, value] of sent) if (drafts.get(id) === value) drafts.delete(id);
  store();
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-leaves]")) return;
  drafts.clear();
  for (const field of fieldsIn(document)) field.value = "";
});
addEventListener("pagehide", () => keepDrafts(document));
putBackDrafts(document);
