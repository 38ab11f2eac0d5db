// What may be meant while a reader types, below the search box. htmx brings the
// list; this opens it, walks it by the arrow keys, and searches for what is chosen.
// Without this file the box is a plain one.
"use strict";

{
  const box = () => document.getElementById("q");
  const list = () => document.getElementById("suggestions");
  const options = () => [...list().children];
  const isOpen = () => Boolean(list()) && !list().hidden;
  const chosen = () => options().findIndex((option) => option.ariaSelected === "true");

  function show(isShown) {
    if (!list()) return;
    list().hidden = !isShown;
    box().setAttribute("aria-expanded", String(isShown));
    choose(-1);
  }

  function choose(place) {
    options().forEach((option, at) => {
      option.ariaSelected = String(at === place);
    });
    const option = options()[place];
    if (!option) return box().removeAttribute("aria-activedescendant");
    box().setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function take(option) {
    box().value = option.dataset.text;
    show(false);
    box().form.requestSubmit();
  }

  // The place before the first and after the last is the box itself.
  function step(by) {
    const places = options().length + 1;
    choose(((chosen() + 1 + by + places) % places) - 1);
  }

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: () => show(false),
  };

  function pressed(event) {
    if (event.target !== box() || event.isComposing || !list()) return;
    if (event.key === "ArrowDown" && !isOpen() && list().children.length) {
      event.preventDefault();
      return show(true);
    }
    if (!isOpen()) return;
    if (event.key === "Enter" && chosen() >= 0) {
      event.preventDefault();
      take(options()[chosen()]);
    } else if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  }

  // What is typed is searched for: a choice holds only until the next letter.
  function typed(event) {
    if (event.target === box() && list()) choose(-1);
  }

  // Says what the box is only where this file makes it so.
  function dress(event) {
    if (event.target !== box() || !list()) return;
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": "suggestions",
      "aria-expanded": "false",
    })) {
      box().setAttribute(name, value);
    }
  }

  function came(event) {
    if (event.target !== list()) return;
    show(document.activeElement === box() && options().length > 0 && box().value.trim() !== "");
  }

  document.addEventListener("focusin", dress);
  document.addEventListener("keydown", pressed);
  document.addEventListener("input", typed);
  document.addEventListener("htmx:afterSwap", came);
  document.addEventListener("submit", () => show(false));
  document.addEventListener("focusout", (event) => event.target === box() && show(false));
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("#suggestions")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const option = event.target.closest("#suggestions [role=option]");
    if (option) take(option);
  });
}
