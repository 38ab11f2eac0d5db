"""A newer version of an item meets its record: what was imported, what stands, what comes.

A value that an editor changed since the last import is not overwritten: it
becomes a `Difference` for an editor to decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from policies.models import CorporateEvent, Policy
from policies.registry import BodyRegistry

from . import children
from .printed import POLICY_DATES, undated

Record = Policy | CorporateEvent
_DATES = (*POLICY_DATES, "happened")
_PRINTED_FORMS = {"title_en": "printed_title_en", "title_zh": "printed_title_zh"}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the record and the newer file disagree."""

    record: Record
    field: str
    stands: Any
    comes: Any

    def __str__(self) -> str:
        return f"{self.record}: {self.field} stands as {self.stands!r}, the file has {self.comes!r}"


def merge(
    record: Record, stands: dict[str, Any], comes: dict[str, Any], registry: BodyRegistry
) -> tuple[list[str], list[Difference]]:
    """Take into `record` what `comes` brings; give the changed fields and the differences."""
    changed, differences = [], []
    for field, value in comes.items():
        before = record.imported.get(field)
        if value in (before, stands[field]):
            continue
        if record.pk and stands[field] != before:
            differences.append(Difference(record, field, stands[field], value))
            continue
        changed.append(field)
    if changed or not record.pk:
        for field in changed:
            write(record, field, comes[field], registry, rows=False)
        settled = {name: comes[name] for name in comes if name in changed}
        record.imported = record.imported | settled
        record.save()
        for field in changed:
            write(record, field, comes[field], registry, rows=True)
    return changed, differences


def write(record: Record, field: str, value: Any, registry: BodyRegistry, *, rows: bool) -> None:
    """Set one field; `rows` chooses those kept in rows of their own or the others."""
    writers = {
        "bodies": lambda: children.write_bodies(record, value, registry),  # type: ignore[arg-type]
        "points": lambda: children.write_points(record, value),  # type: ignore[arg-type]
        "amounts": lambda: children.write_amounts(record, value),
        "sources": lambda: children.write_sources(record, value),
    }
    if field in writers:
        if rows:
            writers[field]()
    elif not rows:
        setattr(record, field, undated(value) if field in _DATES else value)
        if field in _PRINTED_FORMS and isinstance(record, Policy):
            setattr(record, _PRINTED_FORMS[field], value)
