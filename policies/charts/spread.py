"""How many records of a search fall in each month, quarter or year, as a strip of columns."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from policies.filters import TrackerFilterSet
from policies.languages import mark

from .cells import Addresses, Cell, Mark, Part, stacked
from .parts import by_largest
from .periods import A_YEAR, MOST, Period, Spreading
from .rows import Row, rows

# Heights in pixels, as in the horizon.
TALL, ABOVE, SMALLEST, LINE = 60, 16, 2, 15
# Up to so many columns each has its number above and its name below.
ROOMY = 13
# A year whose columns take less than so much of the width, in percent, is not named on a phone.
NARROW = 10
# With more years than these a phone, or any screen, has room for the years of a lustrum only.
MANY_YEARS, VERY_MANY_YEARS = 8, 24


@dataclass(frozen=True, slots=True)
class Column:
    """A period with its cells and marks; places across are in percent of the width.

    `year` is written where a year begins; `written` is the period as programs read it.
    """

    total: Cell
    cells: list[Cell]
    marks: list[Mark]
    name: str
    written: str
    year: str
    is_vague: bool
    is_lesser: bool
    left: float
    step: float
    x: float
    width: float
    middle: float
    top: int


@dataclass(frozen=True, slots=True)
class Way:
    """A way to show the strip, with its address."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """Columns of periods, made of parts; the numbers of either add up to `count`.

    `refused` is the period asked for, where it would take too many columns; `unfit` are all
    of which it would take more than `most`.
    """

    by: str
    split: str
    refused: str
    columns: list[Column]
    parts: list[Cell]
    count: int
    largest: int
    periods: list[Way]
    splits: list[Way]
    is_roomy: bool
    unfit: list[str]
    most: int = MOST

    @property
    def rows(self) -> list[Row]:
        """The columns as a table has them."""
        return rows(self.columns)

    @property
    def height(self) -> int:
        return self.foot + 3

    @property
    def ground(self) -> int:
        return ABOVE + TALL

    @property
    def line(self) -> int:
        """Where the names of periods stand."""
        return self.ground + LINE

    @property
    def foot(self) -> int:
        """Where the years stand."""
        return self.ground + (2 * LINE if self.is_roomy and self.by != "year" else LINE)


def spread(filterset: TrackerFilterSet, query: QueryDict) -> Spread | None:
    """What a search finds over time, as its parameters `by` and `split` ask; None for nothing."""
    base = filterset.ids()
    if not base:
        return None
    spreading, addresses = Spreading(filterset, base), Addresses(query)
    asked, split = query.get("by") or spreading.fitting, query.get("split") or "none"
    # The smallest that can be shown, where too many would be needed of what is asked for.
    by = asked if asked in spreading.possible else spreading.possible[0]
    whole = [Part(1, "", base, {})]
    divided = whole if split == "none" else by_largest(filterset, query, base, split, _("Others"))
    parts = [part for part in divided if part.ids]
    periods = spreading.periods(by)
    columns = Columns(addresses, periods, parts)
    by_names, split_names = _choices(filterset, "by"), _choices(filterset, "split")
    return Spread(
        by=by,
        split=split,
        refused="" if by == asked else by_names[asked],
        columns=columns.drawn(),
        parts=[
            Cell(part.number, part.label, len(part.ids), addresses.url(part.asked))
            for part in parts
        ],
        count=len(base),
        largest=columns.largest,
        periods=[
            Way(by_names[name], addresses.url({"by": [name]}), name == by)
            for name in spreading.possible
        ],
        splits=[
            Way(label, addresses.url({"split": [name] if name != "none" else []}), name == split)
            for name, label in split_names.items()
        ],
        is_roomy=columns.is_roomy,
        unfit=[by_names[name] for name in A_YEAR if name not in spreading.possible],
    )


def _choices(filterset: TrackerFilterSet, name: str) -> dict[str, str]:
    return {value: str(label) for value, label in filterset.filters[name].extra["choices"]}


class Columns:
    """Draws periods beside each other."""

    def __init__(self, addresses: Addresses, periods: list[Period], parts: list[Part]) -> None:
        self.addresses, self.periods, self.parts = addresses, periods, parts
        self.largest = max((len(period.ids) for period in periods), default=1)
        self.is_roomy = len(periods) <= ROOMY
        self._years = len({period.year for period in periods})

    def drawn(self) -> list[Column]:
        """The columns from the earliest to the latest."""
        return [self._column(nth, period) for nth, period in enumerate(self.periods)]

    def _column(self, nth: int, period: Period) -> Column:
        cells = [
            Cell(
                part.number,
                f"{period.label}{mark('aside')}{part.label}" if part.label else period.label,
                period.ids.intersection_cardinality(part.ids),
                self.addresses.url(period.asked | part.asked),
            )
            for part in self.parts
        ]
        ground = ABOVE + TALL
        marks = stacked(cells, largest=self.largest, ground=ground, above=ABOVE, smallest=SMALLEST)
        step = 100 / len(self.periods)
        width, middle = min(step * 0.82, 6), step * (nth + 0.5)
        return Column(
            total=Cell(0, period.label, len(period.ids), self.addresses.url(period.asked)),
            cells=cells,
            marks=marks,
            name=period.mark,
            written=period.written,
            year=self._year(nth),
            is_vague=period.is_vague,
            is_lesser=self._is_lesser(nth),
            left=round(step * nth, 3),
            step=round(step, 3),
            x=round(middle - width / 2, 3),
            width=round(width, 3),
            middle=round(middle, 3),
            top=(marks[-1].y if marks else ground) - 5,
        )

    def _year(self, nth: int) -> str:
        year = self.periods[nth].year
        is_new = nth == 0 or self.periods[nth - 1].year != year
        is_left_out = self._years > VERY_MANY_YEARS and year % 5
        return str(year) if year and is_new and not is_left_out else ""

    def _is_lesser(self, nth: int) -> bool:
        year = self.periods[nth].year
        if self._years > MANY_YEARS:
            return year % 5 != 0
        later = (
            at for at, one in enumerate(self.periods) if at > nth and one.year not in (year, 0)
        )
        return 100 * (next(later, len(self.periods) + nth) - nth) / len(self.periods) < NARROW
