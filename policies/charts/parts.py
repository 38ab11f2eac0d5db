"""The parts that a chart tells apart; each record is in one of them, so that parts add up."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heapify, heappop, heapreplace
from typing import Any

from django.http import QueryDict
from pyroaring import BitMap

from policies.filterkinds import AllOfFilter, Option
from policies.filters import TrackerFilterSet

from .cells import Part

# So many values are told apart; the others are one part.
TOLD = 5
# The filters of a split that are not called as it is: what finds a part, what leaves it out.
FILTERS = {"body": ("issuer_all", "not_issuer")}


def by_word(
    filterset: TrackerFilterSet, query: QueryDict, base: BitMap, name: str
) -> Iterator[Part]:
    """A part for each word of a closed list of which a record has one."""
    for number, option in enumerate(filterset.filters[name].options(), 1):
        ids = base & filterset.found.held.value(name, option.key)
        yield Part(number, option.label, ids, {name: [option.value], f"not_{name}": []})


def by_largest(
    filterset: TrackerFilterSet, query: QueryDict, base: BitMap, split: str, others: str
) -> Iterator[Part]:
    """The largest values of a filter and the rest, which is called `others`.

    A record of several values counts under the first of them, so that parts add up.
    """
    name, opposite = FILTERS.get(split, (split, f"not_{split}"))
    chosen, taken = query.getlist(name), query.getlist(opposite)
    narrows = isinstance(filterset.filters[name], AllOfFilter)
    values = _telling(filterset, base, name, [] if narrows else chosen)
    rest = base
    for number, (option, ids) in enumerate(_largest_first(values, base), 1):
        found = [*chosen, option.value] if narrows else [option.value]
        asked = {name: list(dict.fromkeys(found)), opposite: taken}
        yield Part(number, option.label, ids & rest, asked)
        rest, taken = rest - ids, [*taken, option.value]
    yield Part(TOLD + 1, others, rest, {name: chosen, opposite: taken})


def _largest_first(
    values: dict[str, tuple[Option, BitMap]], base: BitMap
) -> Iterator[tuple[Option, BitMap]]:
    """The few values that take most of what those before them left, one after the other.

    What a value takes never grows; so only those that took enough before are counted anew.
    """
    rest = base
    takes = [(-base.intersection_cardinality(ids), value) for value, (_, ids) in values.items()]
    heapify(takes)
    for _nth in range(min(len(takes), TOLD)):
        while True:
            before, value = takes[0]
            now = -values[value][1].intersection_cardinality(rest)
            if now == before:
                break
            heapreplace(takes, (now, value))
        heappop(takes)
        yield values[value]
        rest = rest - values[value][1]


def _telling(
    filterset: TrackerFilterSet, base: BitMap, name: str, chosen: list[str]
) -> dict[str, tuple[Option, BitMap]]:
    """Values with their records: those within the chosen ones, so that one can stand
    in the address instead of these; without those that all records have, if there are others.
    """
    filter_: Any = filterset.filters[name]
    held = filterset.found.held
    found = {o.value: (o, filter_.ids(held, [o])) for o in filter_.options()}
    if any(chosen):
        whole = BitMap.union(BitMap(), *(found[value][1] for value in chosen if value))
        found = {value: pair for value, pair in found.items() if pair[1] <= whole}
    numbers = {value: base.intersection_cardinality(ids) for value, (_, ids) in found.items()}
    some = {value: pair for value, pair in found.items() if 0 < numbers[value] < len(base)}
    return some or found
