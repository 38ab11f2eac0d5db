"""Which record of an issue each item of a newer file is: by what they say, never by place alone.

What is alike in part is told apart: an editor has to say whether it is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from policies.models import CorporateEvent, Policy
from policies.newsletter import Item
from policies.newsletter.document import CORPORATE_NEWS, POLICY_NEWS, TOP
from policies.vocabulary import Section

from .likeness import Said, is_same_document, likeness, said_by_item, said_by_record

Record = Policy | CorporateEvent
# Of a hundred: from here on they are the same, and below the other they are not.
SURE, LIKE = 75, 55
# Events of one day say little else that can be compared; two stories share some 30.
LIKE_THAT_DAY = 40


@dataclass(frozen=True, slots=True)
class Pairs:
    """By item key, the record that an item is, and the one that it may be."""

    sure: dict[str, Record] = field(default_factory=dict)
    unsure: dict[str, Record] = field(default_factory=dict)

    def gone(self, present: list[Record]) -> list[Record]:
        """Those of the issue's `present` records that no item is or may be."""
        kept = {_name(row) for rows in (self.sure, self.unsure) for row in rows.values()}
        return [record for record in present if _name(record) not in kept]


def item_key(item: Item) -> str:
    """What an item is called in decisions and on pages: its section and place."""
    return f"{item.section}-{item.position}"


def section_of(record: Record) -> str:
    """The section of items that `record` stands for, as the parser names it."""
    if isinstance(record, CorporateEvent):
        return CORPORATE_NEWS
    return TOP if record.section == Section.TOP else POLICY_NEWS


def pair(
    items: list[Item], present: list[Record], chosen: Mapping[str, int | None] | None = None
) -> Pairs:
    """Which of an issue's `present` records each of `items` is.

    `chosen` has by item key what an editor said: the key of its record, or None for a new
    one. A record that is not here, or that another item was given, counts as not said.
    """
    pairs = Pairs()
    for section in dict.fromkeys(item.section for item in items):
        waiting = _Section(
            pairs,
            [item for item in items if item.section == section],
            [record for record in present if section_of(record) == section],
        )
        waiting.as_chosen(chosen or {})
        waiting.unchanged()
        waiting.by_likeness()
    return pairs


@dataclass(slots=True)
class _Section:
    """The items and the records of a section that are not paired yet."""

    pairs: Pairs
    items: list[Item]
    free: list[Record]

    def _take(self, item: Item, record: Record | None, *, sure: bool = True) -> None:
        self.items.remove(item)
        if record is not None:
            (self.pairs.sure if sure else self.pairs.unsure)[item_key(item)] = record
            self.free.remove(record)

    def as_chosen(self, chosen: Mapping[str, int | None]) -> None:
        """Pair what an editor said."""
        for item in list(self.items):
            key = chosen.get(item_key(item), 0)
            record = next((row for row in self.free if row.pk == key), None)
            if record is not None or key is None:
                self._take(item, record)

    def unchanged(self) -> None:
        """Pair what says just the same; of several, the nearest."""
        for item in list(self.items):
            values = said_by_item(item).values
            same = [row for row in self.free if row.imported == values]
            if same:
                self._take(item, min(same, key=lambda row: abs(row.position - item.position)))

    def by_likeness(self) -> None:
        """Pair what is alike, the best pairs first; of equal ones, the nearest."""
        stand = [(row, said_by_record(row)) for row in self.free]
        alike = [
            (strength, -abs(row.position - item.position), item, row)
            for item, said in [(item, said_by_item(item)) for item in self.items]
            for row, stands in stand
            if (strength := _strength(said, stands)) >= _least(row, said, stands)
        ]
        for strength, _, item, record in sorted(alike, key=lambda one: one[:2], reverse=True):
            if item in self.items and record in self.free:
                self._take(item, record, sure=strength >= SURE)


def _least(record: Record, said: Said, stands: Said) -> float:
    """How alike they must be for an editor to be asked."""
    is_that_day = isinstance(record, CorporateEvent) and said.date and said.date == stands.date
    return LIKE_THAT_DAY if is_that_day else LIKE


def _strength(said: Said, stands: Said) -> float:
    """How alike an item and a record are; in other words about one document they are the same."""
    alike = likeness(said, stands)
    return max(alike, SURE) if is_same_document(said, stands) else alike


def _name(record: Record) -> tuple[type[Record], int]:
    return type(record), record.pk
