"""The records of a search in order of time, as a timeline reads them.

Of each year come first those known to it only, then its months in their order; what
has no date comes last, whichever way one reads.
"""

from __future__ import annotations

from pyroaring import BitMap

from policies.filters import TrackerFilterSet

from .periods import UNKNOWN, Spreading


def in_time(filterset: TrackerFilterSet, start: int, stop: int) -> list[int]:
    """The ids from place `start` up to `stop`, the earliest first, or the latest, as asked for."""
    found: list[int] = []
    passed = 0
    for ids in _groups(filterset, filterset.ids()):
        first, last = max(0, start - passed), stop - passed
        if first < len(ids) and last > 0:
            found += filterset.found.page(ids, filterset.order, first, last)
        passed += len(ids)
    return found


def _groups(filterset: TrackerFilterSet, base: BitMap) -> list[BitMap]:
    held = Spreading(filterset, base).held
    dated = [value for value in held if value != UNKNOWN]
    # A month that is not known comes before the others of its year.
    dated.sort(key=lambda value: _place(value, is_back=filterset.order.startswith("-")))
    undated = base - BitMap.union(BitMap(), *(held[value] for value in dated))
    return [held[value] for value in dated] + ([undated] if undated else [])


def _place(value: str, *, is_back: bool) -> tuple[int, int]:
    year, month = int(value[:4]), 0 if value.endswith(UNKNOWN) else int(value[5:])
    return (-year, -month if month else -13) if is_back else (year, month)
