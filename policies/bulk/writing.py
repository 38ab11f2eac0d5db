"""Writes planned records, hundreds in a few queries, with their history.

Policies, targets and events go past the models' signals, so the search index is
told what they touch, and by it whoever keeps what the public saw. Bodies are
few, and moving one moves much else: they are saved one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone

from policies.models import CorporateEvent, FormerSlug, IssuingBody, Policy, Target
from policies.models.slugs import first_free
from policies.search.indexing import batch, touch, touch_with_targets
from policies.search.store import chunks

from . import issuers, othernames
from .columns import draft
from .rows import settle

CHUNK = 500


@batch()
def write(
    model: type[models.Model], new: list[Any], changed: list[Any], *, by: Any, reason: str
) -> None:
    """Write the `new` and the `changed` records of `model` with what was drafted for them."""
    for record in (*new, *changed):
        record._history_user, record._change_reason = by, reason
    if model is IssuingBody:
        for record in (*new, *changed):
            record.save()
        _write_other_names([*new, *changed], by=by, reason=reason)
        return
    _give_slugs(model, new)
    for records in chunks(new, CHUNK):
        for record in records:
            record.settle_dates()
        model._base_manager.bulk_create(records)
        _write_rows(model, records, update=False, by=by, reason=reason)
    for records in chunks(changed, CHUNK):
        for record in records:
            _update(record)
        _write_rows(model, records, update=True, by=by, reason=reason)


def _give_slugs(model: Any, new: list[Any]) -> None:
    if not new:
        return
    kind = model._meta.model_name
    taken = set(model._base_manager.values_list("slug", flat=True))
    taken |= set(FormerSlug.objects.filter(kind=kind).values_list("slug", flat=True))
    last: dict[str, int] = {}
    for record in new:
        stem = record.slug_stem()
        record.slug, last[stem] = first_free(stem, taken, after=last.get(stem, 1))
        taken.add(record.slug)


def _update(record: Any) -> None:
    """Write the fields that a sheet changed, and no other."""
    record.settle_dates()
    fields = {record._meta.get_field(name) for name in record.__dict__.get("stored", ())}
    if hasattr(record, "changed_at"):
        record.changed_at = timezone.now()
        fields.add(record._meta.get_field("changed_at"))
    values = {field.attname: getattr(record, field.attname) for field in fields}
    if values:
        type(record)._base_manager.filter(pk=record.pk).update(**values)


def _write_rows(model: Any, records: list[Any], *, update: bool, by: Any, reason: str) -> None:
    """Write the relations, the issuers and the versions of these records, and index them."""
    kept = model.history.model
    relations = {field.name: field for field in kept._history_m2m_fields}
    told: dict[str, set[int]] = {name: set() for name in relations}
    for name, field in relations.items():
        told[name] |= _relate(field, [record for record in records if name in draft(record)])
    versions = model.history.bulk_history_create(
        records, update=update, default_date=timezone.now()
    )
    for name, field in relations.items():
        told[name] |= _keep(field, getattr(kept, name).model, records, versions)
    if model is Policy:
        _write_issuers(records, update=update, by=by, reason=reason)
    _touch(model, records, told)


def _relate(field: Any, records: list[Any]) -> set[int]:
    """Make the relation `field` of the records what was drafted; gives the keys taken away."""
    ours, theirs = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    through = field.remote_field.through._base_manager
    wanted = {(r.pk, one.pk) for r in records for one in draft(r)[field.name]}
    present = {
        (getattr(row, ours), getattr(row, theirs)): row.pk
        for row in through.filter(**{f"{ours}__in": [record.pk for record in records]})
    }
    gone = present.keys() - wanted
    through.filter(pk__in=[present[pair] for pair in gone]).delete()
    through.bulk_create(
        through.model(**{ours: our, theirs: their})
        for our, their in sorted(wanted - present.keys())
    )
    return {their for _, their in gone}


def _keep(field: Any, kept: Any, records: list[Any], versions: list[Any]) -> set[int]:
    """Copy the relation `field` of the records into their versions; gives the keys related."""
    ours, theirs = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    by_key = {record.pk: version for record, version in zip(records, versions, strict=True)}
    rows = list(field.remote_field.through._base_manager.filter(**{f"{ours}__in": by_key}))
    kept._base_manager.bulk_create(
        kept(
            history=by_key[getattr(row, ours)],
            id=row.pk,
            **{ours: getattr(row, ours), theirs: getattr(row, theirs)},
        )
        for row in rows
    )
    return {getattr(row, theirs) for row in rows}


def _write_issuers(policies: list[Policy], *, update: bool, by: Any, reason: str) -> None:
    named = [policy for policy in policies if "issuers" in draft(policy)]
    settle(
        present=[row for p in named for row in p.issuers.all()] if update else [],
        wanted=[row for p in named for row in issuers.rows(p, draft(p)["issuers"])],
        key=issuers.key_of,
        keeps=("position", "is_lead"),
        by=by,
        reason=reason,
    )


def _write_other_names(bodies: list[IssuingBody], *, by: Any, reason: str) -> None:
    named = [body for body in bodies if "aliases" in draft(body)]
    settle(
        present=[row for body in named for row in body.aliases.all()],
        wanted=[othernames.alias(body, name) for body in named for name in draft(body)["aliases"]],
        key=othernames.key_of,
        keeps=("name",),
        by=by,
        reason=reason,
    )
    touch("body", [body.pk for body in named])


def _touch(model: Any, records: list[Any], told: dict[str, set[int]]) -> None:
    keys: Iterable[int] = [record.pk for record in records]
    if model is Target:
        touch("target", keys)
        touch("policy", {record.policy_id for record in records})
    elif model is Policy:
        touch_with_targets(keys)
    elif model is CorporateEvent:
        touch("event", keys)
        touch("company", told["companies"])
        touch_with_targets(told["answers"])
