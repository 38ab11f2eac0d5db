// Says that a form which takes its time is on its way, and lets nobody send it twice.
"use strict";
for (const form of document.querySelectorAll("form[data-wait]")) {
  const told = form.querySelector(".waiting");
  const buttons = form.querySelectorAll("input[type=submit]");
  const set = (waits) => {
    form.setAttribute("aria-busy", waits);
    told.hidden = !waits;
    told.textContent = waits ? form.dataset.wait : "";
    for (const button of buttons) button.disabled = waits;
  };
  form.addEventListener("submit", () => set(true));
  // Coming back to the page by “back” finds it as it was.
  window.addEventListener("pageshow", () => set(false));
}
