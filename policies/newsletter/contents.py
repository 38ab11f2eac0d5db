"""The list of contents, which repeats headings and headlines that must make no items.

Entries are known by a page number after dots, or by standing again further
down. What follows the list is left to `outline`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .headlines import before_glance
from .links import unlinked
from .marks import after_bullet, undecorated
from .rows import Row
from .sections import CONTENTS

LEADER = re.compile(r"(?:\.{3,}|…|(?:\. ){3,}|_{3,})\s?[0-9]{1,3}$")
PAGE = re.compile(r"(?:\s?(?:\.{2,}|…+|(?:\. ){2,}|_{3,}))?\s?[0-9]{1,3}$")
WRAPPED = 2


def entry_words(text: str) -> str:
    """The words of a line by which a list entry and its headline are the same."""
    bare = unlinked(text)
    bare = after_bullet(bare) or bare
    return " ".join(undecorated(bare).casefold().split()).rstrip(". …:")


def has_leader(text: str) -> bool:
    """Whether dots lead to a page number at the end of the line."""
    return LEADER.search(unlinked(text)[-40:]) is not None


def contents_lines(rows: Sequence[Row]) -> set[int]:
    """The places in `rows` of the list of contents, its heading left out."""
    last = {
        entry_words(row.text): index
        for index, row in enumerate(rows)
        if len(row.text) < 300 and row.bullet is None and not (row.label or row.dated)
    }
    found = {index for index, row in enumerate(rows) if has_leader(row.text)}
    for index, row in enumerate(rows):
        if row.section == CONTENTS:
            found.update(_block(rows, index + 1, last))
    for index, row in enumerate(rows):
        if row.numbered and index not in found and not before_glance(rows, index):
            again = last.get(entry_words(row.text), index)
            if again > index and before_glance(rows, again):
                found.add(index)
    return found


def _block(rows: Sequence[Row], start: int, last: dict[str, int]) -> list[int]:
    index = start
    block: list[int] = []
    while index < len(rows) and not rows[index].is_glance and not before_glance(rows, index):
        reach = 0 if rows[index].section else WRAPPED
        step = next((n for n in range(reach + 1) if _ends_entry(rows, index + n, last)), None)
        if step is None or any(rows[index + n].gap for n in range(1, step + 1)):
            break
        block.extend(range(index, index + step + 1))
        index += step + 1
    return block


def _ends_entry(rows: Sequence[Row], index: int, last: dict[str, int]) -> bool:
    if index >= len(rows):
        return False
    row = rows[index]
    if has_leader(row.text) or last.get(entry_words(row.text), index) > index:
        return True
    if row.section or row.label:
        return False
    text = unlinked(row.text)
    words = PAGE.sub("", text[-40:])
    return len(text) < 300 and words != text[-40:]
