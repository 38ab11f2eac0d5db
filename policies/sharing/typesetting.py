"""Sets lines in two scripts: which letters are drawn with which font, and where lines break.

Chinese breaks between any two characters, but not before a mark that closes; English
between words. What does not fit into the lines allowed ends in an ellipsis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from PIL import ImageDraw, ImageFont

from .fonts import Face, sized

HAN = re.compile("[⺀-鿿豈-﫿︰-﹏\uff00-\uffef\U00020000-\U0003ffff]+")
# Marks that both scripts use; in a Chinese text they are Chinese.
SHARED = "‘’“”—…·"
# What may not begin a line, and what may not end one.
CLOSING = "，。、；：？！）》〉」』】〕”’…—·,.;:?!)"
OPENING = "（《〈「『【〔“‘("
ELLIPSIS = "…"
LONGEST = 400


class Setter:
    """Measures, breaks and draws texts with one face in one size."""

    def __init__(self, face: Face, size: int) -> None:
        self.face, self.size = face, size

    def width(self, text: str) -> float:
        """How wide `text` is in a line, in pixels."""
        return sum(font.getlength(part) for part, font in self._runs(text))

    def lines(self, text: str, width: int, most: int) -> list[str]:
        """`text` in up to `most` lines, none wider than `width`."""
        found: list[str] = []
        line = ""
        for piece in pieces(" ".join(text.split())[:LONGEST]):
            if self.width((line + piece).rstrip()) <= width or not line:
                line += piece
                continue
            if len(found) + 1 == most:
                return [*found, self._shortened(line + ELLIPSIS, width)]
            found.append(line.rstrip())
            line = piece.lstrip()
        return [*found, self._shortened(line.rstrip(), width)] if line.strip() else found

    def is_whole(self, text: str, lines: list[str]) -> bool:
        """Whether `lines` hold all of `text`."""
        return "".join("".join(lines).split()) == "".join(text.split())

    def draw(self, on: ImageDraw.ImageDraw, at: tuple[float, float], text: str, ink: str) -> None:
        """Write `text` with its baseline beginning `at` a place."""
        x, y = at
        for part, font in self._runs(text):
            on.text((x, y), part, font=font, fill=ink, anchor="ls")
            x += font.getlength(part)

    def _shortened(self, line: str, width: int) -> str:
        if self.width(line) <= width:
            return line
        words = line.rstrip(ELLIPSIS).rstrip()
        while words and self.width(words + ELLIPSIS) > width:
            words = words[:-1].rstrip()
        return words + ELLIPSIS

    def _runs(self, text: str) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
        """Parts of `text` with their fonts; Chinese is left out where no font has it."""
        for is_chinese, part in runs(text):
            if not is_chinese:
                yield part, sized(self.face.latin, self.size)
            elif self.face.chinese:
                yield part, sized(self.face.chinese, self.size)


def runs(text: str) -> Iterator[tuple[bool, str]]:
    """Parts of `text` by whether they are Chinese; shared marks are what most of the text is."""
    mostly = 2 * len("".join(HAN.findall(text))) > sum(map(str.isalpha, text))

    def is_chinese(letter: str) -> bool:
        return mostly if letter in SHARED else bool(HAN.match(letter))

    for of, letters in groupby(text, is_chinese):
        yield of, "".join(letters)


def pieces(text: str) -> Iterator[str]:
    """The parts of `text` between which a line may break."""
    held = ""
    for letter in text:
        if held and _may_break(held[-1], letter):
            yield held
            held = ""
        held += letter
    if held:
        yield held


def _may_break(before: str, letter: str) -> bool:
    if letter == " " or letter in CLOSING or before in OPENING:
        return False
    return before in " -/" or bool(HAN.match(before) or HAN.match(letter))
