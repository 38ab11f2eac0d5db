"""Goes through what was found piece by piece, from marks that outlast edits.

A mark holds what placed the last record of a piece: its group of relevance and its keys
in the order. The next piece begins behind them, wherever that record is by then, so that
whatever does not itself move comes exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from pyroaring import BitMap

from .found import RELEVANCE, Found, is_sorted_sooner


@dataclass(frozen=True, slots=True)
class Mark:
    """Behind what a piece ended, as plain data that JSON can hold."""

    group: int
    key: tuple[Any, ...]


def piece(
    found: Found, within: BitMap, order: str, size: int, mark: Mark | None = None
) -> tuple[list[int], Mark | None]:
    """Up to `size` ids of `within` behind `mark`, and where they end; None where nothing follows.

    The order is that of `Found.page`.
    """
    by_relevance = order == RELEVANCE
    by = found.newest if by_relevance else order
    placed: list[tuple[int, int]] = []
    for number, group in enumerate(found.groups(within) if by_relevance else [within]):
        if mark and number < mark.group:
            continue
        key = mark.key if mark and number == mark.group else None
        more = _behind(found, group, by, size + 1 - len(placed), key)
        placed += [(number, record) for record in more]
        if len(placed) > size:
            break
    ids = [record for _, record in placed[:size]]
    return ids, _mark(found, by, placed[:size]) if len(placed) > size else None


def _mark(found: Found, order: str, placed: list[tuple[int, int]]) -> Mark | None:
    """The mark of the last record that is still there."""
    for group, record in reversed(placed):
        key = found.held.orders.key(order, record)
        if key is not None:
            return Mark(group, key)
    return None


def _behind(found: Found, group: BitMap, order: str, count: int, key: Any) -> list[int]:
    orders, total = found.held.orders, len(found.held.everything)
    is_few = is_sorted_sooner(total, len(group), count)
    held = orders.sort(order, group) if is_few else orders.ids(order)
    start = orders.behind(order, held, key) if key else 0
    return list(islice(filter(group.__contains__, islice(held, start, None)), count))
