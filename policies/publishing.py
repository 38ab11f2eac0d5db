"""Review, publish, withdraw: the only doors between the states of a record.

Each change is kept in the record's history with who made it and why.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from policies.models import CorporateEvent, Policy
from policies.vocabulary import State

Record = Policy | CorporateEvent


class NotAllowed(ValueError):
    """The record's state does not allow this change; the message says why."""


@transaction.atomic
def publish(record: Record, *, by: Any, reason: str = "") -> Record:
    """Make `record` public. The day of its first publication stays. Publishing twice is refused."""
    record = _locked(record)
    if record.state == State.PUBLISHED:
        raise NotAllowed(f"“{record}” is published already.")
    record.published_at = record.published_at or timezone.now()
    record.withdrawn_note = ""
    return _move(record, State.PUBLISHED, by=by, reason=reason or "Published")


@transaction.atomic
def withdraw(record: Record, *, by: Any, note: str = "", reason: str = "") -> Record:
    """Take `record` from the public; `note` is what is shown where it stood."""
    record = _locked(record)
    if record.state != State.PUBLISHED:
        raise NotAllowed(f"“{record}” is not published, so it cannot be withdrawn.")
    record.withdrawn_note = note
    return _move(record, State.WITHDRAWN, by=by, reason=reason or "Withdrawn")


@transaction.atomic
def send_back(record: Record, *, by: Any, reason: str = "") -> Record:
    """Put a withdrawn `record` into review again."""
    record = _locked(record)
    if record.state != State.WITHDRAWN:
        raise NotAllowed(f"“{record}” is not withdrawn.")
    return _move(record, State.IN_REVIEW, by=by, reason=reason or "Back in review")


def _locked(record: Record) -> Record:
    return type(record)._default_manager.select_for_update().get(pk=record.pk)


def _move(record: Record, state: State, *, by: Any, reason: str) -> Record:
    record.state = state
    record._history_user = by  # type: ignore[union-attr]
    record._change_reason = reason  # type: ignore[union-attr]
    record.save()
    return record
