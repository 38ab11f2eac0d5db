"""Publishes what was scheduled, when its time has come.

Each record is a transaction of its own that locks it and looks again, so that two
runs at once, or one after a crash, publish a record once. What its editor may not
publish any more stays as it is and is told each time, until somebody decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from policies import publishing
from policies.models import CorporateEvent, Policy


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record that was due; `refusal` says why it was not published."""

    kind: str
    record: Any
    at: datetime
    by: Any
    refusal: str = ""


def publish_due(now: datetime | None = None) -> Iterator[Outcome]:
    """Publish all that is due, the earliest first, and tell of each record as it is done."""
    now = now or timezone.now()
    due = [
        (at, kind, key)
        for kind in (Policy, CorporateEvent)
        for at, key in kind._default_manager.filter(publish_at__lte=now).values_list(
            "publish_at", "pk"
        )
    ]
    for _, kind, key in sorted(due, key=lambda row: (row[0], row[2])):
        outcome = _publish_one(kind, key, now)
        if outcome is not None:
            yield outcome


def _publish_one(kind: Any, key: int, now: datetime) -> Outcome | None:
    """Publish the record; None where it is no longer due, or another run is at it."""
    with transaction.atomic():
        waiting = kind._default_manager.select_for_update(skip_locked=True, of=("self",))
        record = waiting.select_related("publish_by").filter(pk=key, publish_at__lte=now).first()
        if record is None:
            return None
        name, at, by = str(kind._meta.verbose_name), record.publish_at, record.publish_by
        refusal = _refusal(record)
        if not refusal:
            reason = f"As scheduled for {publishing.in_words(at)}"
            try:
                with transaction.atomic():
                    record = publishing.publish(record, by=by, reason=reason)
            except (publishing.NotAllowed, DatabaseError) as error:
                refusal = str(error)
        return Outcome(name, record, at, by, refusal)


def _refusal(record: Any) -> str:
    """Why the editor who scheduled `record` may not publish it now; empty where they may."""
    editor, meta = record.publish_by, record._meta
    if editor is None:
        return "the account that scheduled it is gone"
    if not (editor.is_active and editor.is_staff):
        return f"the account {editor.get_username()} is closed"
    if not editor.has_perm(f"{meta.app_label}.publish_{meta.model_name}"):
        return f"{editor.get_username()} may not publish {meta.verbose_name_plural} any more"
    return ""
