"""Orders of records, as lists of ids that a process holds, each read when first asked for.

An order is a row of keys, each ascending or descending, unknown values last. A
changed record is moved to its new place by looking up the keys of some twenty
others, whatever the number of records.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, Collate, NullIf
from pyroaring import BitMap

from policies.models import Amount, PublicVersion
from policies.money import EUR
from policies.vocabulary import BodyKind

from .kinds import Kind


def plain_order(expression: Any) -> Collate:
    """Text in the order of its characters' numbers, the same on both databases."""
    return Collate(expression, "BINARY" if connection.vendor == "sqlite" else "C")


def title(*fields: str) -> Any:
    """The first of the fields that holds something."""
    return plain_order(Coalesce(*(NullIf(F(name), Value("")) for name in fields), Value("")))


def printed_sum(currency: str) -> Any:
    """What an event names first in a currency, as `money.printed_sums` reads it."""
    named = When(currency=currency, then=F("value"))
    value = Case(named, default=F("eur") if currency == EUR else None)
    amounts = Amount.objects.filter(event=OuterRef("pk")).annotate(named=value)
    return Subquery(amounts.exclude(named=None).order_by("position", "pk").values("named")[:1])


def first_public() -> Any:
    """When a target first became public: with its policy, or later, when it was added to it."""
    versions = PublicVersion.objects.filter(kind="target", record_id=OuterRef("pk"))
    first = versions.order_by("since").values("since")[:1]
    return Coalesce(Subquery(first), F("policy__published_at"))


# By kind and name: the columns, "-" before those that descend. "title" is made of others.
ORDERS: dict[str, dict[str, tuple[str, ...]]] = {
    "policy": {
        "-announced": ("-announced_on", "-section", "position", "-pk"),
        "announced": ("announced_on", "-section", "position", "pk"),
        "-added": ("-published_at", "-pk"),
        "title": ("title", "pk"),
    },
    "target": {
        "due": ("due_on", "-policy__announced_on", "policy_id", "position", "pk"),
        "-due": ("-due_on", "-policy__announced_on", "policy_id", "position", "pk"),
        "-announced": ("-policy__announced_on", "policy_id", "position", "pk"),
        "-added": ("-first_public", "-pk"),
    },
    "event": {
        "-happened": ("-happened_on", "position", "-pk"),
        "happened": ("happened_on", "position", "pk"),
        "-added": ("-published_at", "-pk"),
        "-cny": ("-cny", "-happened_on", "position", "-pk"),
        "-eur": ("-eur", "-happened_on", "position", "-pk"),
    },
    "body": {
        "kind": ("rank", "title", "pk"),
        "name": ("title", "pk"),
        "abbreviation": ("short", "title", "pk"),
    },
    "company": {"name": ("title", "pk")},
    "term": {"name": ("title", "pk"), "pinyin": ("short", "pk")},
    "sector": {"name": ("title", "pk")},
}
# The order among equals of relevance: newest first, or by name.
NEWEST = {"policy": "-announced", "target": "-announced", "event": "-happened"}
TITLES = {
    "policy": ("title_en", "headline", "title_zh"),
    "body": ("name_en",),
    "company": ("name_en",),
    "term": ("term_en",),
    "sector": ("name_en",),
}
SHORT = {"body": "abbreviation", "term": "pinyin"}
SUMS = {"cny": "CNY", "eur": EUR}


class Orders:
    """The orders of one kind of record."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._held: dict[str, array[int]] = {}

    def ids(self, name: str) -> array[int]:
        """The ids of all public records in the order called `name`."""
        if name not in self._held:
            rows = self._rows(name).order_by(*self._sorting(name)).values_list("pk", flat=True)
            self._held[name] = array("I", rows.iterator(chunk_size=10_000))
        return self._held[name]

    def sort(self, name: str, keys: Iterable[int]) -> list[int]:
        """A few ids in the order called `name`, sorted by the database."""
        rows = self._rows(name).filter(pk__in=list(keys)).order_by(*self._sorting(name))
        return list(rows.values_list("pk", flat=True))

    def key(self, name: str, record: int) -> tuple | None:
        """What places a record in the order called `name`, as JSON can hold it; its id is last."""
        columns = [column.lstrip("-") for column in ORDERS[self.kind.name][name]]
        row = self._rows(name).filter(pk=record).values_list(*columns).first()
        return row and tuple(_written(value) for value in row)

    def behind(self, name: str, held: Sequence[int], key: tuple) -> int:
        """How many of `held`, ids in the order called `name`, stand up to the place of `key`.

        The record that had the key may have moved or be gone: its old place counts.
        """
        if self.key(name, key[-1]) == key:
            with suppress(ValueError):
                return held.index(key[-1]) + 1
        return self._before(name, held, self._comparable(name, key))

    def with_changes(self, changed: set[int], everything: BitMap) -> Orders:
        """The orders with the changed records where they belong now."""
        made = Orders(self.kind)
        for name, held in list(self._held.items()):
            kept = _without(held, changed)
            for key in sorted(changed):
                if key in everything:
                    kept.insert(self._place(name, kept, key), key)
            made._held[name] = kept
        return made

    def _place(self, name: str, held: array[int], key: int) -> int:
        return self._before(name, held, self._key(name, key))

    def _before(self, name: str, held: Sequence[int], own: tuple | None) -> int:
        low, high = 0, len(held)
        while low < high:
            middle = (low + high) // 2
            other = self._key(name, held[middle])
            if other is not None and own is not None and other < own:
                low = middle + 1
            else:
                high = middle
        return low

    def _key(self, name: str, key: int) -> tuple | None:
        row = self.key(name, key)
        return row and self._comparable(name, row)

    def _comparable(self, name: str, row: tuple) -> tuple:
        columns = ORDERS[self.kind.name][name]
        return tuple(_comparable(value, c) for value, c in zip(row, columns, strict=True))

    def _rows(self, name: str) -> Any:
        rows = self.kind.model._base_manager.all()
        columns = {column.lstrip("-") for column in ORDERS[self.kind.name][name]}
        if "title" in columns:
            rows = rows.annotate(title=title(*TITLES[self.kind.name]))
        if "short" in columns:
            rows = rows.annotate(short=plain_order(NullIf(F(SHORT[self.kind.name]), Value(""))))
        if "first_public" in columns:
            rows = rows.annotate(first_public=first_public())
        for currency in SUMS.keys() & columns:
            rows = rows.annotate(**{currency: printed_sum(SUMS[currency])})
        if "rank" in columns:
            ranks = [When(kind=kind, then=rank) for rank, kind in enumerate(BodyKind.values)]
            rows = rows.annotate(rank=Case(*ranks, default=len(ranks)))
        return rows

    def _sorting(self, name: str) -> list[Any]:
        return [
            F(column.lstrip("-")).desc(nulls_last=True)
            if column.startswith("-")
            else F(column).asc(nulls_last=True)
            for column in ORDERS[self.kind.name][name]
        ]


def _without(held: array[int], gone: set[int]) -> array[int]:
    if len(gone) > 3:
        return array("I", [key for key in held if key not in gone])
    kept = array("I", held)
    for key in gone:
        # Looking for one number is much quicker than copying one by one.
        if key in kept:
            kept.remove(key)
    return kept


def _written(value: Any) -> Any:
    """A value as JSON can hold it; days and moments as text that sorts like them."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


class _Descending:
    """A value that sorts the other way round."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Descending) and self.value == other.value

    def __lt__(self, other: _Descending) -> bool:
        return other.value < self.value

    __hash__ = None  # type: ignore[assignment]


def _comparable(value: Any, column: str) -> tuple:
    if value is None:
        return (1,)
    return (0, _Descending(value) if column.startswith("-") else value)
