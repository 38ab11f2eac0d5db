// Conveniences on list pages: every link and form works without this file.
// htmx swaps #search; this keeps what the reader had open, says the new count
// aloud, puts the focus somewhere sensible, lets the page's head follow, from which
// browsers share an address and find feeds, and adds a finder to long facets.
"use strict";

const LONG = 12;
const OF_A_SEARCH =
  "link[rel=canonical], link[rel=alternate], meta[property], meta[name=description], " +
  "meta[name=robots], script[type='application/ld+json']";
const kept = { open: new Map(), paging: false, heads: new Map() };
const search = () => document.getElementById("search");

function remember(event) {
  if (event.detail.target !== search()) return;
  for (const facet of document.querySelectorAll("#search details[id]")) {
    kept.open.set(facet.id, facet.open);
  }
  kept.paging = Boolean(event.target.closest(".pages"));
  kept.heads.set(location.href, inHead(document));
}

function inHead(page) {
  return [...page.head.querySelectorAll(OF_A_SEARCH)];
}

function putIntoHead(lines) {
  for (const line of inHead(document)) line.remove();
  document.head.append(...lines);
}

function bringHead(event) {
  if (event.detail.target !== search()) return;
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  putIntoHead(inHead(page));
}

function bringBackHead() {
  const lines = kept.heads.get(location.href);
  if (lines) putIntoHead(lines);
}

function restore(event) {
  if (event.target !== search()) return;
  for (const [id, open] of kept.open) {
    const facet = document.getElementById(id);
    if (facet) facet.open = open;
  }
  kept.open.clear();
  addFinders();
  announce();
  if (kept.paging || document.activeElement === document.body) {
    document.getElementById("results").focus({ preventScroll: true });
  }
}

function announce() {
  const count = document.querySelector("#search .count");
  if (count) document.getElementById("heard").textContent = count.textContent;
}

function addFinders() {
  for (const more of document.querySelectorAll("#search .more, .values")) {
    const list = more.querySelector("ul");
    if (!more.dataset.label || list.children.length < LONG || more.querySelector("input")) continue;
    const finder = document.createElement("input");
    finder.type = "search";
    finder.className = "finder";
    finder.placeholder = more.dataset.finder;
    finder.setAttribute("aria-label", more.dataset.label);
    list.before(finder);
  }
}

function find(event) {
  if (!event.target.matches(".finder")) return;
  const wanted = event.target.value.trim().toLowerCase();
  for (const item of event.target.parentElement.querySelectorAll("li")) {
    const label = item.querySelector(".label").textContent.toLowerCase();
    item.hidden = !label.includes(wanted);
  }
}

// A form sends only what was filled in, so that addresses stay short.
function dropEmpty(event) {
  if (!search()?.contains(event.target)) return;
  for (const [name, value] of [...event.formData]) {
    if (value === "") event.formData.delete(name);
  }
}

document.addEventListener("htmx:beforeRequest", remember);
document.addEventListener("htmx:afterSettle", restore);
document.addEventListener("htmx:beforeSwap", bringHead);
document.addEventListener("htmx:historyRestore", announce);
document.addEventListener("htmx:historyRestore", bringBackHead);
document.addEventListener("input", find);
document.addEventListener("formdata", dropEmpty);
addFinders();
