"""Draws a card: 1,200 by 630 pixels, as sites show links to others."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from PIL import Image, ImageDraw

from .fonts import Face, face
from .typesetting import Setter

WIDTH, HEIGHT, EDGE = 1200, 630, 72
ROOM = WIDTH - 2 * EDGE
PAPER, INK, SOFT, ACCENT, LINE = "#fdfcf9", "#1c2024", "#5c6269", "#a3242b", "#e3ded3"
TOP, FOOT = 188, 556
# One drawing at a time, so that a worker with threads is not kept busy by cards.
DRAWING = Lock()


@dataclass(frozen=True, slots=True)
class Shape:
    """How a title is set: its sizes, each with its most lines, the largest first; its ink."""

    sizes: tuple[tuple[int, int], ...]
    ink: str


# So that two lines below the titles always find room.
TITLE, OTHER = Shape(((64, 2), (54, 2), (46, 3)), INK), Shape(((44, 1), (36, 2)), SOFT)


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says: the kind of page, its title in both languages, and lines below them."""

    site: str
    host: str
    kind: str
    title: str
    title_zh: str = ""
    facts: tuple[str, ...] = ()


def drawn(card: Card) -> bytes:
    """The card as a PNG file."""
    with DRAWING:
        image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        _draw(ImageDraw.Draw(image), card)
        # Few colours are needed, which makes the file a third as large.
        file = BytesIO()
        few = image.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(file, "PNG")
        return file.getvalue()


def _draw(on: ImageDraw.ImageDraw, card: Card) -> None:
    bold, plain = face("bold"), face("plain")
    _head(on, card, bold, plain)
    y = _block(on, card.title, bold, TOP, TITLE)
    if card.title_zh and bold.chinese:
        y = _block(on, card.title_zh, bold, y + 14, OTHER)
    _facts(on, card, plain, y)
    _foot(on, card, plain)


def _head(on: ImageDraw.ImageDraw, card: Card, bold: Face, plain: Face) -> None:
    on.rectangle((0, 0, WIDTH, 12), fill=ACCENT)
    on.rounded_rectangle((EDGE, 58, EDGE + 52, 110), radius=5, fill=ACCENT)
    for y, end in ((72, 40), (84, 40), (96, 29)):
        on.rectangle((EDGE + 12, y - 2, EDGE + end, y + 2), fill="#ffffff")
    Setter(bold, 32).draw(on, (EDGE + 72, 95), card.site, INK)
    kind = Setter(plain, 27)
    on_right = kind.lines(card.kind, 440, 1)
    for text in on_right:
        kind.draw(on, (WIDTH - EDGE - kind.width(text), 94), text, SOFT)
    on.line((EDGE, 134, WIDTH - EDGE, 134), fill=LINE, width=2)


def _block(on: ImageDraw.ImageDraw, text: str, weight: Face, y: int, shape: Shape) -> int:
    """Write a title in the largest size in which it fits; gives where the next text begins."""
    for size, most in shape.sizes:
        setter = Setter(weight, size)
        lines = setter.lines(text, ROOM, most)
        if setter.is_whole(text, lines):
            break
    step = round(size * 1.26)
    for nth, line in enumerate(lines):
        setter.draw(on, (EDGE, y + nth * step + round(size * 0.28)), line, shape.ink)
    return y + len(lines) * step


def _facts(on: ImageDraw.ImageDraw, card: Card, plain: Face, y: int) -> None:
    """The lines above the foot: two, for which there is room always, and more where there is."""
    setter, step = Setter(plain, 28), 42
    facts = [line for text in card.facts if text for line in setter.lines(text, ROOM, 1)]
    facts = facts[: max(2, (FOOT - 86 - y) // step + 1)]
    for nth, line in enumerate(facts):
        setter.draw(on, (EDGE, FOOT - 40 - (len(facts) - 1 - nth) * step), line, INK)


def _foot(on: ImageDraw.ImageDraw, card: Card, plain: Face) -> None:
    on.line((EDGE, FOOT - 14, WIDTH - EDGE, FOOT - 14), fill=LINE, width=2)
    Setter(plain, 24).draw(on, (EDGE, FOOT + 28), card.host, SOFT)
