"""Which records a record took in, by way of others too."""

from __future__ import annotations

from typing import Any

from policies.models import Merge


def merges_into(record: Any) -> list[Merge]:
    """The merges, not undone, that made `record` what it is, the last first.

    What was merged into a record that was itself merged is among them.
    """
    merges = Merge.objects.filter(kind=record._meta.model_name, undone_at=None)
    found: dict[int, Merge] = {}
    waiting = {record.pk}
    while waiting:
        level = [merge for merge in merges.filter(kept_id__in=waiting) if merge.pk not in found]
        found |= {merge.pk: merge for merge in level}
        waiting = {merge.gone_id for merge in level}
    return sorted(found.values(), key=lambda merge: merge.pk, reverse=True)
