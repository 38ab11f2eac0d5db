"""HTML to text: paragraphs, bullets and links; scripts and hidden parts are dropped."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag
from markdownify import MarkdownConverter

from .failures import Unreadable

_DROPPED = ["script", "style", "nav", "noscript", "template", "img", "svg", "head", "iframe"]
# Deeper nesting than this is no newsletter, and would exhaust the stack.
_MAX_DEPTH = 150


class _Plain(MarkdownConverter):
    """Markdown with links and italics, and no other marks."""

    class Options(MarkdownConverter.DefaultOptions):  # type: ignore[name-defined]
        escape_asterisks = False
        escape_underscores = False
        escape_misc = False
        bullets = "-"

    def convert_a(self, el, text, parent_tags):
        if not text.strip():
            return text
        href = (el.get("href") or "").strip()
        if href in ("", "#"):
            return f"[{text.strip()}](#)" if el.has_attr("href") else text
        if urlsplit(href).scheme.lower() not in ("http", "https"):
            return text
        return f"[{text.strip()}]({href})"

    def convert_b(self, el, text, parent_tags):
        return text

    convert_strong = convert_b

    def convert_hN(self, n, el, text, parent_tags):  # noqa: N802
        return f"\n\n{' '.join(text.split())}\n\n"

    def convert_tr(self, el, text, parent_tags):
        cells = [c.get_text(" ", strip=True) for c in el.find_all(["td", "th"], recursive=False)]
        return "\n\n" + " | ".join(cell for cell in cells if cell) + "\n\n"

    def convert_table(self, el, text, parent_tags):
        return text


def read_html(html: str) -> str:
    """The text of `html`; raises Unreadable for a page that is nested beyond reason."""
    try:
        soup = BeautifulSoup(html, "html.parser")
        if _depth(soup) > _MAX_DEPTH:
            raise Unreadable("The page is nested too deeply to be read. Paste its text instead.")
        for tag in soup.find_all(_DROPPED):
            tag.decompose()
        for tag in soup.find_all(hidden=True):
            tag.decompose()
        text = _Plain().convert_soup(soup)
    except RecursionError:
        raise Unreadable(
            "The page is nested too deeply to be read. Paste its text instead."
        ) from None
    lines = [_folded(line) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _folded(line: str) -> str:
    return " ".join(line.replace("\xa0", " ").split())


def _depth(soup: BeautifulSoup) -> int:
    deepest = 0
    stack: list[tuple[Tag, int]] = [(soup, 0)]
    while stack:
        tag, depth = stack.pop()
        deepest = max(deepest, depth)
        if deepest > _MAX_DEPTH:
            break
        stack += [(child, depth + 1) for child in tag.children if isinstance(child, Tag)]
    return deepest
