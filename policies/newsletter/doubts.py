"""Doubts that show only when an item or the whole issue is looked at at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from .document import TARGET, TOP, Item
from .document import Warning as Doubt
from .issuers import OTHERS, split_bodies
from .lines import Line
from .numbers import WORDS
from .points import LONGEST
from .quantities import has_unread_digits

# Where a summary says who else issued, in characters from its start.
OPENING = 600
NO_ADDRESS = re.compile(r"\]\(#[^()\s]{0,80}\)|\]\(\)")


def link_doubts(lines: Iterable[Line]) -> list[Doubt]:
    """A warning for each line with links that have no address."""
    found = []
    for line in lines:
        count = len(NO_ADDRESS.findall(line.text)) if "](" in line.text else 0
        if count:
            links = (
                "a link without an address" if count == 1 else f"{count} links without an address"
            )
            found.append(Doubt(line.number, links))
    return found


def item_doubts(items: Sequence[Item]) -> list[Doubt]:
    """Warnings about figures, counts of bodies, repeated headlines and dates out of order."""
    found: list[Doubt] = []
    seen: dict[str, int] = {}
    for item in items:
        for point in item.points:
            if (
                point.kind == TARGET
                and len(point.text) <= LONGEST
                and has_unread_digits(point.text)
            ):
                found.append(Doubt(point.lines[0], "a target has a figure that is not understood"))
        found += _count_doubt(item)
        key = item.headline.casefold()
        if key and key in seen:
            found.append(Doubt(item.lines[0], f"the headline stands at line {seen[key]} already"))
        seen.setdefault(key, item.lines[0])
    return found + _order_doubts(items)


def _count_doubt(item: Item) -> list[Doubt]:
    if item.section != TOP or not item.issuing_bodies:
        return []
    match = OTHERS.search(item.summary, 0, OPENING)
    if not match:
        return []
    word = (match["count"] or "").casefold()
    count = int(word) if word.isdecimal() and len(word) < 4 else WORDS.get(word)
    named = len(item.issuing_bodies)
    before = item.summary[: match.start()].rsplit(". ", 1)[-1]
    listed = len(split_bodies(before.strip(" ,")))
    in_brackets = before.count("(") > before.count(")")
    if count is None or in_brackets or named in (count + 1, count + listed):
        return []
    said = f"the summary speaks of {word} other bodies, the list names {named}"
    return [Doubt(item.lines[0], said)]


def _order_doubts(items: Sequence[Item]) -> list[Doubt]:
    found = []
    for before, item in pairwise(items):
        if item.section == TOP or before.section != item.section or not (before.date and item.date):
            continue
        if item.date.value < before.date.value:
            found.append(Doubt(item.lines[0], "the note is dated before the one above it"))
    return found
