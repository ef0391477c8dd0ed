// The panel of filters lies over the list: a click beside it or Escape puts it away, as people expect of what lies above.

const panel = document.querySelector(".sieve details");

if (panel) {
  document.addEventListener("click", (event) => {
    if (!panel.contains(event.target)) panel.open = false;
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panel.open || event.isComposing) return;
    event.preventDefault();
    panel.open = false;
    panel.querySelector("summary").focus();
  });
}
