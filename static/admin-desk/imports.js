// The import's screens, a little quicker; all of it works without this file.
// Upload: says at once that the file is being read, and goes on by itself.
// Review: marks the lines of the field that the pointer or the focus is on, and
// the field of a line; keeps what is being typed when a card is swapped.
"use strict";
{
  const start = document.querySelector("form[data-reading]");
  const review = document.getElementById("review");

  const say = (form) => {
    form.querySelector(".heard").textContent = form.dataset.reading;
    form.classList.add("busy");
  };
  if (start) {
    start.addEventListener("submit", () => say(start));
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) start.querySelector(".heard").textContent = "";
    });
    if ("atOnce" in start.dataset) start.requestSubmit();
  }

  const paper = document.querySelector(".paper");
  const lines = (key, place) => {
    const block = [...paper.querySelectorAll(`.block[data-key="${key}"]`)];
    const rows = block.flatMap((part) => [...part.querySelectorAll("li")]);
    const placed = place ? rows.filter((row) => row.dataset.place === place) : rows;
    return placed.length ? placed : rows;
  };
  const fields = (key, place) => {
    const card = document.getElementById(`item-${key}`);
    if (!card) return [];
    const placed = [...card.querySelectorAll(`.field[data-place="${place}"]`)];
    return placed.length ? placed : [card];
  };

  const mark = (rows) => {
    for (const old of review.querySelectorAll(".marked")) {
      if (!rows.includes(old)) old.classList.remove("marked");
    }
    for (const row of rows) row.classList.add("marked");
  };
  const show = (row) => {
    const place = row.getBoundingClientRect(), frame = paper.getBoundingClientRect();
    if (getComputedStyle(paper).overflowY === "visible") return;
    if (place.top < frame.top + 40 || place.bottom > frame.bottom) {
      paper.scrollTop += place.top - frame.top - frame.height / 3;
    }
  };

  const follow = (event, scrolls) => {
    const card = event.target.closest(".card");
    if (card) {
      const field = event.target.closest(".field[data-place]");
      const found = lines(card.dataset.key, field ? field.dataset.place : "");
      mark(field ? [...found, field] : found);
      if (scrolls && found.length) show(found[0]);
      return;
    }
    const line = event.target.closest(".paper .block[data-key] li");
    if (!line) return;
    const key = line.closest(".block").dataset.key;
    mark([line, ...fields(key, line.dataset.place || "")]);
  };

  // Which button was pressed, also where a swap takes it away before it is sent.
  const press = (event) => {
    const button = event.target.closest("button[name=do]");
    if (button) review.elements.pressed.value = button.value;
  };
  const sent = (event) => {
    if (event.detail.elt !== review) return;
    review.elements.pressed.value = "";
    document.getElementById("heard").textContent = "Saving …";
  };
  // A card in which somebody is typing is left as it is until the next press.
  const keep = (event) => {
    const focus = document.activeElement;
    const typing = focus && !focus.closest(".whose")
      && focus.matches("input:not([type=checkbox], [type=radio]), textarea, select");
    const old = event.detail.target;
    if (typing && old.classList.contains("card") && old.contains(focus) && !review.pressedLast) {
      event.detail.shouldSwap = false;
    }
  };

  if (review) {
    review.addEventListener("mouseover", (event) => follow(event, false));
    review.addEventListener("focusin", (event) => follow(event, true));
    // Who was in a field before this file arrived is followed as well.
    if (review.contains(document.activeElement)) follow({ target: document.activeElement }, true);
    review.addEventListener("click", press, true);
    document.body.addEventListener("htmx:configRequest", (event) => {
      review.pressedLast = Boolean(event.detail.parameters.get("pressed"));
      // htmx sends the button that has the focus, also where Tab only led there.
      if (event.detail.elt === review && !review.pressedLast) event.detail.parameters.delete("do");
    });
    document.body.addEventListener("htmx:beforeSend", sent);
    document.body.addEventListener("htmx:oobBeforeSwap", keep);
    document.body.addEventListener("htmx:responseError", () => {
      document.getElementById("heard").textContent = "Not saved. Perhaps you were logged out: copy what you typed, then load the page again.";
    });
  }
}
