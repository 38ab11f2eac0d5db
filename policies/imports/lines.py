"""The source as its editors read it: each line with where it went."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from policies.intake.pairing import item_key
from policies.newsletter import ParsedIssue

from .fields import PLACES, kinds_of, label_of

_ITEM = re.compile(r"items\[(\d+)\]\.(\w+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source.

    `key` names the item that it went into, `where` the field in words, `place` as the
    parser calls it, `field` as the card does.
    """

    number: int
    text: str
    key: str = ""
    where: str = ""
    place: str = ""
    field: str = ""
    is_left: bool = False
    is_furniture: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Lines in a row that went into the same item, or into none."""

    key: str
    label: str
    lines: tuple[SourceLine, ...]


class Source:
    """All lines of a text, each sorted by where the parser put it."""

    def __init__(self, text: str, parsed: ParsedIssue) -> None:
        self._places = {row.line: row.field for row in parsed.placements}
        self._keys = [item_key(item) for item in parsed.items]
        self._labels = {item_key(item): label_of(item) for item in parsed.items}
        self._fields = {
            (item_key(item), kind.place): kind.name
            for item in parsed.items
            for kind in reversed(kinds_of(item.section))
        }
        self._left = {row.line: row for row in parsed.leftovers}
        self.texts = text.split("\n")

    def blocks(self, first: int, last: int) -> list[Block]:
        """The lines from `first` to `last`, blank ones within an item among its own."""
        lines = [self.line(number) for number in range(first, min(last, len(self.texts)) + 1)]
        return [
            Block(key, self._labels.get(key, ""), tuple(rows))
            for key, rows in groupby(_joined(lines), lambda row: row.key)
        ]

    def line(self, number: int) -> SourceLine:
        """One line, counted from 1."""
        text, left = self.texts[number - 1], self._left.get(number)
        if left is not None:
            return SourceLine(number, text, is_left=not left.furniture, is_furniture=left.furniture)
        place = self._places.get(number, "")
        found = _ITEM.match(place)
        if found:
            key = self._keys[int(found[1])]
            field = self._fields.get((key, found[2]), found[2])
            return SourceLine(number, text, key, _words(found[2], found[3]), found[2], field)
        return SourceLine(number, text, where=_words(*_head(place)))

    def field_lines(self) -> dict[tuple[str, str], int]:
        """The first line of each field of each item, by item key and placement."""
        found: dict[tuple[str, str], int] = {}
        for line, place in sorted(self._places.items()):
            match = _ITEM.match(place)
            if match:
                name = f"{match[2]}:{match[3]}" if match[3] else match[2]
                found.setdefault((self._keys[int(match[1])], name), line)
        return found


def _head(place: str) -> tuple[str, str | None]:
    match = re.match(r"(\w+)(?:\[(\d+)\])?", place)
    return (match[1], match[2]) if match else ("", None)


def _words(name: str, number: str | None) -> str:
    words = PLACES.get(name, name.replace("_", " "))
    return f"{words} {int(number) + 1}" if number and name == "points" else words


def _joined(lines: Iterable[SourceLine]) -> Iterable[SourceLine]:
    """The lines, blank ones between two of one item counted as that item's."""
    waiting: list[SourceLine] = []
    before = ""
    for line in lines:
        if not line.text.strip() and not line.key:
            waiting.append(line)
            continue
        inside = line.key == before
        yield from (
            SourceLine(blank.number, blank.text, before if inside else "") for blank in waiting
        )
        waiting, before = [], line.key
        yield line
    yield from waiting
