"""What charts are made of: parts, cells, marks, and the addresses of the lists behind them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote_plus

from django.http import QueryDict
from pyroaring import BitMap

# By parameter, what it is to be; a parameter without values is dropped.
Asked = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """Records that are told apart, and the parameters that find them."""

    number: int
    label: str
    ids: BitMap
    asked: Asked


@dataclass(frozen=True, slots=True)
class Cell:
    """A number with the address of the list of what it counts; `number` is that of its part."""

    number: int
    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell as it is drawn, in pixels from the top."""

    cell: Cell
    y: int
    height: int


class Addresses:
    """The addresses of a search with some of its parameters changed."""

    def __init__(self, query: QueryDict) -> None:
        self._given = {
            name: [_pair(name, value) for value in values]
            for name, values in query.lists()
            if name != "page"
        }

    def url(self, asked: Asked) -> str:
        """The first page of the search with the parameters of `asked` as they are there."""
        pairs = [pair for name, given in self._given.items() if name not in asked for pair in given]
        pairs += [_pair(name, value) for name, values in asked.items() for value in values]
        return f"?{'&'.join(pairs)}"


@lru_cache(maxsize=4096)
def _pair(name: str, value: str) -> str:
    return f"{quote_plus(name)}={quote_plus(value)}"


def stacked(
    cells: list[Cell], *, largest: int, ground: int, above: int, smallest: int
) -> list[Mark]:
    """The cells that hold something, one on another from the `ground` up.

    A column of `largest` records is as tall as there is room below `above`. Small marks are
    drawn larger than they are; a column still ends below its number.
    """
    marks, y = [], ground
    for cell in cells:
        if cell.count:
            height = max(smallest, round((ground - above) * cell.count / largest))
            height = min(height, max(y - above, 1))
            y -= height
            marks.append(Mark(cell, y, height))
    return marks
