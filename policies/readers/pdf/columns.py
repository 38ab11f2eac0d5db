"""Pages set in two columns, taken apart so that each column is read by itself.

A gutter is a strip that hardly any row crosses, with text on both sides.
What crosses it, such as a headline over both columns, is read between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median, median_low

from .glyphs import Glyph

Row = list[Glyph]

# The gutter's width in sizes of the letters, and where on the page it can be.
GUTTER = 1.0
FROM, TO, STEP = 0.35, 0.65, 2.0
# How many rows each column has at least, how full they are, and how many may cross: one in ...
FEWEST, FULL, CROSSING = 8, 0.6, 4
# How many letters its rows have; the labels of a table and the numbers of pages have fewer.
LETTERS, WORDS = 20, 8
# A row this far from the next, in usual distances, is a header or a footer.
APART = 1.8


@dataclass(slots=True)
class Part:
    """Rows to be read together; `left` is where they begin, in points."""

    left: float = 0.0
    rows: list[Row] = field(default_factory=list)


def gutter_of(pages: Iterable[Sequence[Row]]) -> float | None:
    """Where the gutter of a document is, or None for one of a single column."""
    found = [gutter for rows in pages if (gutter := _gutter(filled(rows))) is not None]
    return median_low(found) if found else None


def filled(rows: Iterable[Row]) -> list[Row]:
    """The rows that hold more than space."""
    return [row for row in rows if any(glyph.text.strip() for glyph in row)]


def parts_of(rows: Sequence[Row], gutter: float | None) -> list[Part]:
    """The parts of a page in reading order: one of all `rows` where no columns are."""
    rows = filled(rows)
    if gutter is None or sum(_crosses(row, gutter) for row in rows) * CROSSING > len(rows):
        return [Part(rows=list(rows))]
    edges = _edges(rows)
    parts: list[Part] = []
    left, right, wide = Part(), Part(), Part()
    for row in rows:
        if row in edges or _crosses(row, gutter):
            parts += [left, right]
            left, right = Part(), Part()
            wide.rows.append(row)
            continue
        parts.append(wide)
        wide = Part()
        for part, side in ((left, _before(row, gutter)), (right, _behind(row, gutter))):
            if side:
                part.rows.append(side)
    return [_placed(part) for part in (*parts, wide, left, right) if part.rows]


def _placed(part: Part) -> Part:
    part.left = min(row[0].x0 for row in part.rows)
    return part


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where the gutter is, or None for a page of one column."""
    if len(rows) < FEWEST:
        return None
    low, high = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    place = low + FROM * (high - low)
    found: list[tuple[int, float]] = []
    while place <= low + TO * (high - low):
        crossing = sum(_crosses(row, place) for row in rows)
        if crossing * CROSSING <= len(rows) and _is_text(rows, place):
            found.append((crossing, place))
        place += STEP
    if not found:
        return None
    best = [place for crossing, place in found if crossing == min(found)[0]]
    return best[len(best) // 2]


def _is_text(rows: Sequence[Row], gutter: float) -> bool:
    """Whether text stands on both sides: full lines on the left, words on the right."""
    apart = [row for row in rows if not _crosses(row, gutter)]
    left = [part for row in apart if (part := _before(row, gutter))]
    right = [part for row in apart if (part := _behind(row, gutter))]
    if min(len(left), len(right)) < FEWEST:
        return False
    wide = max(row[-1].x1 for row in left) - min(row[0].x0 for row in left)
    if median(row[-1].x1 - row[0].x0 for row in left) < FULL * wide:
        return False
    return median(map(len, left)) >= LETTERS and median(map(len, right)) >= WORDS


def _crosses(row: Row, gutter: float) -> bool:
    """Whether a word or the space between two words stands over the gutter."""
    letters = [glyph for glyph in row if glyph.text.strip()]
    if any(glyph.x0 < gutter < glyph.x1 for glyph in letters):
        return True
    return any(
        before.x1 <= gutter <= glyph.x0 and glyph.x0 - before.x1 < GUTTER * glyph.size
        for before, glyph in pairwise(letters)
    )


def _before(row: Row, gutter: float) -> Row:
    return _stripped(glyph for glyph in row if glyph.x0 < gutter)


def _behind(row: Row, gutter: float) -> Row:
    return _stripped(glyph for glyph in row if glyph.x0 >= gutter)


def _stripped(glyphs: Iterable[Glyph]) -> Row:
    row = list(glyphs)
    while row and not row[-1].text.strip():
        row.pop()
    while row and not row[0].text.strip():
        row.pop(0)
    return row


def _edges(rows: Sequence[Row]) -> list[Row]:
    """The header and the footer: the first and last row, if they stand apart."""
    if len(rows) < 3:
        return []
    steps = [row[0].base - before[0].base for before, row in pairwise(rows)]
    usual = median(step for step in steps if step > 0) if any(step > 0 for step in steps) else 0.0
    first = [rows[0]] if steps[0] > APART * usual else []
    return first + ([rows[-1]] if steps[-1] > APART * usual else [])
