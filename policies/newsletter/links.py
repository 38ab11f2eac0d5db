"""Markdown links in the text: finding, hiding and reading them as sources.

An address of "#" or nothing is how a newsletter shows a link whose address got
lost: it reads as unknown, "". So does what is no web address, such as a path or a script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .document import Source

LINK = re.compile(r"\[([^\[\]]{1,400})\]\(([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,400})?)\)")
END = re.compile(r"\]\(([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,400})?)\)")
LONGEST_LABEL = 400
# As records take them: http or https, and a host with a name of its own or an address in figures.
_PART = r"[a-z0-9\u00a1-\uffff](?:[a-z0-9\u00a1-\uffff-]{0,61}[a-z0-9\u00a1-\uffff])?"
_TOP = r"(?!-)(?:[a-z\u00a1-\uffff-]{2,63}|xn--[a-z0-9]{1,59})(?<!-)"
_FIGURES = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
WEB = re.compile(
    r"https?://(?:[^\s:@/]{1,100}(?::[^\s:@/]{0,100})?@)?"
    rf"(?:{_FIGURES}(?:\.{_FIGURES}){{3}}|(?:{_PART}\.){{1,20}}{_TOP}\.?)"
    r"(?::[0-9]{1,5})?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
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
    """The address as far as it is one: "" for "#", for paths, scripts, and all without a host."""
    return printed if WEB.fullmatch(printed) else ""


def is_lost(printed: str) -> bool:
    """Whether a link says itself that its address got lost: "#", a place in the page, nothing."""
    return not printed or printed.startswith("#")


def unaddressed(line: str) -> Iterator[tuple[str, str]]:
    """The links that end on `line` without an address: the words on it, and what is printed.

    A link's words may begin on an earlier line.
    """
    if "](" not in line:
        return
    for match in END.finditer(line):
        if not address(match[1]):
            before = line[max(0, match.start() - LONGEST_LABEL) : match.start()]
            yield before.rpartition("[")[2], match[1]


class LinkLines:
    """On which of the lines from `first` to `last` of `texts` links without an address end."""

    def __init__(self, texts: Sequence[str], first: int, last: int) -> None:
        self._left = [
            (number, words)
            for number, line in enumerate(texts[first - 1 : last], first)
            for words, _ in unaddressed(line)
        ]

    def take(self, label: str) -> int | None:
        """The first line that ends a link called `label` and was not taken yet."""
        for row in self._left:
            if label.endswith(row[1].strip()):
                self._left.remove(row)
                return row[0]
        return None


def find_links(text: str) -> Iterator[Link]:
    """The Markdown links in `text`, in order."""
    if "](" not in text:
        return
    for match in LINK.finditer(text):
        yield Link(match.start(), match.end(), match[1], address(match[2]))


def without_address(text: str) -> list[Link]:
    """The links of a text that lack an address."""
    return [link for link in find_links(text) if not link.url]


def addressed(text: str, addresses: Mapping[int, str]) -> str:
    """`text` with an address for links that lack one, by their number among these, from 0."""
    for number, link in reversed(list(enumerate(without_address(text)))):
        if number in addresses:
            # A bracket would end the address.
            url = addresses[number].replace("(", "%28").replace(")", "%29")
            text = f"{text[: link.start]}[{link.label}]({url}){text[link.end :]}"
    return text


def hidden_addresses(text: str) -> str:
    """The text with each link's address blanked out, every other place kept where it is."""
    if "](" not in text:
        return text
    return LINK.sub(lambda match: f"[{match[1]}]" + " " * (len(match[0]) - len(match[1]) - 2), text)


def unlinked(text: str) -> str:
    """The text as read: each link replaced by its words."""
    return LINK.sub(r"\1", text) if "](" in text else text
