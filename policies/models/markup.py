"""Markdown as every page reads it, and what it says as plain text.

Pages make HTML of it, titles, citations and mails plain text. Both ask the reader here, so
that they agree on what is markup and what is a sign that somebody typed: the asterisk of
`3*4` is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .links import followable

# The address of a link whose address is not known.
UNKNOWN = "#"
# Lines without anything that Markdown could take for more than words. Most are.
WORDS = re.compile(r"(?:[^\W\d_][^*_`\[\]<>&\\\n\r\0]*(?:\n+|\Z))+")
# A link of which no more can be thought than that it is one.
LINK = re.compile(r"\[([^*_`\[\]<>&\\\n\r\0]+)\]\(https?://[\w./?=%#~,:;+-]+\)", re.ASCII)


def _allowed(address: str) -> bool:
    return address == UNKNOWN or followable(address) != ""


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).disable("image")
    reader.validateLink = _allowed  # type: ignore[method-assign, assignment]
    return reader


MARKDOWN = _reader()


def plain(text: str) -> str:
    """What a Markdown text says, in one line: its markup goes, every other sign stays."""
    words = LINK.sub(r"\1", text) if "](" in text else text
    read = [words] if WORDS.fullmatch(words) else _words(MARKDOWN.parse(text))
    return " ".join("".join(read).split())


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.children is not None:
            yield from _words(token.children)
            yield " "
        elif token.type == "list_item_open" and token.info:
            # The number of a list's item is a part of what it says.
            yield f"{token.info}{token.markup} "
        else:
            yield token.content or (" " if token.type.endswith("break") else "")
