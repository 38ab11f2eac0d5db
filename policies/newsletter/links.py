"""Markdown links in the text: finding, hiding and reading them as sources.

An address of "#" or nothing is how a newsletter shows a link whose address got
lost: it reads as unknown, "".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .document import Source

LINK = re.compile(r"\[([^\[\]]{1,400})\]\(([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,400})?)\)")
BARE = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]，。；]{3,2000}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its place in the text; `url` is "" where the address is unknown."""

    start: int
    end: int
    label: str
    url: str

    def as_source(self) -> Source:
        """The link as a named source."""
        return Source(self.label.strip(" *_"), self.url)


def address(printed: str) -> str:
    """The address as far as it is one: "" for "#" and other places in the page."""
    return "" if printed.startswith("#") else printed


def find_links(text: str) -> Iterator[Link]:
    """The Markdown links in `text`, in order."""
    if "](" not in text:
        return
    for match in LINK.finditer(text):
        yield Link(match.start(), match.end(), match[1], address(match[2]))


def hidden_addresses(text: str) -> str:
    """The text with each link's address blanked out, every other place kept where it is."""
    if "](" not in text:
        return text
    return LINK.sub(lambda match: f"[{match[1]}]" + " " * (len(match[0]) - len(match[1]) - 2), text)


def unlinked(text: str) -> str:
    """The text as read: each link replaced by its words."""
    return LINK.sub(r"\1", text) if "](" in text else text
