"""The first few of many records in the order of their days, without sorting all of them.

The index tells which records have a day, so the database reads and sorts those of as many
days as are needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from pyroaring import BitMap

from .index import KindIndex

# Up to so many records are sorted by the database, whatever their days.
FEW = 100
# So many keys are named in one question at most.
MOST = 2000
# How many times more records are looked at, where those looked at before were too few.
GROWTH = 4


def latest(held: KindIndex, name: str, ids: BitMap) -> Iterator[BitMap]:
    """The records called `ids` by the day that the index calls `name`.

    The latest come first, and those without a day last. A few are given all at once.
    """
    if len(ids) <= FEW:
        yield ids
        return
    days = held.values.get(name, {})
    yield from (found for day in sorted(days, reverse=True) if (found := ids & days[day]))
    yield ids - BitMap.union(BitMap(), *days.values())


def due(held: KindIndex, since: str) -> Iterator[BitMap]:
    """The targets by the day that they are due, from `since` on; of one day, the latest first."""
    for day, ids in sorted(held.values.get("due", {}).items()):
        if day >= since:
            yield from latest(held, "announced", ids)


def first(rows: QuerySet, groups: Iterator[BitMap], number: int) -> list[Any]:
    """The first `number` of `rows`, in their order, which is that of the groups of keys too.

    Groups may hold keys that `rows` lack: more are read until there are enough.
    """
    found: list[Any] = []
    waiting, least = BitMap(), number
    for group in groups:
        waiting = waiting | group
        if len(waiting) >= least:
            found += _first(rows, list(waiting), number - len(found))
            waiting, least = BitMap(), least * GROWTH
        if len(found) >= number:
            return found
    return found + _first(rows, list(waiting), number - len(found))


def _first(rows: QuerySet, keys: Sequence[int], number: int) -> list[Any]:
    if len(keys) > MOST:
        some = rows.prefetch_related(None).values_list("pk", flat=True)
        parts = [keys[at : at + MOST] for at in range(0, len(keys), MOST)]
        keys = [key for part in parts for key in some.filter(pk__in=part)[:number]]
    return list(rows.filter(pk__in=keys)[:number]) if keys else []
