"""Which lines are the headline of a long item.

A headline has a number or stands directly before "At a glance:". A numbered
line is otherwise a bullet; which it is shows only in what follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from .labels import OPENERS
from .marks import is_heading_mark
from .rows import Row

WRAPPED = 3
LONGEST = 300


def before_glance(rows: Sequence[Row], index: int) -> int:
    """How many lines from `index` on form a headline that "At a glance:" follows; 0 if none."""
    if not _can_begin(rows[index]):
        return 0
    length = len(rows[index].text)
    for count in range(1, WRAPPED + 1):
        if index + count >= len(rows):
            return 0
        row = rows[index + count]
        if row.is_glance and row.label:
            words = row.label.words.casefold()
            return count if words in OPENERS or rows[index].numbered else 0
        length += len(row.text)
        if row.gap or not row.is_plain or length > LONGEST:
            return 0
    return 0


def is_numbered_headline(rows: Sequence[Row], index: int) -> bool:
    """Whether a line may head an item by its number alone: no list goes on after it."""
    row = rows[index]
    if not row.numbered or row.text.startswith("(") or len(row.text) > LONGEST:
        return False
    following = rows[index + 1] if index + 1 < len(rows) else None
    return following is not None and not following.numbered


def _can_begin(row: Row) -> bool:
    if row.label or row.section or row.dated or row.bullet is not None:
        return False
    if len(row.text) > LONGEST:
        return False
    if row.numbered or is_heading_mark(row.text):
        return True
    return not row.text.endswith((".", ",", ";", "。", "；"))
