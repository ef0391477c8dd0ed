// `r`, then the key of a reason. In between, the reasons show their keys; Esc or any other key cancels.

import { onKey, takeNext, usable } from "./keys.js";

onKey("r", () => {
  const form = [...document.querySelectorAll("form.acts")].find(usable);
  if (!form?.querySelector("[data-then]")) return false;
  form.classList.add("armed");
  form.querySelector(".armed-hint")?.removeAttribute("hidden");
  takeNext((key) => {
    form.classList.remove("armed");
    form.querySelector(".armed-hint")?.setAttribute("hidden", "");
    const chosen = key === "Enter" ? form.querySelector("[data-then].likely") : form.querySelector(`[data-then="${CSS.escape(key)}"]`);
    chosen?.click();
    return Boolean(chosen) || key === "Escape";
  });
});
