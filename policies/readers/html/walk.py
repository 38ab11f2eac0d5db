"""The text of an HTML tree: paragraphs, list items, table rows, links.

Walked with a stack of its own instead of by recursion, each node once, so
that neither depth nor width can stop it. Bold is dropped; italics stay as
*...*, for the newsletter sets its dates in them. Nothing is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag

from ..spaces import tidy
from ..words import words
from .page import Page
from .seen import is_hidden

BLOCKS = words(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset",
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend main menu ol p",
    "pre section summary table tbody tfoot thead ul",
)
SPACED = words("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre hr section article")
ITALICS = frozenset({"i", "em"})


def text_of(tree: BeautifulSoup, *, folds: bool = True) -> str:
    """The text of `tree`, a blank line between paragraphs.

    `folds` says that space is laid out as in HTML, where a tab or a line feed
    is but a space; otherwise a tab is kept.
    """
    page = Page(folds=folds)
    for node, enters in _walk(tree):
        if isinstance(node, Tag):
            (_enter if enters else _leave)(page, node)
        elif type(node) in (NavigableString, CData):
            page.write(str(node))
    return tidy(page.close())


def _walk(tree: BeautifulSoup) -> Iterator[tuple[PageElement, bool]]:
    """Each node that can be seen, as it is entered and, for tags, as it is left."""
    stack: list[tuple[PageElement, bool]] = [(child, True) for child in reversed(tree.contents)]
    while stack:
        node, enters = stack.pop()
        if not isinstance(node, Tag):
            yield node, True
        elif not enters:
            yield node, False
        elif not is_hidden(node):
            yield node, True
            stack.append((node, False))
            stack.extend((child, True) for child in reversed(node.contents))


def _enter(page: Page, tag: Tag) -> None:
    name = tag.name
    if name == "br":
        page.break_line()
    elif name == "li":
        page.open_item()
    elif name in ("ul", "ol"):
        page.open_list(ordered=name == "ol", start=str(tag.get("start", "1")))
    elif name in ("td", "th"):
        page.open_cell()
    elif name == "tr":
        page.open_row()
    elif name in BLOCKS:
        page.part(spaced=name in SPACED)
        page.raw += name == "pre"
    elif name == "a":
        page.open_link(tag)
    elif name in ITALICS:
        page.open_italics()


def _leave(page: Page, tag: Tag) -> None:
    name = tag.name
    if name == "a":
        page.close_link()
    elif name in ITALICS:
        page.close_italics()
    elif name == "li":
        page.close_item()
    elif name in ("ul", "ol"):
        page.close_list()
    elif name in ("td", "th"):
        page.close_cell()
    elif name == "tr":
        page.close_row()
    elif name in BLOCKS:
        page.part(spaced=name in SPACED)
        page.raw -= name == "pre"
