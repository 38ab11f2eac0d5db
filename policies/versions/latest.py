"""The last version of each of many records, and when they first became public and last changed."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db.models import Max, Min, OuterRef, Subquery

from policies.models import PublicVersion

from .kinds import Kept

CHUNK = 500
# What came before versions were kept, and a tracker in which nothing ever changed, is so old.
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)


def latest(kept: Kept, keys: list[int]) -> dict[int, PublicVersion]:
    """The last version of each record that has one."""
    versions = PublicVersion.objects.filter(kind=kept.stored)
    same = versions.filter(record_id=OuterRef("record_id")).order_by("-since", "-pk")
    rows = versions.filter(record_id__in=keys, pk=Subquery(same.values("pk")[:1]))
    return {row.record_id: row for row in rows}


def moments(kept: Kept, keys: list[int]) -> dict[int, tuple[datetime, datetime]]:
    """When each record first became public, and when what the public sees of it changed last."""
    versions = PublicVersion.objects.filter(kind=kept.stored, record_id__in=keys).order_by()
    rows = versions.values("record_id").annotate(first=Min("since"), last=Max("since"))
    return {row["record_id"]: (row["first"], row["last"]) for row in rows}
