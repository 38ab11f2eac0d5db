// Copies a citation with one click, and says so. Without this file there are no
// buttons, and a click selects the whole text of a citation.
"use strict";

(() => {
  function showButtons() {
    for (const button of document.querySelectorAll(".cite .copy[hidden]")) button.hidden = false;
  }

  // For pages that are not served safely, where browsers keep the clipboard shut.
  function copySelected(element) {
    const chosen = window.getSelection();
    chosen.selectAllChildren(element);
    return document.execCommand("copy");
  }

  async function copied(element) {
    try {
      await navigator.clipboard.writeText(element.textContent.trim());
      return true;
    } catch {
      return copySelected(element);
    }
  }

  async function copy(event) {
    const button = event.target.closest(".cite .copy");
    if (!button) return;
    const heard = button.closest(".cite").querySelector(".heard");
    const style = button.parentElement.firstChild.textContent.trim();
    // Emptied first, so that the same words are heard again.
    heard.textContent = "";
    const isDone = await copied(button.closest("dt").nextElementSibling);
    for (const other of document.querySelectorAll(".copy.done")) other.classList.remove("done");
    button.classList.toggle("done", isDone);
    const told = heard.dataset[isDone ? "copied" : "failed"];
    setTimeout(() => { heard.textContent = `${style}: ${told}`; }, 50);
  }

  document.addEventListener("click", copy);
  document.addEventListener("htmx:afterSettle", showButtons);
  document.addEventListener("htmx:historyRestore", showButtons);
  showButtons();
})();
