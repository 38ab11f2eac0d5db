"""Sorting the lines of an issue: masthead, items, notes, people, imprint, leftovers.

Walks the rows once. Every row ends in exactly one draft, heading or leftover.
Inside a long item `toplines` decides, inside the news `notelines`.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import notelines, toplines
from .contents import contents_lines
from .drafts import NoteDraft, Outline, TopDraft
from .furniture import heads_mail, is_contact, is_page_mark, running_lines
from .lines import Line
from .masthead import names_period
from .people import people_on
from .rows import Row, read_row
from .sections import CONTENTS, KINDS, NOTEWORTHY, PUBLISHER, UNKNOWN, split_people_line
from .walk import MASTHEAD, NEWS, PEOPLE, Walk, as_piece

SENTENCE = 120


def sort_lines(lines: Sequence[Line]) -> Outline:
    """Every line of the issue, sorted."""
    every = [read_row(line) for line in lines]
    furniture = running_lines(every) | contents_lines(every)
    outline = Outline()
    kept: list[Row] = []
    for index, row in enumerate(every):
        if index in furniture or _is_mark(every, index):
            outline.leave(row.number, row.text, furniture=True)
        else:
            kept.append(row)
    walk = Walk(kept, outline)
    index = 0
    while index < len(kept):
        index += _take(walk, index)
    return outline


def _take(walk: Walk, index: int) -> int:
    """Sort the row at `index`; gives how many rows were sorted."""
    row = walk.rows[index]
    if row.section and _is_heading(walk, index):
        _enter(walk, row)
        return 1
    if _take_people(walk, row):
        return 1
    count = toplines.headline_rows(walk, index)
    if count:
        toplines.open_item(walk, index, count)
        return count
    if toplines.opens_without_headline(walk, row):
        toplines.open_without_headline(walk, row)
    if notelines.is_day(walk, row):
        notelines.open_day(walk, row)
    elif notelines.opens_note(walk, index):
        notelines.open_note(walk, row)
    elif notelines.is_unknown_heading(walk, index):
        walk.close(UNKNOWN)
        walk.leave(row, doubt="unknown section; its lines are left over")
    elif isinstance(walk.item, TopDraft):
        toplines.add_line(walk, walk.item, row)
    elif isinstance(walk.item, NoteDraft):
        notelines.add_line(walk, walk.item, row)
    else:
        _add_elsewhere(walk, row)
    return 1


def _is_heading(walk: Walk, index: int) -> bool:
    row = walk.rows[index]
    if row.text[0].islower():
        return row.gap or walk.item is None
    if row.gap or row.text.isupper() or not row.text[0].isalpha() or row.text[-1] in ":：":
        return True
    if walk.section in PEOPLE and row.section in PEOPLE:
        return False
    following = walk.following(index)
    return following is None or following.gap or not following.is_plain or " " in row.text


def _enter(walk: Walk, row: Row) -> None:
    walk.outline.headings.append(row.number)
    walk.seen_section = True
    section = row.section or UNKNOWN
    if section == walk.section or (section == NOTEWORTHY and walk.section in NEWS):
        # A heading repeated at the top of a page interrupts nothing.
        return
    walk.close(section)
    if section in PEOPLE:
        walk.outline.people.append((row.text, []))


def _take_people(walk: Walk, row: Row) -> bool:
    """Sort a line that holds a heading and names at once ("Authors: Ada Example")."""
    found = split_people_line(row.text) if row.gap or walk.section in PEOPLE else None
    if not found:
        return False
    heading, rest = found
    section = KINDS[heading.casefold()]
    if section == PUBLISHER and not isinstance(walk.item, TopDraft) and not walk.outline.imprint:
        walk.outline.imprint.append(as_piece(row, rest))
    elif section in PEOPLE and people_on(rest):
        walk.outline.people.append((heading, [as_piece(row, rest)]))
    else:
        return False
    walk.close(section)
    return True


def _add_elsewhere(walk: Walk, row: Row) -> None:
    short = len(row.text) <= SENTENCE
    if walk.section == MASTHEAD and heads_mail(row.text):
        _restart(walk)
        walk.leave(row, furniture=True)
    elif is_contact(row.text):
        walk.leave(row, furniture=True)
    elif walk.section == MASTHEAD or names_period(row.text):
        walk.outline.masthead.append(as_piece(row))
    elif walk.section in PEOPLE and short:
        walk.outline.people[-1][1].append(as_piece(row))
    elif walk.section == PUBLISHER and not walk.outline.imprint:
        walk.outline.imprint.append(as_piece(row))
    elif walk.section in (PUBLISHER, CONTENTS) and short:
        walk.leave(row, furniture=True)
    elif walk.section == UNKNOWN:
        walk.leave(row)
    else:
        walk.leave(row, doubt="not understood: belongs to no item")


def _restart(walk: Walk) -> None:
    """Leave over what stands before a forwarded issue."""
    for piece in walk.outline.masthead:
        walk.outline.leave(piece.line, piece.text, doubt="stands before the forwarded issue")
    walk.outline.masthead.clear()


def _is_mark(rows: Sequence[Row], index: int) -> bool:
    text = rows[index].text
    if not is_page_mark(text):
        return text.startswith(("©", "Copyright ©")) and is_contact(text)
    before = rows[index - 1] if index else None
    return not (before and before.label and not before.label.value)
