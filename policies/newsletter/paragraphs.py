"""Lines joined to paragraphs and bullets, as they were before they were wrapped.

Every block remembers where in its text each line begins, so that a line's
placement can follow its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .drafts import Piece
from .lines import Line, glue
from .links import unlinked

SENTENCE_ENDS = (".", "!", "?", ":", "。", "！", "？", "：", ".”", '."', ".)")
HANGING = {"a", "an", "the", "of", "and", "or", "to", "in", "for", "with", "by", "on", "from", "at"}
HANGING |= {"as", "than", "that", "which", "is", "are", "be", "will", "its", "their", "&"}
# Lines longer than this are whole paragraphs.
UNWRAPPED = 240


@dataclass(frozen=True, slots=True)
class Layout:
    """How the source is set: its usual full line, and whether blank lines part its paragraphs."""

    width: int
    spaced: bool


@dataclass(slots=True)
class Block:
    """A paragraph or a bullet; `starts` holds each line's number and place in the text."""

    text: str = ""
    bullet: bool = False
    starts: list[tuple[int, int]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def lines(self) -> tuple[int, int]:
        """The first and last line of the block."""
        return self.starts[0][0], self.starts[-1][0]

    def add(self, piece: Piece) -> None:
        """Add a line; `close` makes the text of all lines added."""
        self.starts.append((piece.line, 0))
        self.parts.append(piece.text)

    def close(self) -> Block:
        """The block with its text made and its lines placed in it."""
        length = 0
        made: list[str] = []
        for index, part in enumerate(self.parts):
            made.append((glue(made[-1], part) if made else "") + part)
            length += len(made[-1])
            self.starts[index] = (self.starts[index][0], length - len(part))
        self.text = "".join(made)
        return self


def measure(lines: Sequence[Line]) -> Layout:
    """The layout of a whole source."""
    widths = sorted(len(unlinked(line.text)) for line in lines)
    width = widths[len(widths) * 9 // 10] if widths else 0
    gaps = sum(line.gap for line in lines)
    return Layout(width, spaced=gaps * 20 > len(lines))


def make_blocks(pieces: Iterable[Piece], layout: Layout) -> list[Block]:
    """The paragraphs and bullets that the lines form, in order."""
    blocks: list[Block] = []
    before: Piece | None = None
    for piece in pieces:
        if before is None or _parts(before, piece, blocks[-1], layout):
            blocks.append(Block(bullet=piece.bullet))
        blocks[-1].add(piece)
        before = piece
    return [block.close() for block in blocks]


def _parts(before: Piece, piece: Piece, block: Block, layout: Layout) -> bool:
    """Whether a new block begins at `piece`."""
    if piece.bullet:
        return True
    if not piece.text or not before.text:
        return piece.gap and bool(before.text)
    ended = before.text.endswith(SENTENCE_ENDS)
    if piece.gap:
        # A page end can stand in the middle of a sentence.
        hangs = before.text.rsplit(" ", 1)[-1].casefold() in HANGING
        return ended or not (hangs or piece.text[0].islower() or piece.text[0].isdigit())
    if block.bullet:
        return piece.indent <= before.indent and _was_short(before.text, piece.text, layout)
    whole = len(before.text) > UNWRAPPED
    return (whole or not layout.spaced) and ended and _was_short(before.text, piece.text, layout)


def _was_short(before: str, text: str, layout: Layout) -> bool:
    """Whether `text` would have fitted on the line before it, so that no wrap parts them."""
    if not (text[0].isupper() or text[0] in "“\"‘['") or before[-1] in ",-–—、，(":
        return False
    whole = len(before) > UNWRAPPED
    if whole or (not layout.spaced and max(layout.width, len(text)) > UNWRAPPED):
        return True
    if before.rsplit(" ", 1)[-1].casefold() in HANGING:
        return False
    return len(unlinked(before)) + 1 + len(text.split(" ", 1)[0]) <= layout.width
