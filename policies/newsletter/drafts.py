"""What the outline hands on: the lines of each item, sorted but not yet read.

A draft keeps lines; `topitems`, `notes`, `people` and `masthead` make fields
of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .document import Leftover
from .document import Warning as Doubt
from .rows import DateLabel


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or what is left of it after its label; `bullet` tells that it begins a bullet."""

    line: int
    text: str
    gap: bool = False
    bullet: bool = False
    indent: int = 0


@dataclass(slots=True)
class Part:
    """A labelled part of a long item.

    `line` is that of its label, `extra` are lines that repeat only that, `mark` is how its last
    bullet is marked.
    """

    kind: str
    line: int
    words: str = ""
    signer: str = ""
    mark: str = ""
    pieces: list[Piece] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)

    @property
    def lines(self) -> list[int]:
        """The lines of the part, those that only hold its label among them."""
        return list(dict.fromkeys([self.line, *self.extra, *(one.line for one in self.pieces)]))


@dataclass(slots=True)
class TopDraft:
    """A long item: its headline and its parts, each kind of part once."""

    line: int
    headline: list[Piece] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=dict)
    numbered: bool = False


@dataclass(slots=True)
class NoteDraft:
    """A short note: its section, its date label and its lines without that label."""

    section: str
    line: int
    dated: DateLabel | None
    pieces: list[Piece] = field(default_factory=list)
    indent: int = 0


@dataclass(slots=True)
class Outline:
    """The whole issue, sorted into what its lines belong to."""

    masthead: list[Piece] = field(default_factory=list)
    items: list[TopDraft | NoteDraft] = field(default_factory=list)
    people: list[tuple[str, list[Piece]]] = field(default_factory=list)
    imprint: list[Piece] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    warnings: list[Doubt] = field(default_factory=list)

    def leave(self, line: int, text: str, furniture: bool = False, doubt: str = "") -> None:
        """List a line as left over, with a warning where it may be content."""
        self.leftovers.append(Leftover(line, text, furniture))
        if doubt:
            self.warnings.append(Doubt(line, doubt))
