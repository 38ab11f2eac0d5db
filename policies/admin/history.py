"""The history page of a record: who changed what, from what to what, with its rows.

A policy's issuers, targets, provisions and relations are part of it. What one
save changed stands together. Old versions cannot be written back: that would be
a second door between states.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.template.response import TemplateResponse
from simple_history.template_utils import ObjDiffDisplay

from policies.models.dates import Precise
from policies.publishing import in_words

from .forms import plain

UNTOLD = {
    "id", "policy", "event", "created_at", "changed_at", "imported", "published_at",
    "after_paragraph", "publish_by",
}  # fmt: skip
NAMES = (
    "body", "other", "printed", "text", "name", "label", "successor", "purpose", "currency",
    "earlier", "policy",
)  # fmt: skip
TOGETHER = timedelta(seconds=2)
SHOWN = 200
DIFFERENCE = ObjDiffDisplay(max_length=500, min_begin_len=40, min_end_len=40, min_common_len=40)


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after; `row` says which row of the record it stands in."""

    row: str
    field: str
    old: str
    new: str


@dataclass(slots=True)
class Entry:
    """What one person did in one go."""

    at: Any
    by: Any
    reason: str
    changes: list[Change] = field(default_factory=list)


def entries(
    record: type[models.Model], key: int, rows: Iterable[type[models.Model]]
) -> list[Entry]:
    """What happened to the record and its `rows`, the newest first."""
    told = list(_changes(record, {"id": key}))
    for row in rows:
        told += _changes(row, {_owner(row, record): key})
    told.sort(key=lambda pair: pair[0].history_date, reverse=True)
    found: list[Entry] = []
    for version, changes in told:
        reason = version.history_change_reason or ""
        last = found[-1] if found else None
        if not (
            last
            and (last.by, last.reason) == (version.history_user, reason)
            and last.at - version.history_date <= TOGETHER
        ):
            last = Entry(version.history_date, version.history_user, reason)
            found.append(last)
        last.changes = [*changes, *last.changes]
    return [entry for entry in found if entry.changes or entry.reason]


def _owner(row: type[models.Model], record: type[models.Model]) -> str:
    """The column of a row's first link to the record that it belongs to."""
    return next(f.attname for f in row._meta.fields if f.related_model is record)


def _changes(model: Any, where: dict[str, int]) -> Iterator[tuple[Any, list[Change]]]:
    """Each version of the model's records with what it changed."""
    kept = model.history.model
    linked = [f.name for f in kept.tracked_fields if isinstance(f, models.ForeignKey)]
    versions = kept.objects.filter(**where).select_related("history_user", *linked)
    many = {f.name: _listed(kept, f.name, where) for f in kept._history_m2m_fields}
    before: dict[int, dict[str, str]] = {}
    for version in versions.order_by("id", "history_date", "history_id"):
        now = _told(version, many, owner=next(iter(where)))
        row = "" if "id" in where else _row(version, next(iter(where)))
        if version.history_type == "-":
            changes = [Change(row, "", "removed", "")]
        elif version.id not in before:
            changes = [Change(row, "", "", "added")]
        else:
            was = before[version.id]
            changes = [
                Change(row, name, *DIFFERENCE.common_shorten_repr(was[name], now[name]))
                for name in now
                if was[name] != now[name]
            ]
        before[version.id] = now
        yield version, changes


def _listed(kept: Any, name: str, where: dict[str, int]) -> dict[int, list[str]]:
    """For each version, the names of what it held in the many-to-many field `name`."""
    rows = getattr(kept, name).model
    ends = ("history", kept.instance_type._meta.model_name)
    links = [f.name for f in rows._meta.fields if isinstance(f, models.ForeignKey)]
    target = next(link for link in links if link not in ends)
    found = defaultdict(list)
    for row in rows.objects.filter(history__id=where["id"]).select_related(target).order_by("pk"):
        found[row.history_id].append(str(getattr(row, target) or "a record since deleted"))
    return found


def _told(version: Any, many: dict[str, dict[int, list[str]]], *, owner: str) -> dict[str, str]:
    """The version's values in words, by the fields' names in words."""
    values = {
        str(f.verbose_name): _words(version, f)
        for f in version.tracked_fields
        if f.name not in UNTOLD and f.attname != owner and not f.name.endswith("_precision")
    }
    for name, listed in many.items():
        values[name] = ", ".join(sorted(listed[version.history_id])) or "none"
    for name in getattr(version.instance_type, "precise_dates", ()):
        on = version._meta.get_field(f"{name}_on").verbose_name
        values[on] = str(Precise(name).__get__(version) or "none")
    return values


def _words(version: Any, f: Any) -> str:
    value = getattr(version, f.attname)
    if value is None or value == "":
        return "none"
    if isinstance(f, models.ForeignKey):
        return str(getattr(version, f.name, None) or "a record since deleted")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return in_words(value)
    if isinstance(value, Decimal):
        return f"{plain(value):,f}"
    if f.choices:
        return str(dict(f.flatchoices).get(value, value))
    return str(value)


def _row(version: Any, owner: str) -> str:
    kind = version.instance_type._meta.verbose_name
    names = [name for name in NAMES if f"{name}_id" != owner]
    words = str(next((value for name in names if (value := getattr(version, name, ""))), ""))
    return f"{kind} “{words if len(words) <= 80 else words[:79] + '…'}”"


class ToldHistory(admin.ModelAdmin):
    """An admin whose history page tells what changed."""

    history_rows: tuple[type[models.Model], ...] = ()

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        told = entries(self.model, record.pk, self.history_rows)
        context = self.admin_site.each_context(request) | {
            "title": "History",
            "subtitle": str(record),
            "object": record,
            "opts": self.opts,
            "entries": told[:SHOWN],
            "more": len(told) - SHOWN,
        }
        return TemplateResponse(request, "admin/told_history.html", context)
