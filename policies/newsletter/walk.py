"""Where the walk through an issue's lines stands, and what it has sorted so far.

`outline` leads the walk; `toplines` and `notelines` take the lines of long
items and of news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .document import CORPORATE_NEWS, POLICY_NEWS
from .drafts import NoteDraft, Outline, Part, Piece, TopDraft
from .rows import DateLabel, Row
from .sections import AUTHORS, EDITORS, NOTEWORTHY

MASTHEAD = "masthead"
NEWS = (POLICY_NEWS, CORPORATE_NEWS, NOTEWORTHY)
PEOPLE = (AUTHORS, EDITORS)


@dataclass(slots=True)
class Walk:
    """The section, the open item and its open part, and everything sorted."""

    rows: Sequence[Row]
    outline: Outline
    section: str = MASTHEAD
    item: TopDraft | NoteDraft | None = None
    part: Part | None = None
    seen_section: bool = False
    doubted: set[str] = field(default_factory=set)
    # The date of a line of its own, which the notes below it have.
    day: DateLabel | None = None

    def following(self, index: int) -> Row | None:
        """The row after the one at `index`, if there is one."""
        return self.rows[index + 1] if index + 1 < len(self.rows) else None

    def leave(self, row: Row, furniture: bool = False, doubt: str = "") -> None:
        """List the row as left over."""
        self.outline.leave(row.number, row.text, furniture, doubt)

    def close(self, section: str) -> None:
        """Go on in another section, with no item open."""
        self.section, self.item, self.part, self.day = section, None, None, None


def as_piece(row: Row, text: str | None = None, bullet: bool = False) -> Piece:
    """The row as a piece of an item, with the text that is left of it."""
    return Piece(row.number, row.text if text is None else text, row.gap, bullet, row.line.indent)


def wraps_dash(before: str, row: Row) -> bool:
    """Whether a dash at the start of the row goes on with a sentence and marks no bullet."""
    if row.gap or row.bullet is None or not before or before[-1] in '.:;!?。：；…)"”）':
        return False
    return row.text[0] in "–—·" or (row.text[0] == "-" and row.bullet[0].islower())
