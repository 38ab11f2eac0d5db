"""The same change to many records at once: shown first, then made as a whole or not at all.

Only what many records can share is offered: words of closed lists, sectors,
regions, companies, and what became of targets. The state is not among it; that is
`publishing`'s.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator

from policies.models import CorporateEvent, Policy, Target
from policies.search.indexing import batch
from policies.vocabulary import TargetStatus

ADD, REMOVE, REPLACE = "add", "remove", "replace"
HOWS = {ADD: "with", REMOVE: "without", REPLACE: "only"}
VALUES: dict[Any, tuple[str, ...]] = {
    Policy: ("instrument", "legal_status", "level"),
    CorporateEvent: ("kind",),
    Target: ("status", "evidence_url", "status_note"),
}
LINKS: dict[Any, tuple[str, ...]] = {
    Policy: ("sectors", "regions"),
    CorporateEvent: ("sectors", "regions", "companies"),
    Target: (),
}
READS = {Policy: (), CorporateEvent: (), Target: ("policy",)}
LONGEST_REASON = 100


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to change: new values by field, and records to add, to remove or to have alone."""

    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, tuple[str, list[Any]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.values or self.links)


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a record before and after, in words."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A record, what an edit changes in it, and why it cannot."""

    record: Any
    changes: list[Change]
    refusals: list[str]


class Refused(ValueError):
    """Some records cannot be changed so, hence none is; `refusals` has them with the reasons."""

    def __init__(self, refusals: list[tuple[Any, list[str]]]) -> None:
        super().__init__("; ".join(f"“{record}”: {' '.join(why)}" for record, why in refusals))
        self.refusals = refusals


def chosen(model: Any, keys: Iterable[int]) -> QuerySet:
    """The records with these keys, with all that an edit reads of them."""
    records = model._default_manager.filter(pk__in=keys).select_related(*READS[model])
    return records.prefetch_related(*LINKS[model])


def foresee(records: Iterable[Any], edit: Edit) -> list[Foreseen]:
    """What `edit` would change in each record; nothing is written."""
    return [_foreseen(record, edit) for record in records]


def mark(foreseen: Iterable[Foreseen]) -> str:
    """A mark that differs as soon as one of the changes is another."""
    said = [(f.record.pk, [(c.field, c.old, c.new) for c in f.changes]) for f in foreseen]
    return sha256(json.dumps(said).encode()).hexdigest()


@batch()
def change(model: Any, keys: Iterable[int], edit: Edit, *, by: Any, reason: str = "") -> int:
    """Make `edit` in the records with these keys; gives how many it changed.

    All of them or none: raises Refused with every record that cannot be changed.
    """
    keys = list(keys)
    locked = model._base_manager.select_for_update().order_by("pk").filter(pk__in=keys)
    list(locked.values_list("pk"))
    foreseen = foresee(chosen(model, keys), edit)
    changing = [each for each in foreseen if each.changes]
    refusals = [(each.record, each.refusals) for each in foreseen if each.refusals]
    told = Truncator(f"Bulk edit: {reason or _summary(changing)}").chars(LONGEST_REASON)
    for each in changing if not refusals else ():
        try:
            _write(each.record, edit, by=by, reason=told)
        except ValidationError as error:
            refusals.append((each.record, error.messages))
    if refusals:
        raise Refused(refusals)
    return len(changing)


def _foreseen(record: Any, edit: Edit) -> Foreseen:
    changes = []
    for name, value in _values(record, edit).items():
        column = record._meta.get_field(name)
        old = getattr(record, name)
        if old != value:
            told = str(column.verbose_name)
            changes.append(Change(told, _words(column, old), _words(column, value)))
    for name, (how, given) in edit.links.items():
        old, new = _linked(record, name), _after(record, name, how, given)
        if {each.pk for each in old} != {each.pk for each in new}:
            told = str(record._meta.get_field(name).verbose_name)
            changes.append(Change(told, _listed(old), _listed(new)))
    return Foreseen(record, changes, _refusals(record, edit) if changes else [])


def _values(record: Any, edit: Edit) -> dict[str, Any]:
    """The edit's values for `record`; a target's status is checked today."""
    if isinstance(record, Target) and edit.values:
        return edit.values | {"status_checked_on": timezone.localdate()}
    return edit.values


def _refusals(record: Any, edit: Edit) -> list[str]:
    if not isinstance(record, Target):
        return []
    after = {name: edit.values.get(name, getattr(record, name)) for name in VALUES[Target]}
    settled = after["status"] != TargetStatus.OPEN
    if settled and not (after["evidence_url"] or after["status_note"].strip()):
        return [f"“{TargetStatus(after['status']).label}” needs evidence or a note."]
    return []


def _write(record: Any, edit: Edit, *, by: Any, reason: str) -> None:
    """Change one record through its model, with one version in its history."""
    for name, value in _values(record, edit).items():
        setattr(record, name, value)
    record.clean_fields(exclude={f.name for f in record._meta.fields} - edit.values.keys())
    record.clean()
    record.skip_history_when_saving = True
    for name, (how, given) in edit.links.items():
        getattr(record, name).set(_after(record, name, how, given))
    del record.skip_history_when_saving
    record._history_user, record._change_reason = by, reason
    record.save()


def _linked(record: Any, name: str) -> list[Any]:
    return list(getattr(record, name).all())


def _after(record: Any, name: str, how: str, given: list[Any]) -> list[Any]:
    """What `record` is to be linked with."""
    keys = {each.pk for each in given}
    stay = [each for each in _linked(record, name) if each.pk not in keys]
    return {ADD: [*stay, *given], REMOVE: stay, REPLACE: list(given)}[how]


def _words(column: Any, value: Any) -> str:
    if value is None or value == "":
        return "none"
    return str(dict(column.flatchoices).get(value, value))


def _listed(records: list[Any]) -> str:
    return ", ".join(sorted(map(str, records))) or "none"


def _summary(changing: list[Foreseen]) -> str:
    """The fields that change, for the history."""
    return ", ".join(dict.fromkeys(c.field for each in changing for c in each.changes))
