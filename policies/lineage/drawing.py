"""A lineage as a chart: a mark for each figure in the order of the documents, as plain data.

It is drawn only where the figures can be compared: one unit, and all of them levels or
all of them changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from policies.newsletter.dates import QUARTER, YEAR, PreciseDate

from .changes import are_comparable
from .telling import Entry

# Heights in pixels: of the largest figure, of what stands above and below.
TALLEST, ABOVE, BELOW = 130, 30, 44
# With more marks than these the chart is wider than a phone, then than a column of text.
ROOMY, WIDE = 5, 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A document in the chart; `x` in percent of the width, `y` in pixels from the top."""

    entry: Entry
    x: float
    y: int

    @property
    def falls(self) -> str:
        """When the figure falls due, in short."""
        return _in_short(self.entry.target.due) if self.entry.target else ""

    @property
    def came(self) -> str:
        """When the document came, in short."""
        return _in_short(self.entry.day)


@dataclass(frozen=True, slots=True)
class Way:
    """A line from an earlier figure to a later one."""

    start: Mark
    end: Mark


@dataclass(frozen=True, slots=True)
class Drawing:
    """Marks, the lines between them, and where nought lies."""

    unit: str
    marks: list[Mark]
    ways: list[Way]
    ground: int
    width: str
    height: int = ABOVE + TALLEST + BELOW
    due_at: int = ABOVE + TALLEST + 18
    day_at: int = ABOVE + TALLEST + 35


def drawing(entries: list[Entry]) -> Drawing | None:
    """The chart of a lineage; None where fewer than two figures can be compared, or not all."""
    figures = [e.target for e in entries if e.target and e.target.value is not None]
    if len(figures) < 2 or not are_comparable(figures):
        return None
    scale = Scale(target.value for target in figures if target.value is not None)
    shown = [e for e in entries if e.dropped or (e.target and e.target.value is not None)]
    step = 100 / len(shown)
    marks = [
        Mark(entry, round(step * (nth + 0.5), 3), scale.place(_value(entry)))
        for nth, entry in enumerate(shown)
    ]
    return Drawing(
        unit=figures[-1].unit,
        marks=marks,
        ways=list(_ways(marks)),
        ground=scale.place(None),
        width="wide" if len(shown) > WIDE else "roomy" if len(shown) > ROOMY else "",
    )


class Scale:
    """From figures to pixels; nought is always on it, so that heights compare."""

    def __init__(self, values: Iterable[Decimal]) -> None:
        known = [*values, Decimal(0)]
        self._low, self._span = min(known), (max(known) - min(known)) or Decimal(1)

    def place(self, value: Decimal | None) -> int:
        """Where a figure lies; nought where there is none."""
        above = ((value or Decimal(0)) - self._low) / self._span
        return ABOVE + TALLEST - round(above * TALLEST)


def _in_short(date: PreciseDate | None) -> str:
    """A date without its day: there is little room below a mark."""
    if date is None:
        return ""
    if date.precision == YEAR:
        return str(date.value.year)
    if date.precision == QUARTER:
        return f"{date.value.year}-Q{(date.value.month + 2) // 3}"
    return f"{date.value:%Y-%m}"


def _value(entry: Entry) -> Decimal | None:
    return entry.target.value if entry.target else None


def _ways(marks: list[Mark]) -> Iterable[Way]:
    by_target = {mark.entry.target.pk: mark for mark in marks if mark.entry.target}
    for mark in marks:
        for change in mark.entry.changes:
            if start := by_target.get(change.earlier.pk):
                yield Way(start, mark)
