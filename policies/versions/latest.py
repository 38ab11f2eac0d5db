"""The last version of each of many records."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery

from policies.models import PublicVersion

from .kinds import Kept

CHUNK = 500


def latest(kept: Kept, keys: list[int]) -> dict[int, PublicVersion]:
    """The last version of each record that has one."""
    versions = PublicVersion.objects.filter(kind=kept.stored)
    same = versions.filter(record_id=OuterRef("record_id")).order_by("-since", "-pk")
    rows = versions.filter(record_id__in=keys, pk=Subquery(same.values("pk")[:1]))
    return {row.record_id: row for row in rows}
