"""How the records of a search spread over years, in parts that add up; as plain data.

Each mark has the address of the list that holds just the records that it counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import QueryDict
from pyroaring import BitMap

from policies.filterkinds import Option
from policies.filters import TrackerFilterSet

# So many sectors are told apart; the others are one part.
SECTORS = 5
# A longer run of years leaves out those without records.
LONGEST_RUN = 40
# With more columns than this a phone has room for the years of a lustrum only.
ROOMY = 10
# Heights in pixels: of the tallest column, of the smallest mark, of what stands above and below.
TALLEST, SMALLEST, ABOVE, BELOW = 140, 3, 20, 22


@dataclass(frozen=True, slots=True)
class Part:
    """Records that are told apart, and the parameters that find them."""

    number: int
    label: str
    ids: BitMap
    asked: dict[str, list[str]]


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


@dataclass(frozen=True, slots=True)
class Column:
    """A year with its cells and marks; places across are in percent of the width."""

    total: Cell
    cells: list[Cell]
    marks: list[Mark]
    x: float
    width: float
    middle: float
    top: int
    is_lesser: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns of years, made of parts; the numbers of either add up to `count`."""

    split: str
    columns: list[Column]
    parts: list[Cell]
    count: int
    height: int = TALLEST + ABOVE + BELOW
    ground: int = TALLEST + ABOVE
    foot: int = field(default=TALLEST + ABOVE + 16)


def horizon(filterset: TrackerFilterSet, query: QueryDict, split: str) -> Chart | None:
    """What a search finds by year, each year divided by `split`; None where nothing is found."""
    base = filterset.ids()
    if not base:
        return None
    divide = _sectors if split == "sector" else _words
    parts = [part for part in divide(filterset, query, base, split) if part.ids]
    years = list(_years(filterset, base))
    largest = max(len(ids) for _, ids in years)
    return Chart(
        split=split,
        columns=[
            _column(query, option, ids, parts, (place, len(years), largest))
            for place, (option, ids) in enumerate(years)
        ],
        parts=[
            Cell(part.number, part.label, len(part.ids), _url(query, part.asked)) for part in parts
        ],
        count=len(base),
    )


def _words(
    filterset: TrackerFilterSet, query: QueryDict, base: BitMap, name: str
) -> Iterator[Part]:
    """A part for each word of a closed list of which a record has one."""
    for number, option in enumerate(filterset.filters[name].options(), 1):
        ids = base & filterset.found.held.value(name, option.key)
        yield Part(number, option.label, ids, {name: [option.value], f"not_{name}": []})


def _sectors(
    filterset: TrackerFilterSet, query: QueryDict, base: BitMap, name: str
) -> Iterator[Part]:
    """The largest sectors and the rest.

    A record of several sectors counts under the first of them, so that parts add up.
    """
    chosen, taken = query.getlist(name), query.getlist(f"not_{name}")
    left = _telling(filterset, base, name, chosen)
    others = base
    for number in range(1, min(len(left), SECTORS) + 1):
        option, ids = max(left.values(), key=lambda found: (len(found[1] & others), found[0].value))
        asked = {name: [option.value], f"not_{name}": taken}
        yield Part(number, option.label, ids & others, asked)
        others, taken = others - ids, [*taken, option.value]
        del left[option.value]
    yield Part(SECTORS + 1, "Others", others, {name: chosen, f"not_{name}": taken})


def _telling(
    filterset: TrackerFilterSet, base: BitMap, name: str, chosen: list[str]
) -> dict[str, tuple[Option, BitMap]]:
    """Sectors with what was found of them: those within the chosen ones, so that one can stand
    in the address instead of these; without those that all records have, if there are others.
    """
    held = {
        o.value: (o, filterset.found.held.value(name, o.key))
        for o in filterset.filters[name].options()
    }
    whole = BitMap.union(BitMap(), *(held[value][1] for value in chosen if value))
    found = {
        value: (option, base & ids)
        for value, (option, ids) in held.items()
        if not any(chosen) or ids <= whole
    }
    some = {value: pair for value, pair in found.items() if len(pair[1]) < len(base)}
    return some if any(ids for _, ids in some.values()) else found


def _years(filterset: TrackerFilterSet, base: BitMap) -> Iterator[tuple[Option, BitMap]]:
    """Each year with its records, the empty ones between them too; unknown last."""
    held = filterset.found.held
    found = {o.value: (o, base & held.value("year", o.key)) for o in _options(filterset)}
    numbers = sorted(int(value) for value, (_, ids) in found.items() if ids and value.isdigit())
    run = range(numbers[0], numbers[-1] + 1) if numbers else range(0)
    for year in map(str, run if len(run) <= LONGEST_RUN else numbers):
        yield found.get(year, (Option(year, year, year), BitMap()))
    yield from (pair for value, pair in found.items() if pair[1] and not value.isdigit())


def _options(filterset: TrackerFilterSet) -> list[Option]:
    return filterset.filters["year"].options()


def _column(
    query: QueryDict, year: Option, ids: BitMap, parts: list[Part], place: tuple[int, int, int]
) -> Column:
    nth, of, largest = place
    asked = {"year": [year.value], "not_year": []}
    cells = [
        Cell(
            part.number,
            f"{year.label}, {part.label}",
            ids.intersection_cardinality(part.ids),
            _url(query, asked | part.asked),
        )
        for part in parts
    ]
    marks, y = [], TALLEST + ABOVE
    for cell in cells:
        if cell.count:
            height = max(SMALLEST, round(TALLEST * cell.count / largest))
            # Small marks are drawn larger than they are; a column still ends below its number.
            height = min(height, max(y - ABOVE, 1))
            y -= height
            marks.append(Mark(cell, y, height))
    step = 100 / of
    width = min(step * 0.8, 8)
    middle = round(step * (nth + 0.5), 3)
    return Column(
        total=Cell(0, year.label, len(ids), _url(query, asked)),
        cells=cells,
        marks=marks,
        x=round(middle - width / 2, 3),
        width=round(width, 3),
        middle=middle,
        top=y - 6,
        is_lesser=of > ROOMY and year.value.isdigit() and int(year.value) % 5 != 0,
    )


def _url(query: QueryDict, asked: dict[str, list[str]]) -> str:
    changed = query.copy()
    changed.pop("page", None)
    for name, values in asked.items():
        changed.setlist(name, values)
        if not values:
            changed.pop(name)
    return f"?{changed.urlencode()}"
