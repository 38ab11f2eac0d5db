"""The targets of a search by the year in which they fall due, drawn as columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.translation import gettext
from pyroaring import BitMap

from policies.filterkinds import Option
from policies.filters import TrackerFilterSet
from policies.languages import mark

from .cells import Addresses, Cell, Mark, Part, stacked
from .parts import by_largest, by_word
from .room import Place, named, numbered, without
from .rows import Row, rows

# A longer run of years leaves out those without records.
LONGEST_RUN = 40
# Heights in pixels: of the tallest column, of the smallest mark, of what stands above and below,
# of a line of names.
TALLEST, SMALLEST, ABOVE, BELOW, LINE = 140, 3, 20, 22, 16


@dataclass(frozen=True, slots=True)
class Column:
    """A year with its cells and marks; places across are in percent of the width.

    At some widths there is no room for its name, or for its number.
    """

    year: int | None
    total: Cell
    cells: list[Cell]
    marks: list[Mark]
    x: float
    width: float
    middle: float
    top: int
    unnamed: list[str] = field(default_factory=list)
    unnumbered: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns of years, made of parts; the numbers of either add up to `count`.

    At the widths `below` the name of what has no date stands on a line of its own.
    """

    split: str
    columns: list[Column]
    parts: list[Cell]
    count: int
    ground: int = TALLEST + ABOVE
    foot: int = TALLEST + ABOVE + LINE

    @property
    def below(self) -> list[str]:
        last = self.columns[-1]
        return last.unnamed if last.year is None else []

    @property
    def height(self) -> int:
        return self.ground + BELOW + (LINE if self.below else 0)

    @property
    def lowest(self) -> int:
        """Where the name of what has no date stands, if not below its column."""
        return self.foot + LINE

    @property
    def rows(self) -> list[Row]:
        """The columns as a table has them."""
        return rows(self.columns)


def horizon(filterset: TrackerFilterSet, query: QueryDict, split: str) -> Chart | None:
    """What a search finds by year, each year divided by `split`; None where nothing is found."""
    base = filterset.ids()
    if not base:
        return None
    if split == "sector":
        divided = by_largest(filterset, query, base, split, gettext("Others"))
    else:
        divided = by_word(filterset, query, base, split)
    parts = [part for part in divided if part.ids]
    years = list(_years(filterset, base))
    largest, addresses = max(len(ids) for _, ids in years), Addresses(query)
    return Chart(
        split=split,
        columns=_with_room(
            [
                _column(addresses, option, ids, parts, (place, len(years), largest))
                for place, (option, ids) in enumerate(years)
            ]
        ),
        parts=[
            Cell(part.number, part.label, len(part.ids), addresses.url(part.asked))
            for part in parts
        ],
        count=len(base),
    )


def _years(filterset: TrackerFilterSet, base: BitMap) -> Iterator[tuple[Option, BitMap]]:
    """Each year with its records, the empty ones between them too; unknown last."""
    held = filterset.found.held
    options = filterset.filters["year"].options()
    found = {o.value: (o, base & held.value("year", o.key)) for o in options}
    numbers = sorted(int(value) for value, (_, ids) in found.items() if ids and value.isdigit())
    run = range(numbers[0], numbers[-1] + 1) if numbers else range(0)
    for year in map(str, run if len(run) <= LONGEST_RUN else numbers):
        yield found.get(year, (Option(year, year, year), BitMap()))
    yield from (pair for value, pair in found.items() if pair[1] and not value.isdigit())


def _column(
    addresses: Addresses,
    year: Option,
    ids: BitMap,
    parts: list[Part],
    place: tuple[int, int, int],
) -> Column:
    nth, of, largest = place
    asked = {"year": [year.value], "not_year": []}
    cells = [
        Cell(
            part.number,
            f"{year.label}{mark('aside')}{part.label}",
            ids.intersection_cardinality(part.ids),
            addresses.url(asked | part.asked),
        )
        for part in parts
    ]
    ground = TALLEST + ABOVE
    marks = stacked(cells, largest=largest, ground=ground, above=ABOVE, smallest=SMALLEST)
    step = 100 / of
    width = min(step * 0.8, 8)
    middle = round(step * (nth + 0.5), 3)
    return Column(
        year=int(year.value) if year.value.isdigit() else None,
        total=Cell(0, year.label, len(ids), addresses.url(asked)),
        cells=cells,
        marks=marks,
        x=round(middle - width / 2, 3),
        width=round(width, 3),
        middle=middle,
        top=(marks[-1].y if marks else ground) - 6,
    )


def _with_room(columns: list[Column]) -> list[Column]:
    places = [
        Place(one.total.label, one.year, one.total.count, one.middle, one.width) for one in columns
    ]
    names, numbers = without(places, named), without(places, numbered)
    return [
        replace(column, unnamed=unnamed, unnumbered=unnumbered)
        for column, unnamed, unnumbered in zip(columns, names, numbers, strict=True)
    ]
