// The panel of filters covers the list, so a click outside it or Escape closes it.

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
