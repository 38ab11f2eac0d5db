"""The lines of the short dated notes: where one begins, and where it goes on."""

from __future__ import annotations

from .datewords import date_at
from .document import POLICY_NEWS
from .document import Warning as Doubt
from .drafts import NoteDraft, TopDraft
from .labels import ARTICLE, BODIES, DATE
from .marks import is_heading_mark, undecorated
from .rows import DateLabel, Row
from .sections import NOTEWORTHY, UNKNOWN
from .walk import NEWS, PEOPLE, Walk, as_piece, wraps_dash

FINISHED = (".", ")", "。", "）", "!", "?", ").", "]")
HEADING = 60


def opens_note(walk: Walk, index: int) -> bool:
    """Whether a note begins at the row: a dated line, or a bullet among the news."""
    row, item = walk.rows[index], walk.item
    if row.dated:
        return walk.section in NEWS or (walk.section != UNKNOWN and _is_stray_note(walk, row))
    if walk.section not in NEWS or isinstance(item, TopDraft):
        return False
    if row.bullet is not None:
        before = item.pieces[-1].text if item else ""
        return item is None or (row.line.indent <= item.indent and not wraps_dash(before, row))
    return row.numbered is not None and (item is None or _is_finished(item))


def is_day(walk: Walk, row: Row) -> bool:
    """Whether the row is only a date, that of the notes below it."""
    if walk.section not in NEWS or not (row.gap and row.is_plain):
        return False
    words = undecorated(row.text).rstrip(":：")
    found = date_at(words, 0)
    return found is not None and found.day is not None and found.end == len(words)


def open_day(walk: Walk, row: Row) -> None:
    """Give the notes that follow the date that stands on the row."""
    words = date_at(undecorated(row.text), 0)
    walk.day = DateLabel(words, 0) if words else None
    walk.item = None
    walk.outline.headings.append(row.number)


def open_note(walk: Walk, row: Row) -> None:
    """Open a note in the section that the walk is in."""
    if walk.section not in NEWS:
        walk.close(POLICY_NEWS)
        _doubt_once(walk, row, "notes without a section heading are read as policy news")
    if walk.section == NOTEWORTHY:
        _doubt_once(walk, row, "no heading says what these notes are: read as policy news")
    section = POLICY_NEWS if walk.section == NOTEWORTHY else walk.section
    draft = NoteDraft(section, row.number, row.dated or walk.day, indent=row.line.indent)
    text = row.body[row.dated.end :] if row.dated else row.body
    draft.pieces.append(as_piece(row, text.strip()))
    walk.outline.items.append(draft)
    walk.item, walk.part = draft, None


def add_line(walk: Walk, note: NoteDraft, row: Row) -> None:
    """Add a row to the open note, or leave it over where the note has ended."""
    hangs = not row.gap or row.line.indent > note.indent
    goes_on = hangs or row.text[0].islower() or row.text[0] in "(（[" or row.bullet
    if goes_on or (not _is_finished(note) and not row.label):
        note.pieces.append(as_piece(row, row.body if row.bullet else None, bool(row.bullet)))
    else:
        walk.leave(row, doubt="not understood: stands after a note that has ended")


def is_unknown_heading(walk: Walk, index: int) -> bool:
    """Whether the row heads a section that newsletters are not known to have."""
    row, following = walk.rows[index], walk.following(index)
    if not row.is_plain or walk.section in PEOPLE or len(row.text) > HEADING:
        return False
    if following is None or row.text[0].islower() or row.text[-1] in ".,;:)。：；":
        return False
    marked = is_heading_mark(row.text)
    if not (row.gap or marked):
        return False
    strong = marked or (row.text.isupper() and row.text.isascii() and len(row.text) >= 5)
    if walk.part and not walk.part.pieces:
        return False
    if isinstance(walk.item, TopDraft):
        ended = bool({ARTICLE, BODIES, DATE} & set(walk.item.parts))
        return ended and (strong or following.dated is not None)
    if walk.section not in (*NEWS, UNKNOWN):
        return False
    return strong or following.dated is not None


def _is_finished(note: NoteDraft) -> bool:
    return note.pieces[-1].text.endswith(FINISHED)


def _is_stray_note(walk: Walk, row: Row) -> bool:
    if isinstance(walk.item, TopDraft) and not {ARTICLE, BODIES, DATE} & set(walk.item.parts):
        return False
    if row.bullet is None and row.text[0] not in "*_":
        return False
    return walk.seen_section or bool(walk.outline.items) or row.text.rstrip(". ").endswith(")")


def _doubt_once(walk: Walk, row: Row, text: str) -> None:
    if text not in walk.doubted:
        walk.doubted.add(text)
        walk.outline.warnings.append(Doubt(row.number, text))
