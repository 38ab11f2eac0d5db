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
    base = filterset.ids()
    groups = _groups(filterset, base)
    passed, before = 0, 0
    spanned: list[BitMap] = []
    for ids in groups:
        if passed < stop and passed + len(ids) > start:
            before = passed if not spanned else before
            spanned.append(ids)
        passed += len(ids)
    union = BitMap.union(BitMap(), *spanned)
    ordered = filterset.found.page(union, filterset.order, 0, len(union))
    place = {key: nth for nth, key in enumerate(ordered)}
    found = [key for ids in spanned for key in sorted(ids, key=place.__getitem__)]
    return found[start - before : stop - before] if spanned else []


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
