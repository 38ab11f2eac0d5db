"""Which record of an issue that is here already an item is: one of them, or a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.text import Truncator

from policies.intake.pairing import Record

from .choices import NEW, ItemChoices
from .doubts import RECORD, Doubt
from .outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Whose:
    """The records to choose from, and what is chosen; nothing where it is doubted.

    `likely` is the record that is doubted, and `says` how it begins.
    """

    options: tuple[tuple[str, str], ...]
    chosen: str
    likely: Record | None
    says: str
    doubt: Doubt | None


def whose(outcome: Outcome, free: Sequence[Record], doubts: Sequence[Doubt]) -> Whose | None:
    """What there is to choose for an item beside the records that are `free`, if anything."""
    own, likely = outcome.own, outcome.likely
    records = [*([own] if own is not None else []), *free]
    if not records:
        return None
    chosen = str(own.pk) if own is not None else "" if likely is not None else NEW
    said = getattr(likely, "summary", "") or getattr(likely, "text", "")
    return Whose(
        options=((NEW, "A new record"), *((str(row.pk), _named(row)) for row in records)),
        chosen=chosen,
        likely=likely,
        says=Truncator(said).chars(240),
        doubt=next((doubt for doubt in doubts if doubt.kind == RECORD), None),
    )


def _named(record: Record) -> str:
    place = f"{record.position}. " if record.position else ""
    return f"{place}{Truncator(str(record)).chars(100)}"


def take_record(key: str, shown: Whose | None, form: QueryDict, chosen: ItemChoices) -> bool:
    """Take what was chosen for the item `key` beside what was `shown`; whether it is another."""
    said = form.get(f"{key}:record", "")
    if shown is None or said == shown.chosen or said not in dict(shown.options):
        return False
    chosen.record = said
    return True
