"""What each line looks like by itself: label, section heading, bullet, dated note.

The outline decides from these looks and from the neighbours what a line is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .datewords import DateWords, date_at
from .labels import GLANCE, Label, find_label
from .lines import Line
from .marks import after_bullet, after_number, undecorated
from .sections import find_section

MARK = re.compile(r"[*_]{0,3}\s?")
SEPARATOR = re.compile(
    r"(?:\s?(?:-|–|—|to|and|&)\s?(?P<last>[0-9]{1,2}))?\s?[*_]{0,3}\s?[:：|][*_]{0,3}\s?"
)
DASH = re.compile(r"[*_]{0,3}\s?[–—]\s?|[*_]{1,3}\s?-?\s?|\s-\s")


@dataclass(frozen=True, slots=True)
class DateLabel:
    """The date that a note begins with, and where the note's text begins."""

    words: DateWords
    end: int
    spans_days: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line with its looks; `bullet` and `numbered` hold the text after the mark."""

    line: Line
    label: Label | None
    section: str | None
    bullet: str | None
    numbered: tuple[int, str] | None
    dated: DateLabel | None

    @property
    def number(self) -> int:
        """The number of the line in the source."""
        return self.line.number

    @property
    def text(self) -> str:
        """The line as cleaned."""
        return self.line.text

    @property
    def gap(self) -> bool:
        """Whether a blank line stands before it."""
        return self.line.gap

    @property
    def body(self) -> str:
        """The line without its bullet mark or list number."""
        if self.bullet is not None:
            return self.bullet
        return self.numbered[1] if self.numbered else self.line.text

    @property
    def is_glance(self) -> bool:
        """Whether the line opens the summary of a long item."""
        return self.label is not None and self.label.kind == GLANCE

    @property
    def is_plain(self) -> bool:
        """Whether the line has no look of its own."""
        return not (self.label or self.section or self.numbered or self.dated) and (
            self.bullet is None
        )


def read_row(line: Line) -> Row:
    """The looks of one line."""
    bullet = after_bullet(line.text)
    if bullet is not None:
        return Row(line, None, None, bullet, None, date_label(bullet, alone=True))
    numbered = after_number(undecorated(line.text))
    dated = date_label(line.text) or (date_label(numbered[1]) if numbered else None)
    label = None if dated else find_label(line.text)
    section = None if label else find_section(line.text)
    return Row(line, label, section, None, numbered, dated)


def date_label(text: str, *, alone: bool = False) -> DateLabel | None:
    """The date label ("*April 2:*", "2 April:", "4月2日：") that `text` begins with, or None.

    With `alone` a day that is all of `text` is one too.
    """
    head = text[:60]
    start = MARK.match(head).end()  # type: ignore[union-attr]
    words = date_at(head, start)
    if words is None or words.quarter:
        return None
    if alone and words.day is not None and words.end == len(text):
        return DateLabel(words, words.end)
    match = SEPARATOR.match(text, words.end)
    if match:
        return DateLabel(words, match.end(), match["last"] is not None)
    dash = DASH.match(text, words.end)
    if dash and words.day is not None and (start or dash[0].strip() in {"–", "—", "-"}):
        return DateLabel(words, dash.end())
    return None
