"""Bullets at the start of a line, set as a letter or drawn as a dot."""

from __future__ import annotations

from dataclasses import dataclass

from .boxes import Box
from .glyphs import Glyph

# The last four are letters of Symbol and Wingdings, in the area for private use.
CERTAIN = frozenset("•●▪◦‣■□►➢➤✓❖○∙⁃\uf0b7\uf0a7\uf0d8\uf0fc")
DASHES = frozenset("-–—*·\uf02d")
# How far left of its text a drawn bullet may stand, in sizes of the text.
REACH = 3.0


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bullet: its mark, where it stands, how many glyphs of the line it takes.

    A dash may be a bullet or the middle of a sentence: it is not `certain`.
    """

    mark: str
    x0: float
    glyphs: int
    certain: bool


def set_bullet(row: list[Glyph]) -> Bullet | None:
    """The bullet that opens a row of glyphs, if a space follows it."""
    if len(row) < 3 or row[1].text != " ":
        return None
    mark = row[0].text
    if mark == "\ufffd":
        mark = "•"
    if mark not in CERTAIN and mark not in DASHES:
        return None
    return Bullet(mark, row[0].x0, 2, mark in CERTAIN or mark == "-")


def drawn_bullet(dots: list[Box], first: Glyph) -> Bullet | None:
    """The dot that stands left of the first glyph of a line, at its middle."""
    for dot in dots:
        near = 0 <= first.x0 - dot.x1 <= REACH * first.size
        middle = (dot.top + dot.bottom) / 2
        if near and first.base - 0.9 * first.size <= middle <= first.base + 0.05 * first.size:
            return Bullet("•", dot.x0, 0, certain=True)
    return None
