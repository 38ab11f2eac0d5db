"""Writes planned records: new policies and events in bulk, everything else through the models.

A new policy or event is in review, so that nobody but the search index has to
learn of it: hundreds are written in a few queries, with their history. What may
be public is saved record by record, so that all that listens to the models is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone

from policies.models import CorporateEvent, FormerSlug, Policy, PolicyIssuer
from policies.models.slugs import first_free
from policies.search.indexing import batch, touch

from . import issuers, othernames
from .columns import draft

CHUNK = 500
IN_BULK: dict[type[models.Model], str] = {Policy: "policy", CorporateEvent: "event"}


@batch()
def write(
    model: type[models.Model], new: list[Any], changed: list[Any], *, by: Any, reason: str
) -> None:
    """Write the `new` and the `changed` records of `model` with what was drafted for them."""
    _sign([*new, *changed], by=by, reason=reason)
    single = changed if model in IN_BULK else [*new, *changed]
    if model in IN_BULK:
        _give_slugs(model, new)
        for start in range(0, len(new), CHUNK):
            _write_new(model, new[start : start + CHUNK], by=by, reason=reason)
    for record in single:
        _save(record, by=by, reason=reason)


def _sign(records: Iterable[Any], *, by: Any, reason: str) -> None:
    for record in records:
        record._history_user, record._change_reason = by, reason


def _give_slugs(model: Any, new: list[Any]) -> None:
    kind = model._meta.model_name
    taken = set(model._base_manager.values_list("slug", flat=True))
    taken |= set(FormerSlug.objects.filter(kind=kind).values_list("slug", flat=True))
    last: dict[str, int] = {}
    for record in new:
        stem = record.slug_stem()
        record.slug, last[stem] = first_free(stem, taken, after=last.get(stem, 1))
        taken.add(record.slug)


def _write_new(model: Any, records: list[Any], *, by: Any, reason: str) -> None:
    for record in records:
        record.settle_dates()
    model._base_manager.bulk_create(records)
    history = model.history.model
    versions = model.history.bulk_history_create(records, default_date=timezone.now())
    for field in history._history_m2m_fields:
        _relate(
            field, getattr(history, field.name).model, list(zip(records, versions, strict=True))
        )
    if model is Policy:
        _add(PolicyIssuer, [row for r in records for row in _issuers(r)], by=by, reason=reason)
    touch(IN_BULK[model], [record.pk for record in records])
    for kind, name in (("company", "companies"), ("policy", "answers")):
        touch(kind, [one.pk for record in records for one in draft(record).get(name, [])])


def _relate(field: Any, kept: Any, pairs: list[tuple[Any, Any]]) -> None:
    """Write the relation `field` of new records, and the same into their versions."""
    ours, theirs = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    through = field.remote_field.through
    rows, versions = [], []
    for record, version in pairs:
        for one in draft(record).get(field.name, []):
            rows.append(through(**{ours: record.pk, theirs: one.pk}))
            versions.append(version)
    through._base_manager.bulk_create(rows)
    kept._base_manager.bulk_create(
        kept(
            history=version,
            id=row.pk,
            **{ours: getattr(row, ours), theirs: getattr(row, theirs)},
        )
        for row, version in zip(rows, versions, strict=True)
    )


def _add(model: Any, rows: list[Any], *, by: Any, reason: str) -> None:
    _sign(rows, by=by, reason=reason)
    model._base_manager.bulk_create(rows)
    model.history.bulk_history_create(rows, default_date=timezone.now())


def _save(record: Any, *, by: Any, reason: str) -> None:
    """Save one record and the rows drafted for it, as one version of its history."""
    wanted = draft(record)
    if record.pk is None:
        record.save()
    else:
        record.skip_history_when_saving = True
        for field in record._meta.many_to_many:
            if field.name in wanted:
                getattr(record, field.name).set(wanted[field.name])
        del record.skip_history_when_saving
        record.save()
    if "issuers" in wanted:
        _settle(record.issuers.all(), _issuers(record), issuers.key_of, by=by, reason=reason)
    if "aliases" in wanted:
        rows = [othernames.alias(record, name) for name in wanted["aliases"]]
        _settle(record.aliases.all(), rows, othernames.key_of, by=by, reason=reason)


def _issuers(policy: Policy) -> list[PolicyIssuer]:
    return issuers.rows(policy, draft(policy).get("issuers", []))


def _settle(present: Iterable[Any], wanted: list[Any], key: Any, *, by: Any, reason: str) -> None:
    """Make the rows that a record has those `wanted`; a row that stays keeps what it is."""
    free: dict[Any, list[Any]] = {}
    for row in present:
        free.setdefault(key(row), []).append(row)
    pairs = [(row, free[key(row)].pop(0) if free.get(key(row)) else None) for row in wanted]
    gone = [row for rows in free.values() for row in rows]
    _sign([*gone, *wanted], by=by, reason=reason)
    for row in gone:
        row.delete()
    for row, old in pairs:
        if old is None:
            row.save()
        elif isinstance(row, PolicyIssuer) and _place(row) != _place(old):
            _sign([old], by=by, reason=reason)
            old.position, old.is_lead = row.position, row.is_lead
            old.save()


def _place(row: PolicyIssuer) -> tuple[int, bool]:
    return row.position, row.is_lead
