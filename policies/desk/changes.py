"""What others changed in the last days: who, when, what, as far as it is on record.

A policy's issuers, targets and the like count as it. Many records that one person
changed alike within minutes, as an import does, are one line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.urls import reverse
from django.utils import timezone

from policies.models import (
    Amount,
    BodyAlias,
    BodySuccession,
    Company,
    CorporateEvent,
    Deadline,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyIssuer,
    PolicyRelation,
    PromisedDocument,
    Provision,
    Region,
    Sector,
    SourceLink,
    Target,
    Term,
)

DAYS = 7
SHOWN = 12
LOOKED_AT = 200
TOGETHER = timedelta(minutes=10)
MANY = 4
OWNED: dict[Any, tuple[tuple[Any, str], ...]] = {
    Policy: (
        (PolicyIssuer, "policy_id"), (Target, "policy_id"), (Provision, "policy_id"),
        (PolicyRelation, "policy_id"), (Amount, "policy_id"), (SourceLink, "policy_id"),
        (Deadline, "policy_id"), (PromisedDocument, "policy_id"),
    ),
    CorporateEvent: ((Amount, "event_id"), (SourceLink, "event_id")),
    IssuingBody: ((BodyAlias, "body_id"), (BodySuccession, "predecessor_id")),
}  # fmt: skip
LOGGED = (Company, Sector, Region, Term, NewsletterIssue)
VERBS = {"+": "added", "~": "changed", "-": "deleted"}


@dataclass(slots=True)
class Change:
    """What one person did to one record, or to many records of a kind."""

    kind: Any
    key: Any
    by: str
    at: datetime
    verb: str = "changed"
    reason: str = ""
    rows: Counter[str] = field(default_factory=Counter)
    name: str = ""
    records: int = 1

    @property
    def row_names(self) -> list[str]:
        """Which of the record's rows changed."""
        return list(self.rows)

    @property
    def url(self) -> str:
        """Where to look at it: the record's history or form, or the list of many."""
        meta = self.kind._meta
        name = f"admin:{meta.app_label}_{meta.model_name}"
        if self.records > 1 or self.is_gone:
            return reverse(f"{name}_changelist")
        page = "history" if self.kind in OWNED else "change"
        return reverse(f"{name}_{page}", args=[self.key])

    @property
    def kind_name(self) -> str:
        """What the records are called."""
        meta = self.kind._meta
        return str(meta.verbose_name if self.records == 1 else meta.verbose_name_plural)

    @property
    def is_gone(self) -> bool:
        return self.verb == "deleted"


def recent(viewer: Any, kinds: set[Any], *, days: int = DAYS) -> list[Change]:
    """What others than `viewer` changed in records of these kinds, the latest first."""
    since = timezone.now() - timedelta(days=days)
    found = [change for kind in OWNED if kind in kinds for change in _of_kind(kind, viewer, since)]
    found += _logged(viewer, [kind for kind in LOGGED if kind in kinds], since)
    found.sort(key=lambda change: change.at, reverse=True)
    shown = _folded(found)[:SHOWN]
    _name(shown)
    return shown


def _of_kind(kind: Any, viewer: Any, since: datetime) -> Iterator[Change]:
    """The changes of each record of a kind, with those of its rows."""
    told = [(*row, "") for row in _versions(kind, "id", viewer, since)]
    for row_kind, owner in OWNED[kind]:
        name = str(row_kind._meta.verbose_name_plural)
        told += [(*row, name) for row in _versions(row_kind, owner, viewer, since)]
    told.sort(key=lambda row: row[0], reverse=True)
    last: dict[tuple[Any, str], Change] = {}
    for at, by, sign, reason, key, row in told:
        who = by or "the tracker itself"
        change = last.get((key, who))
        if change is None or change.at - at > TOGETHER:
            change = last[key, who] = Change(kind, key, who, at)
            yield change
        if row:
            change.rows[row] += 1
            continue
        change.reason = change.reason or reason or ""
        if sign != "~":
            change.verb = VERBS[sign]


def _versions(kind: Any, owner: str, viewer: Any, since: datetime) -> list[tuple]:
    kept = kind.history.filter(history_date__gte=since, **{f"{owner}__isnull": False})
    others = kept.exclude(history_user=viewer).order_by("-history_date", "-history_id")
    return list(
        others.values_list(
            "history_date", "history_user__username", "history_type", "history_change_reason",
            owner,
        )[:LOOKED_AT]
    )  # fmt: skip


def _logged(viewer: Any, kinds: list[Any], since: datetime) -> Iterator[Change]:
    """The changes of kinds that keep no versions, as the admin logged them."""
    by_name = {kind._meta.model_name: kind for kind in kinds}
    entries = LogEntry.objects.filter(
        action_time__gte=since,
        content_type__app_label="policies",
        content_type__model__in=by_name,
    ).exclude(user=viewer)
    entry: Any
    for entry in entries.select_related("user", "content_type")[:LOOKED_AT]:
        verb = {ADDITION: "added", DELETION: "deleted"}.get(entry.action_flag, "changed")
        kind = by_name[entry.content_type.model]
        yield Change(
            kind, entry.object_id, str(entry.user), entry.action_time, verb, name=entry.object_repr
        )


def _folded(changes: list[Change]) -> list[Change]:
    """`changes` with those that one person made alike to many records within minutes as one."""
    alike: dict[tuple, list[Change]] = defaultdict(list)
    for change in changes:
        group = alike[change.kind, change.by, change.verb, change.reason]
        if group and group[0].at - change.at <= TOGETHER:
            group.append(change)
        else:
            _fold(group)
            group[:] = [change]
    for group in alike.values():
        _fold(group)
    return [change for change in changes if change.records]


def _fold(group: list[Change]) -> None:
    """Count the group's records in its first change, and leave the others none."""
    if len(group) >= MANY:
        group[0].records = len(group)
        group[0].rows.clear()
        for change in group[1:]:
            change.records = 0


def _name(changes: list[Change]) -> None:
    """Give the changes the names that their records have now."""
    wanted = defaultdict(set)
    for change in changes:
        if not change.name:
            wanted[change.kind].add(change.key)
    names = {
        (kind, key): str(record)
        for kind, keys in wanted.items()
        for key, record in kind._default_manager.in_bulk(list(keys)).items()
    }
    for change in changes:
        if not change.name:
            change.name = names.get((change.kind, change.key), "")
            if not change.name:
                change.verb = "deleted"
