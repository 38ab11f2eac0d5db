"""A newer version of an item meets its record: what was imported, what stands, what comes.

A value that an editor changed since the last import is not overwritten unless an
editor says so: it becomes a `Difference` for an editor to decide. So does one that
the file would lose.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from policies.models import CorporateEvent, Policy, Target
from policies.registry import BodyRegistry

from . import children
from .decisions import UNDECIDED, ItemDecisions
from .losing import EMPTY, loses
from .points import removed
from .printed import POLICY_DATES, current_event, current_policy, undated

Record = Policy | CorporateEvent
_DATES = (*POLICY_DATES, "happened")
_PRINTED_FORMS = {"title_en": "printed_title_en", "title_zh": "printed_title_zh"}
ROWS = ("bodies", "points", "amounts", "sources")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the record and the newer file disagree."""

    record: Record
    field: str
    stands: Any
    comes: Any

    def __str__(self) -> str:
        return f"{self.record}: {self.field} stands as {self.stands!r}, the file has {self.comes!r}"


@dataclass(frozen=True, slots=True)
class Change:
    """A field in which a file brings something new; what is `kept` stays unless it is taken.

    `removes` are targets that would go with it and that are public or were worked on;
    it `loses` where the file lacks the value, or the address of a link that has one.
    """

    field: str
    stands: Any
    comes: Any
    kept: bool
    removes: tuple[Target, ...] = ()
    loses: bool = False


def standing(record: Record) -> dict[str, Any]:
    """The values of `record` today, in the form in which a file brings them."""
    return current_policy(record) if isinstance(record, Policy) else current_event(record)


def compare(
    record: Record, stands: dict[str, Any], comes: dict[str, Any], *, elsewhere: bool = False
) -> list[Change]:
    """What `comes` would change. Kept is what an editor changed by hand or would miss.

    With `elsewhere` the record is of another issue, and all that it says is kept.
    """
    changes = []
    for field, value in comes.items():
        before, now = record.imported.get(field), stands[field]
        if value == now or (value == before and not elsewhere):
            continue
        if elsewhere and value in EMPTY:
            continue
        unknown = now in EMPTY and (elsewhere or field not in record.imported)
        kept = bool(record.pk) and not unknown and (elsewhere or now != before)
        removes = _removed(record, value) if field == "points" else ()
        lost = bool(record.pk) and loses(field, now, value)
        changes.append(Change(field, now, value, kept or lost or bool(removes), removes, lost))
    return changes


def _removed(record: Record, rows: list[dict[str, Any]]) -> tuple[Target, ...]:
    return tuple(removed(record, rows)) if record.pk and isinstance(record, Policy) else ()


def merge(
    record: Record,
    stands: dict[str, Any],
    comes: dict[str, Any],
    registry: BodyRegistry,
    decided: ItemDecisions = UNDECIDED,
) -> tuple[list[str], list[Difference]]:
    """Take into `record` what `comes` brings; give the changed fields and the differences.

    A field that was left is remembered as seen, so that the same file does not ask again.
    What is taken into a record of another issue is remembered as an editor's change.
    """
    elsewhere = decided.into is not None
    writes: dict[str, Any] = {}
    seen: dict[str, Any] = {}
    differences = []
    for change in compare(record, stands, comes, elsewhere=elsewhere):
        if change.field in decided.leave:
            seen[change.field] = change.comes
        elif change.kept and change.field not in decided.take:
            differences.append(Difference(record, change.field, change.stands, change.comes))
        else:
            writes[change.field] = seen[change.field] = change.comes
    typed = {name: v for name, v in decided.typed.items() if not record.pk or stands.get(name) != v}
    if writes or typed or record.pk is None or (seen and not elsewhere):
        for field, value in writes.items():
            _write(record, field, value)
        for field, value in typed.items():
            _set(record, field, value)
        if not elsewhere:
            record.imported = record.imported | seen
        record.save()
        for field, value in (writes | typed).items():
            _write_rows(record, field, value, registry)
    return [*dict.fromkeys([*writes, *typed])], differences


def _write(record: Record, field: str, value: Any) -> None:
    """Set one field that is no row, and what the newsletter printed for it."""
    _set(record, field, value)
    if field in _PRINTED_FORMS and isinstance(record, Policy):
        setattr(record, _PRINTED_FORMS[field], value)


def _set(record: Record, field: str, value: Any) -> None:
    if field not in ROWS:
        setattr(record, field, undated(value) if field in _DATES else value)


def _write_rows(record: Record, field: str, value: Any, registry: BodyRegistry) -> None:
    """Make the rows of `record` those of `value`, where `field` is kept in rows of its own."""
    if field == "amounts":
        children.write_amounts(record, value)
    elif field == "sources":
        children.write_sources(record, value)
    elif isinstance(record, Policy) and field == "bodies":
        children.write_bodies(record, value, registry)
    elif isinstance(record, Policy) and field == "points":
        children.write_points(record, value)
