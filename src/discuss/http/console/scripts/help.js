// The list of all keys, and the switch for them.

import { keysAreOn, onKey, switchKeys } from "./keys.js";

const help = document.getElementById("help");
const check = document.getElementById("keys-on");

function show() {
  check.checked = keysAreOn();
  help.showModal();
}

if (help) {
  onKey("?", show);
  check.addEventListener("change", () => switchKeys(check.checked));
  help.addEventListener("click", (event) => event.target === help && help.close());
  document.querySelector("[data-help]")?.addEventListener("click", show);
}
