// Messages in the corner. They disappear after ten seconds, but not while they are pointed at, contain the focus or have been
// kept open. What they offer stays available on the row and in the record.

const SECONDS = 10;
const corner = document.getElementById("toasts");

function settle(toast) {
  if (toast.matches(".wrong")) toast.dataset.kept = "1";
  const paused = () => toast.matches(":hover, :focus-within") || toast.dataset.kept || document.hidden;
  let left = SECONDS;
  const timer = setInterval(() => {
    toast.classList.toggle("paused", Boolean(paused()));
    if (!toast.isConnected) clearInterval(timer);
    else if (!paused() && (left -= 0.25) <= 0) toast.remove();
  }, 250);
  toast.addEventListener("click", (event) => {
    if (event.target.closest("[data-keep]")) {
      toast.dataset.kept = "1";
      event.target.closest("[data-keep]").remove();
      toast.classList.add("paused");
    }
    if (event.target.closest("[data-close]")) toast.remove();
  });
}

if (corner) {
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) if (node.nodeType === 1) settle(node);
    // Only the newest message stays, with those that were kept open; an error stays until it is closed.
    for (const old of [...corner.querySelectorAll(".toast:not(.wrong)")].slice(0, -1)) if (!old.dataset.kept) old.remove();
  }).observe(corner, { childList: true });
}
