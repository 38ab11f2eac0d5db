"""The texts of an item that proposals are read from, and how much each tells.

The comment is judgement: it is left out, unless there is nothing else to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policies.newsletter import Item
from policies.newsletter.links import unlinked

TITLE, FIRST, REST = 4.0, 1.5, 1.0
# A short note has no title: what stands before its first semicolon or full stop says what it is.
FIRST_CLAUSE = re.compile(r"[;；。]|[.!?](?= [A-Z“\"])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as a reader sees it, links as their words; `weight` says how much it tells."""

    text: str
    weight: float

    @property
    def is_title(self) -> bool:
        """Whether it names the item."""
        return self.weight == TITLE


def passages(item: Item) -> list[Passage]:
    """The titles first, then the summary, then the bullets."""
    found = [Passage(text, weight) for text, weight in _texts(item) if text.strip(" *_.,;")]
    return found or [Passage(unlinked(item.comment), REST)]


def _texts(item: Item) -> Iterator[tuple[str, float]]:
    for title in (item.title_zh, item.title_en, item.headline):
        yield unlinked(title), TITLE
    first, rest = first_clause(unlinked(item.summary))
    yield first, FIRST
    yield rest, REST
    for point in item.points:
        yield unlinked(point.heading), REST
        yield unlinked(point.text), REST


def first_clause(text: str) -> tuple[str, str]:
    """What `text` says first, and the rest."""
    end = FIRST_CLAUSE.search(text)
    return (text[: end.start()], text[end.start() :]) if end else (text, "")
