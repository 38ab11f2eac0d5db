"""What companies do, counted from the index of events: how many events, which sums of money.

Sums are of what was printed, within one currency; see `money`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from weakref import WeakKeyDictionary

from pyroaring import BitMap

from policies.search.index import KindIndex

# What each event names in a currency, by the index that says it.
_held: WeakKeyDictionary[KindIndex, dict[str, dict[int, Decimal]]] = WeakKeyDictionary()
# What was counted last by each name: among which events and companies, and the numbers.
_Counted = tuple[BitMap, BitMap, dict[str, int]]
_counted: WeakKeyDictionary[KindIndex, dict[str, _Counted]] = WeakKeyDictionary()


def money_of(events: KindIndex, currency: str) -> dict[int, Decimal]:
    """What each event names in a currency; events without are left out."""
    known = _held.setdefault(events, {})
    if currency not in known:
        values = events.values.get(f"in_{currency}", {})
        known[currency] = {key: Decimal(value) for value, ids in values.items() for key in ids}
    return known[currency]


def total(events: KindIndex, ids: BitMap, currency: str) -> Decimal | None:
    """What some events name in a currency all together; None where none of them names any."""
    naming = ids & events.value("currency", currency)
    money = money_of(events, currency) if naming else {}
    return sum((money[key] for key in naming), Decimal()) if naming else None


def companies_in(events: KindIndex, ids: BitMap) -> BitMap:
    """The companies that some events name."""
    return BitMap([key for key, _ in _acting(events, ids)])


def by_value(events: KindIndex, ids: BitMap, name: str, among: BitMap) -> dict[str, int]:
    """How many of the companies `among` have one of the events `ids` with each value.

    Most readers ask for all companies: what was counted last is told again.
    """
    known = _counted.setdefault(events, {})
    last = known.get(name)
    if last is None or last[:2] != (ids, among):
        last = known[name] = ids, among, _by_value(events, ids, name, among)
    return dict(last[2])


def _by_value(events: KindIndex, ids: BitMap, name: str, among: BitMap) -> dict[str, int]:
    acting = [own & ids for key, own in _acting(events, ids) if key in among]
    counts = {
        value: sum(map(having.intersect, acting))
        for value, having in events.values.get(name, {}).items()
        if having.intersect(ids)
    }
    return {value: number for value, number in counts.items() if number}


def _acting(events: KindIndex, ids: BitMap) -> Iterator[tuple[int, BitMap]]:
    for key, own in events.values.get("company", {}).items():
        if own.intersect(ids):
            yield int(key), own
