"""HTML as a tree that cannot grow without bound.

Old pages leave paragraphs and list items open; html.parser would nest each in
the one before. They are closed here as a browser closes them. What the tree
says is left to `walk`.
"""

from __future__ import annotations

import re
import warnings
from typing import Any

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning

from ..limits import Unreadable
from ..words import words

MAX_TAGS = 150_000
MAX_DEPTH = 2_000
MAX_ATTRIBUTES = 64
BLOCKS = words(
    "address article aside blockquote center details dir div dl fieldset figure footer form",
    "h1 h2 h3 h4 h5 h6 header hr main menu nav ol p pre section table ul",
)
# What a start tag closes, and what shields an open tag from being closed by it.
CLOSES = dict.fromkeys(BLOCKS, (frozenset({"p"}), frozenset({"td", "th", "li", "div", "table"})))
CLOSES |= {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
    "a": (frozenset({"a"}), frozenset({"table", "td"})),
}
REACH = 12
UNSEEN = ("script", "style", "template", "noscript", "svg")
COMPLEX = "The HTML is too deeply nested or too large to be a newsletter: save the page as PDF."


class _Tree(BeautifulSoup):
    """A tree that closes what a new tag ends, and refuses to grow beyond the limits."""

    tags = 0

    def handle_starttag(self, name: str, *rest: Any, **named: Any) -> Any:
        """Take a start tag from the parser; raises Unreadable beyond the limits."""
        self.tags += 1
        if self.tags > MAX_TAGS or len(self.tagStack) > MAX_DEPTH:
            raise Unreadable(COMPLEX)
        if name in CLOSES:
            self._close(*CLOSES[name])
        return super().handle_starttag(name, *rest, **named)

    def _close(self, closed: frozenset[str], shields: frozenset[str]) -> None:
        last = None
        for tag in self.tagStack[: -REACH - 1 : -1]:
            if tag.name in shields:
                break
            if tag.name in closed:
                last = tag.name
        if last:
            self.handle_endtag(last)


def parse(markup: str) -> BeautifulSoup:
    """`markup` as a tree without comments, scripts and styles.

    Raises Unreadable for more than 150,000 tags or 2,000 levels.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        try:
            return _Tree(cleaned(markup), "html.parser")
        except Unreadable:
            raise
        except Exception as error:  # html.parser gives up on some broken declarations
            raise Unreadable("The HTML is damaged: save the page anew and try again.") from error


def cleaned(markup: str) -> str:
    """`markup` without comments, declarations, scripts and styles, cut out in one pass.

    html.parser looks for the end of each comment anew, which an attacker can
    make quadratic; here an open end swallows the rest, as in a browser.
    """
    kept: list[str] = []
    place = 0
    for match in OPENINGS.finditer(markup):
        if match.start() < place:
            continue
        kept.append(markup[place : match.start()])
        place = _end(markup, match)
        if place < 0:
            return "".join(kept)
    kept.append(markup[place:])
    return "".join(kept)


OPENINGS = re.compile(r"<!--|<!|<\?|<(script|style)(?=[\s>/])", re.IGNORECASE)
CLOSINGS = {
    "script": re.compile(r"</script[^>]{0,100}>", re.IGNORECASE),
    "style": re.compile(r"</style[^>]{0,100}>", re.IGNORECASE),
}


def _end(markup: str, opening: re.Match[str]) -> int:
    """Where what `opening` opens has ended, or -1 if it never does."""
    if opening[1]:
        closing = CLOSINGS[opening[1].lower()].search(markup, opening.end())
        return closing.end() if closing else -1
    mark = "-->" if opening[0] == "<!--" else ">"
    end = markup.find(mark, opening.end())
    return end + len(mark) if end >= 0 else -1
