"""The columns of a chart as rows of a table, in which a long gap takes one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from .cells import Cell

# From so many empty periods on, one row stands for all of them.
GAP = 3


class Drawn(Protocol):
    """What columns of all charts have."""

    @property
    def total(self) -> Cell: ...

    @property
    def cells(self) -> list[Cell]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """A period with its cells, or empty ones from its own up to `last`."""

    total: Cell
    cells: list[Cell]
    last: str = ""


def rows(columns: Sequence[Drawn]) -> list[Row]:
    """A row for each column, and one for each run of `GAP` empty ones or more."""
    found = []
    for is_filled, run in groupby(columns, lambda column: bool(column.total.count)):
        beside = [Row(column.total, column.cells) for column in run]
        if is_filled or len(beside) < GAP:
            found += beside
        else:
            found.append(Row(beside[0].total, beside[0].cells, beside[-1].total.label))
    return found
