"""What differs between two wordings of a text, by words in English and by characters in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"[㐀-鿿豈-﫿]|[^\W㐀-鿿豈-﫿]+|\s+|[^\w\s]")
LINE = re.compile(r"[^\n]*\n+|[^\n]+")
# Comparing takes the product of both lengths; what is longer is compared line by line.
MOST_STEPS = 2_000_000
# So much of what stayed is shown beside a change.
BESIDE = 90

SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    kind: str
    text: str


def wording(old: str, new: str) -> list[Piece]:
    """`old` and `new` in one text, with what went before what came."""
    return list(_shortened(_joined(_compared(old, new))))


def _compared(old: str, new: str) -> Iterator[Piece]:
    for cut in (WORD, LINE):
        before, after = cut.findall(old), cut.findall(new)
        head = _common(before, after)
        tail = _common(before[head:][::-1], after[head:][::-1])
        middle = before[head : len(before) - tail], after[head : len(after) - tail]
        if len(middle[0]) * len(middle[1]) <= MOST_STEPS:
            yield Piece(SAME, "".join(before[:head]))
            yield from _matched(*middle)
            yield Piece(SAME, "".join(before[len(before) - tail :]))
            return
    yield Piece(GONE, old)
    yield Piece(NEW, new)


def _common(old: list[str], new: list[str]) -> int:
    """How many words at the beginning are the same."""
    number = 0
    for before, after in zip(old, new, strict=False):
        if before != after:
            break
        number += 1
    return number


def _matched(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(SAME, "".join(old[i:j]))
        else:
            yield Piece(GONE, "".join(old[i:j]))
            yield Piece(NEW, "".join(new[k:m]))


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """The pieces with neighbours of a kind in one; a space between changes is part of them."""
    gone, new = "", ""
    found: list[Piece] = []
    waiting = [piece for piece in pieces if piece.text]
    for at, piece in enumerate(waiting):
        inside = (gone or new) and at + 1 < len(waiting) and not piece.text.strip()
        if piece.kind == GONE:
            gone += piece.text
        elif piece.kind == NEW:
            new += piece.text
        elif inside:
            gone, new = gone + piece.text, new + piece.text
        else:
            found += _change(gone, new)
            found.append(piece)
            gone, new = "", ""
    return found + _change(gone, new)


def _change(gone: str, new: str) -> list[Piece]:
    return [piece for piece in (Piece(GONE, gone), Piece(NEW, new)) if piece.text]


def _shortened(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces with long stretches that stayed cut to what stands beside a change."""
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        if piece.kind != SAME or len(piece.text) <= 3 * BESIDE:
            yield piece
            continue
        head = "" if at == 0 else _to_a_word(piece.text[:BESIDE], end=True)
        tail = "" if at == last else _to_a_word(piece.text[-BESIDE:], end=False)
        yield Piece(SAME, f"{head} … {tail}".strip(" ") if head and tail else f"{head} … {tail}")


def _to_a_word(text: str, *, end: bool) -> str:
    """A stretch of text without the word that it was cut in."""
    words = WORD.findall(text)
    kept = words[:-1] if end else words[1:]
    return "".join(kept) if len(words) > 1 else text
