"""The lines of long items: where one begins, and which part each line belongs to."""

from __future__ import annotations

import re

from . import labels
from .datewords import first_date
from .document import TOP
from .document import Warning as Doubt
from .drafts import Part, Piece, TopDraft
from .headlines import before_glance, is_numbered_headline
from .labels import Label
from .lines import HAN
from .marks import after_number, is_heading_mark, undecorated
from .rows import Row
from .walk import Walk, as_piece, wraps_dash

PROSE = (labels.GLANCE, labels.COMMENT)
DATES = (labels.DATE, labels.DOCUMENT_DATE, labels.EFFECTIVE, labels.NUMBER)
LONGEST_VALUE = 40
YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9])")
ENDS = (".", "!", "?", ")", "。", "！", "？", "）", "”", '"')
NAMES = {
    labels.ARTICLE: "document",
    labels.BODIES: "list of issuing bodies",
    labels.DATE: "date",
    labels.NUMBER: "document number",
    labels.DOCUMENT_DATE: "document date",
    labels.EFFECTIVE: "effective date",
    labels.LINK: "link",
    labels.SOURCES: "list of sources",
}


def headline_rows(walk: Walk, index: int) -> int:
    """How many rows from `index` on are the headline of a new long item; 0 if none."""
    row = walk.rows[index]
    item = walk.item
    described = isinstance(item, TopDraft) and _has_record(item)
    count = before_glance(walk.rows, index)
    if count and row.is_plain and walk.part and not walk.part.pieces:
        # The value of a label that stands on a line of its own.
        return 0
    if count:
        if row.numbered or is_heading_mark(row.text) or described:
            return count
        begun = isinstance(item, TopDraft) and not _has_prose(item)
        return count if row.gap and not begun else 0
    if walk.section != TOP or not (item is None or described):
        return 0
    if item is None and is_heading_mark(row.text) and row.is_plain:
        return 1
    return 1 if is_numbered_headline(walk.rows, index) else 0


def open_item(walk: Walk, index: int, count: int) -> None:
    """Open a long item with the headline in the given rows."""
    rows = walk.rows[index : index + count]
    draft = TopDraft(rows[0].number, numbered=rows[0].numbered is not None)
    for row in rows:
        text = undecorated(row.text)
        numbered = after_number(text) if row is rows[0] else None
        draft.headline.append(as_piece(row, undecorated(numbered[1]) if numbered else text))
    _open(walk, draft)


def opens_without_headline(walk: Walk, row: Row) -> bool:
    """Whether "At a glance:" opens an item although no headline stands before it."""
    if not (row.label and row.label.opens):
        return False
    item = walk.item
    return not isinstance(item, TopDraft) or (labels.GLANCE in item.parts and _has_record(item))


def open_without_headline(walk: Walk, row: Row) -> None:
    """Open a long item at its "At a glance:" label."""
    _open(walk, TopDraft(row.number))
    walk.outline.warnings.append(Doubt(row.number, "no headline before the summary"))


def add_line(walk: Walk, item: TopDraft, row: Row) -> None:
    """Add a row to the open long item, or leave it over where it fits nowhere."""
    if row.label and _is_label(walk, row):
        _add_label(walk, item, row, row.label)
    elif walk.part is None and item.parts:
        walk.leave(row)
    elif walk.part is None or walk.part.kind in PROSE:
        _add_prose(walk, item, row)
    elif _goes_on(walk.part, row):
        listed = row.bullet is not None and walk.part.kind == labels.BODIES
        walk.part.pieces.append(as_piece(row, f"{row.bullet};" if listed else None))
    else:
        walk.leave(row, doubt="not understood: stands after the item's last label")


def _open(walk: Walk, draft: TopDraft) -> None:
    walk.close(TOP)
    walk.outline.items.append(draft)
    walk.item = draft


def _has_record(item: TopDraft) -> bool:
    return any(kind not in PROSE for kind in item.parts)


def _has_prose(item: TopDraft) -> bool:
    return any(part.words for part in item.parts.values())


def _is_label(walk: Walk, row: Row) -> bool:
    if row.gap or walk.part is None:
        return True
    if row.text[0].islower() and walk.part.kind in PROSE:
        # "summary:" can stand in the middle of a sentence.
        return not walk.part.pieces or walk.part.pieces[-1].text.endswith(ENDS)
    if ":" in row.text or "：" in row.text:
        return True
    kind = row.label.kind if row.label else ""
    return kind in PROSE or walk.part.kind not in PROSE


def _add_label(walk: Walk, item: TopDraft, row: Row, label: Label) -> None:
    piece = as_piece(row, label.value)
    known = item.parts.get(label.kind)
    if known and known.pieces and label.kind not in PROSE:
        walk.part = None
        walk.leave(row, doubt=f"a second {NAMES[label.kind]} in one item")
        return
    if known:
        other = label.signer.casefold() != known.signer.casefold()
        text = row.text if other else label.value
        if text:
            known.pieces.append(Piece(row.number, text, gap=True))
        else:
            known.extra.append(row.number)
        walk.part = known
        return
    part = Part(label.kind, row.number, label.words, label.signer)
    if label.value:
        part.pieces.append(piece)
    item.parts[label.kind] = walk.part = part


def _add_prose(walk: Walk, item: TopDraft, row: Row) -> None:
    if walk.part is None:
        walk.part = item.parts[labels.GLANCE] = Part(labels.GLANCE, row.number)
    pieces = walk.part.pieces
    before = pieces[-1] if pieces else None
    listed = before is None or before.bullet or row.gap or before.text.endswith((":", "："))
    marked = walk.part.mark == row.text[0]
    if row.bullet is not None and (marked or not wraps_dash(before.text if before else "", row)):
        walk.part.mark = row.text[0]
        pieces.append(as_piece(row, row.bullet, bullet=True))
    elif row.numbered and listed:
        pieces.append(as_piece(row, row.numbered[1], bullet=True))
    else:
        pieces.append(as_piece(row))


def _goes_on(part: Part, row: Row) -> bool:
    if len(part.pieces) > LONGEST_VALUE:
        return False
    text = " ".join(piece.text for piece in part.pieces)
    if not text:
        return True
    if part.kind in DATES:
        words = first_date(text)
        lacks_year = words is not None and words.year is None and YEAR.match(row.text) is not None
        return lacks_year or not (words or part.kind == labels.NUMBER)
    if not row.gap:
        return True
    if part.kind == labels.BODIES:
        return text.endswith((",", "、", "，", " and", ";"))
    if part.kind != labels.ARTICLE:
        return False
    unclosed = text.count("(") + text.count("（") > text.count(")") + text.count("）")
    starts_title = row.text[0] in "(（[《" or HAN.match(row.text) is not None
    return unclosed or (starts_title and HAN.search(text) is None)
