"""Versions as pages and feeds tell them: what happened to which record, when, from what to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from policies.languages import chinese_name_of
from policies.models import PublicVersion
from policies.vocabulary import VersionKind

from .corrections import renamed_slugs, with_slugs
from .differences import Change, changes
from .keeping import title_of
from .kinds import BY_STORED, Kept
from .visible import Visible

AGAIN = _("published again")
# What else happens, as pages translate it.
HAPPENINGS = (_("published"), _("corrected"), _("withdrawn"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One version: what happened, and what changed since the version before it.

    `title` and addresses are today's, and empty where the record is not public today.
    """

    key: int
    kept: Kept
    since: datetime
    happened: str
    note: str
    changes: tuple[Change, ...]
    title: str = ""
    title_zh: str = ""
    address: str = ""
    history: str = ""

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return bool(self.address)

    @property
    def has_page(self) -> bool:
        """Whether the record can be seen as it was from then on."""
        return self.is_public and self.happened != "withdrawn"


def history_address(kept: Kept, record: Any) -> str:
    """Where the history of a record is."""
    return reverse(f"{kept.name}_history", args=[record.slug])


def versions_of(kept: Kept, key: int) -> QuerySet[PublicVersion]:
    """The versions of a record, newest first."""
    return PublicVersion.objects.filter(kind=kept.stored, record_id=key)


def version_at(kept: Kept, key: int, moment: datetime) -> PublicVersion | None:
    """The version of a record that held at `moment`."""
    return versions_of(kept, key).filter(since__lt=moment).first()


def corrected_at(record: Any) -> datetime | None:
    """When a record was corrected last after it became public, if ever."""
    kept = BY_STORED[record._meta.model_name]
    corrections = versions_of(kept, record.pk).filter(change=VersionKind.CORRECTED)
    return corrections.values_list("since", flat=True).first()


def entries(versions: Sequence[PublicVersion]) -> list[Entry]:
    """The versions as entries, in their order; asks a bounded number of questions."""
    before = _versions_before(versions)
    states = _as_called_today([*versions, *before.values()])
    visible = Visible(states.values())
    records = _records(versions)
    found = []
    for row in versions:
        kept, former = BY_STORED[row.kind], before.get(row.pk)
        record = records[row.kind].get(row.record_id)
        told: list[Change] = []
        if record is not None and former is not None and row.fields:
            told = changes(kept.fields, visible.of(states[former.pk]), visible.of(states[row.pk]))
        found.append(
            Entry(
                key=row.pk,
                kept=kept,
                since=row.since,
                happened=_happened(row, former),
                note=row.note,
                changes=tuple(told),
                title=title_of(record) if record else "",
                title_zh=chinese_name_of(record),
                address=record.get_absolute_url() if record else "",
                history=history_address(kept, record) if record else "",
            )
        )
    return found


def _as_called_today(versions: list[PublicVersion]) -> dict[int, dict[str, Any]]:
    """What versions say, with others named by today's slugs: a new one is no other record."""
    renamed = renamed_slugs([row.fields for row in versions])
    return {row.pk: with_slugs(row.fields, renamed) for row in versions}


def _happened(row: PublicVersion, former: PublicVersion | None) -> str:
    if row.change == VersionKind.PUBLISHED and former is not None:
        return AGAIN
    return str(row.change)


def _versions_before(versions: Sequence[PublicVersion]) -> dict[int, PublicVersion]:
    """For each version the public one before it."""
    same = PublicVersion.objects.filter(
        kind=OuterRef("kind"), record_id=OuterRef("record_id"), pk__lt=OuterRef("pk")
    ).exclude(change=VersionKind.WITHDRAWN)
    former = Subquery(same.order_by("-pk").values("pk")[:1])
    rows = PublicVersion.objects.filter(pk__in=[row.pk for row in versions])
    pairs = dict(rows.annotate(former=former).order_by().values_list("pk", "former"))
    found = PublicVersion.objects.in_bulk([key for key in pairs.values() if key])
    return {key: found[former] for key, former in pairs.items() if former}


def _records(versions: Sequence[PublicVersion]) -> dict[str, dict[int, Any]]:
    """The records that are public today, by kind and id."""
    keys: dict[str, set[int]] = defaultdict(set)
    for row in versions:
        keys[row.kind].add(row.record_id)
    return {kind: BY_STORED[kind].public().in_bulk(list(ids)) for kind, ids in keys.items()}
