"""Which record of an issue each item of a newer file became: by its words, else by its place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from policies.models import CorporateEvent, Policy
from policies.newsletter import Item
from policies.newsletter.document import CORPORATE_NEWS, POLICY_NEWS, TOP
from policies.vocabulary import Section

Record = Policy | CorporateEvent


def item_key(item: Item) -> str:
    """What an item is called in decisions and on pages: its section and place."""
    return f"{item.section}-{item.position}"


def section_of(record: Record) -> str:
    """The section of items that `record` stands for, as the parser names it."""
    if isinstance(record, CorporateEvent):
        return CORPORATE_NEWS
    return TOP if record.section == Section.TOP else POLICY_NEWS


def pair(items: list[Item], present: list[Record]) -> dict[str, Record]:
    """By item key, the one of an issue's `present` records that an earlier version became."""
    pairs: dict[str, Record] = {}
    for section in {item.section for item in items}:
        own = [item for item in items if item.section == section]
        pairs |= _pair_section(own, [row for row in present if section_of(row) == section])
    return pairs


def _pair_section(items: list[Item], present: list[Record]) -> dict[str, Record]:
    pairs: dict[str, Record] = {}
    free = list(present)

    def take(item: Item, fits: Callable[[Record], bool]) -> None:
        found = next((record for record in free if fits(record)), None)
        if found is not None and item_key(item) not in pairs:
            pairs[item_key(item)] = found
            free.remove(found)

    for item in items:
        said = [("title_zh", item.title_zh), ("headline", item.headline)]
        said += [("summary", item.summary), ("text", item.summary)]
        for name, words in said:
            if words:
                take(item, partial(_says, name=name, words=words))
    for item in items:
        take(item, partial(_stands_at, position=item.position))
    return pairs


def _says(record: Record, *, name: str, words: str) -> bool:
    return record.imported.get(name) == words


def _stands_at(record: Record, *, position: int) -> bool:
    return record.position == position
