"""The records of a search in order of time, as a timeline reads them.

A date counts as the end of its period: what is known to a quarter stands behind the months
of it, what is known to a year behind all of that year. What has no date comes last, whichever
way one reads.
"""

from __future__ import annotations

from pyroaring import BitMap

from policies.filters import TrackerFilterSet

from .periods import UNKNOWN, Spreading

# A year, a month of it, and how much more than the month is meant: 1 a quarter, 2 the year.
Place = tuple[int, int, int]


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
    placed: dict[Place, BitMap] = {}
    for month, ids in held["month"].items():
        if month.endswith(f"-{UNKNOWN}"):
            placed |= _vague(month, ids, held["quarter"])
        elif month != UNKNOWN:
            placed[int(month[:4]), int(month[5:]), 0] = ids
    undated = base - BitMap.union(BitMap(), *placed.values())
    in_order = sorted(placed, reverse=filterset.order.startswith("-"))
    return [placed[place] for place in in_order] + ([undated] if undated else [])


def _vague(month: str, ids: BitMap, quarters: dict[str, BitMap]) -> dict[Place, BitMap]:
    """The records of a year whose month is not known, behind their quarters or the year."""
    year, found = int(month[:4]), {}
    for quarter in range(1, 5):
        if known := ids & quarters.get(f"{year:04}-Q{quarter}", BitMap()):
            found[year, quarter * 3, 1] = known
            ids = ids - known
    return found | ({(year, 12, 2): ids} if ids else {})
