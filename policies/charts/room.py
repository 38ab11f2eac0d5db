"""Which names and numbers of columns have room beside each other, at each width of a chart.

Text keeps its size while columns grow narrow with the window, so that what can be written
depends on both. Widths are those of the stylesheet; each stands for the least room that it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from unicodedata import east_asian_width

# The least room of a chart in pixels: up to 40rem, above and on paper, and from 80rem.
WIDTHS = {"phone": 280, "page": 560, "desk": 880}
# Widest a letter, wide as an ideograph, and what stays free between two texts, in pixels.
LETTER, IDEOGRAPH, APART = 8, 14, 5
# The years that are named are each one, or those that one of these divides.
STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Place:
    """A column: its name, its year or None, its number, its middle and breadth in percent."""

    name: str
    year: int | None
    number: int
    middle: float
    breadth: float


@lru_cache(maxsize=4096)
def breadth(text: str) -> int:
    """About how many pixels a text takes across."""
    return sum(IDEOGRAPH if east_asian_width(one) in "FW" else LETTER for one in text)


def without(
    places: list[Place], has_room: Callable[[list[Place], int], set[int]]
) -> list[list[str]]:
    """For each place the widths at which `has_room` does not have it."""
    found = {width: has_room(places, room) for width, room in WIDTHS.items()}
    return [[width for width in WIDTHS if at not in found[width]] for at in range(len(places))]


def named(places: list[Place], room: int) -> set[int]:
    """The places whose names stand below them: the first and the last year, and some between.

    What has no year is named there only where it does not touch the last year.
    """
    years = [at for at, place in enumerate(places) if place.year is not None]
    undated = {at for at, place in enumerate(places) if place.year is None}
    if any(_touch(places, at, years[-1], room) for at in undated if years):
        undated = set()
    return undated | next(_spaced(places, years, room), set(years[:1] + years[-1:]))


def _spaced(places: list[Place], years: list[int], room: int) -> Iterator[set[int]]:
    """The years of each step of which no two touch; the smallest step first."""
    for step in STEPS:
        ends = years[:1] + years[-1:]
        between = [
            at
            for at in years[1:-1]
            if (places[at].year or 0) % step == 0
            and (step == 1 or not any(_touch(places, at, end, room) for end in ends))
        ]
        shown = [*years[:1], *between, *years[1:][-1:]]
        if not any(_touch(places, *pair, room) for pair in pairwise(shown)):
            yield set(shown)


def _touch(places: list[Place], one: int, other: int, room: int) -> bool:
    texts = breadth(places[one].name) + breadth(places[other].name)
    apart = abs(places[one].middle - places[other].middle) * room / 100
    return apart < texts / 2 + APART


def numbered(places: list[Place], room: int) -> set[int]:
    """The places whose numbers touch no other and no taller column, the tallest first."""
    shown: list[int] = []
    by_size = sorted(range(len(places)), key=lambda at: -places[at].number)
    for nth, at in enumerate(by_size):
        place = places[at]
        half = breadth(str(place.number)) / 2
        if place.number and not any(
            abs(place.middle - places[other].middle) * room / 100
            < half
            + max(
                places[other].breadth * room / 200,
                breadth(str(places[other].number)) / 2 + APART if other in shown else 0,
            )
            for other in by_size[:nth]
        ):
            shown.append(at)
    return set(shown)
