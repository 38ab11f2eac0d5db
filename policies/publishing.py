"""Review, publish, withdraw: the only doors between the states of a record.

Each change is kept in the record's history with who made it and why. Publishing
may be put off to a time; `scheduling` does it when the time has come.
"""

from __future__ import annotations

from datetime import datetime
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


@transaction.atomic
def schedule(record: Record, *, at: datetime, by: Any, reason: str = "") -> Record:
    """Let `record` be published at a time to come, in the name of `by`. A later call moves it."""
    record = _locked(record)
    if record.state == State.PUBLISHED:
        raise NotAllowed(f"“{record}” is published already.")
    if at <= timezone.now():
        raise NotAllowed(f"{in_words(at)} is past: “{record}” cannot be published then.")
    record.publish_at, record.publish_by = at, by
    return _kept(record, by=by, reason=reason or f"To be published on {in_words(at)}")


@transaction.atomic
def unschedule(record: Record, *, by: Any, reason: str = "") -> Record:
    """Leave `record` as it is: it is not published by itself any more."""
    record = _locked(record)
    if record.publish_at is None:
        raise NotAllowed(f"“{record}” is not scheduled.")
    _forget_schedule(record)
    return _kept(record, by=by, reason=reason or "Not to be published by itself")


def in_words(at: datetime) -> str:
    """A time as editors read it, in the site's time zone."""
    local = timezone.localtime(at)
    return f"{local.day} {local:%B %Y, %H:%M}"


def _locked(record: Record) -> Record:
    return type(record)._default_manager.select_for_update().get(pk=record.pk)


def _forget_schedule(record: Record) -> None:
    record.publish_at = record.publish_by = None


def _move(record: Record, state: State, *, by: Any, reason: str) -> Record:
    record.state = state
    _forget_schedule(record)
    return _kept(record, by=by, reason=reason)


def _kept(record: Record, *, by: Any, reason: str) -> Record:
    record._history_user = by  # type: ignore[union-attr]
    record._change_reason = reason  # type: ignore[union-attr]
    record.save()
    return record
