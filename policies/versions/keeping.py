"""Writes a version whenever what the public sees of a record changes.

The search tells of every change, at the end of each batch and in its transaction. One
batch gives a record one version at most. Records that never were public get none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.text import Truncator

from policies.models import PublicVersion, Target
from policies.models.prose import shown_text
from policies.records import public_records
from policies.search.indexing import lock_state
from policies.search.store import chunks
from policies.vocabulary import VersionKind

from .corrections import corrected_since
from .kinds import KEPT, Kept
from .latest import CHUNK, latest
from .neighbours import bring_up_to_date

TITLE_LENGTH = 500


def keep(changed: Mapping[str, Iterable[int]]) -> None:
    """Write the versions of the records that `changed`, ids by kind of record."""
    now = timezone.now()
    bring_up_to_date(changed.get("policy", ()))
    for name, kept in KEPT.items():
        for keys in chunks(sorted(changed.get(name, ())), CHUNK):
            _keep(kept, keys, now)


def _keep(kept: Kept, keys: list[int], now: datetime) -> None:
    records = list(kept.public().filter(pk__in=keys).order_by("pk"))
    last = latest(kept, keys)
    states = dict(zip([r.pk for r in records], public_records(records), strict=True))
    corrected = corrected_since(kept, last, states)
    new = []
    for record in records:
        state, before = told(kept, states[record.pk]), last.get(record.pk)
        if before is None:
            since = getattr(record, "published_at", None) or now
            new.append(version(kept, record, since, VersionKind.PUBLISHED, state))
        elif before.change == VersionKind.WITHDRAWN:
            new.append(version(kept, record, now, VersionKind.PUBLISHED, state))
        elif record.pk in corrected:
            new.append(version(kept, record, now, VersionKind.CORRECTED, state))
    gone = [
        before
        for key, before in last.items()
        if key not in states and before.change != VersionKind.WITHDRAWN
    ]
    PublicVersion.objects.bulk_create([*new, *withdrawals(kept, gone, now)])


def told(kept: Kept, state: dict[str, Any]) -> dict[str, Any]:
    """What a version keeps of a record's public fields."""
    return {field.name: state[field.name] for field in kept.fields}


def version(
    kept: Kept, record: Any, since: datetime, change: VersionKind, state: dict[str, Any]
) -> PublicVersion:
    """A version that is not stored yet."""
    return PublicVersion(
        kind=kept.stored,
        record_id=record.pk,
        since=since,
        change=change,
        title=title_of(record),
        fields=state,
    )


def title_of(record: Any) -> str:
    """What readers call a record."""
    name = (record.metric or shown_text(record.text)) if isinstance(record, Target) else str(record)
    return Truncator(" ".join(name.split())).chars(TITLE_LENGTH)


def withdrawals(kept: Kept, last: list[PublicVersion], now: datetime) -> Iterator[PublicVersion]:
    """That records are public no more, each with its public note."""
    keys = [before.record_id for before in last]
    notes: dict[int, str] = {}
    if keys and hasattr(kept.model, "withdrawn_note"):
        rows = kept.model.objects.filter(pk__in=keys)
        notes = dict(rows.values_list("pk", "withdrawn_note"))
    for before in last:
        yield PublicVersion(
            kind=kept.stored,
            record_id=before.record_id,
            since=now,
            change=VersionKind.WITHDRAWN,
            title=before.title,
            note=notes.get(before.record_id, ""),
        )


def write_first_versions() -> int:
    """Write a version for each public record without one, as it is now. Gives their number.

    It counts as public since its record's first publication; a body, since now.
    """
    written = 0
    for kept in KEPT.values():
        versions = PublicVersion.objects.filter(kind=kept.stored, record_id=OuterRef("pk"))
        missing = kept.public().filter(~Exists(versions)).order_by("pk")
        for keys in chunks(missing.values_list("pk", flat=True), CHUNK):
            with transaction.atomic():
                lock_state()
                written += _write_first(kept, missing.filter(pk__in=keys))
    return written


def _write_first(kept: Kept, missing: Any) -> int:
    records = list(missing.select_related("policy") if kept.model is Target else missing)
    now = timezone.now()
    rows = [
        version(kept, record, published_at(record) or now, VersionKind.PUBLISHED, told(kept, state))
        for record, state in zip(records, public_records(records), strict=True)
    ]
    PublicVersion.objects.bulk_create(rows)
    return len(rows)


def published_at(record: Any) -> datetime | None:
    """When a record first became public, as far as is known."""
    return getattr(getattr(record, "policy", record), "published_at", None)
