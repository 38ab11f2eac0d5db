"""How a chart stands on a sheet of its own: its title, search and legend above, its source below.

A picture that leaves the page takes along what the page says of it. Places are in pixels;
the chart itself is drawn by a template.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from policies.languages import HAN, dated

MARGIN, LINE, HEAD = 24, 20, 26
# So many pixels an average letter takes; a Chinese character takes two of them.
LETTER, HEAD_LETTER = 7, 11
NARROWEST = 640
CELL, LONGEST = 28, 22


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `number` is that of the part whose colour stands before it, 0 for none."""

    text: str
    y: int
    number: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """What the legend says of a part."""

    number: int
    text: str
    url: str


class Picture:
    """A sheet with room for a chart of `width` by `height` pixels at `left`, `top`."""

    left = MARGIN

    def __init__(self, width: int, height: int) -> None:
        self.room, self.chart_height = max(width, NARROWEST - 2 * MARGIN), height
        self.width, self._y = self.room + 2 * MARGIN, MARGIN
        self.heads: list[Line] = []
        self.told: list[Line] = []
        self.keys: list[Line] = []
        self.foot: list[Line] = []

    @property
    def top(self) -> int:
        """Where the chart begins."""
        above = [*self.heads, *self.told, *self.keys]
        return (above[-1].y if above else MARGIN) + MARGIN // 2

    @property
    def height(self) -> int:
        return self._y + MARGIN

    def tell(self, title: str, told: str) -> None:
        """Set the title and what is charted, above all."""
        self.heads = [self._line(text, HEAD) for text in _wrapped(title, self.room // HEAD_LETTER)]
        self.told = [self._line(text) for text in _wrapped(told, self.room // LETTER)]

    def explain(self, keys: Iterable[Key]) -> None:
        """Set the legend, just above the chart."""
        self.keys = [
            self._line(key.text, HEAD if nth == 0 else LINE, key.number, key.url)
            for nth, key in enumerate(keys)
        ]

    def source(self, site: str, day: date, address: str) -> None:
        """Set where this was read and when, below the chart."""
        self._y = self.top + self.chart_height + MARGIN // 2
        lines = [f"{site}, {dated(day)}", *_wrapped(address, self.room // LETTER)]
        self.foot = [self._line(text) for text in lines]

    def _line(self, text: str, height: int = LINE, number: int = 0, url: str = "") -> Line:
        self._y += height
        return Line(text, self._y, number, url)


def _wrapped(text: str, letters: int) -> list[str]:
    """Lines with room for so many letters, as wide as those of `text` are on the average."""
    if not text:
        return []
    return wrap(text, letters * len(text) // (len(text) + len(HAN.findall(text))))


@dataclass(frozen=True, slots=True)
class Square:
    """A number of a grid, with how much it is from 0 to 5 and the address of what it counts."""

    x: int
    y: int
    number: int
    step: int
    label: str
    url: str


class Grid:
    """A table of `names` by `names` whose squares are the deeper the more they count."""

    cell, half = CELL, CELL // 2

    def __init__(self, names: list[str], numbers: list[list[tuple[int, int, str]]]) -> None:
        short = [name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…" for name in names]
        # What the names take, above and at the left.
        side = 24 + 8 * max(map(len, short), default=0)
        self.width = self.height = side + CELL * len(names)
        places = [(text, nth * CELL + CELL // 2) for nth, text in enumerate(short)]
        self.rows = [(text, side - 8, side + at) for text, at in places]
        self.columns = [(text, side + at, side - 8) for text, at in places]
        self.squares = [
            Square(
                side + CELL * across, side + CELL * down, number, step,
                names[down] if down == across else f"{names[down]}, {names[across]}", url,
            )
            for down, row in enumerate(numbers)
            for across, (number, step, url) in enumerate(row)
            if number
        ]  # fmt: skip
