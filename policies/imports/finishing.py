"""Stores an import: bodies, issue and records in one transaction, or nothing."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError
from django.db.models import Q
from django.utils import timezone

from policies.intake import Decisions, Report, store
from policies.models import CorporateEvent, IssueImport, NewsletterIssue, Policy, PolicyIssuer
from policies.registry import BodyRegistry
from policies.search.indexing import batch
from policies.vocabulary import ImportState

from .bodies import settle_bodies
from .proposing import Offer, words_taken, write_sets
from .stage import Stage

logger = logging.getLogger(__name__)


class AlreadyStored(ValueError):
    """The import is not open any more."""


class Changed(ValueError):
    """Somebody decided something since the page was made."""


class CannotStore(ValueError):
    """Something keeps the import from being stored; the message says what."""


def finish(key: int, *, revision: int, by: Any) -> Report:
    """Store the import `key` for review, as it stood at `revision`.

    Raises AlreadyStored, Changed or CannotStore; nothing is written then.
    """
    try:
        return _finish(key, revision, by)
    except (DataError, IntegrityError, ValidationError) as refusal:
        logger.warning("Import %s was refused by the database", key, exc_info=True)
        words = refusal.messages if isinstance(refusal, ValidationError) else [_first(refusal)]
        raise CannotStore(f"The database refused it: {' '.join(words)}") from refusal


def _first(refusal: DatabaseError) -> str:
    return str(refusal).partition("\n")[0]


@batch()
def _finish(key: int, revision: int, by: Any) -> Report:
    kept = IssueImport.objects.select_for_update().get(pk=key)
    if kept.state != ImportState.OPEN:
        raise AlreadyStored(f"This import is {kept.get_state_display().lower()} already.")
    if kept.revision != revision:
        raise Changed("Something was decided in another window since.")
    _lock_records(Stage(kept))
    stage = Stage(kept)
    blocking = [doubt for doubts in stage.doubts.values() for doubt in doubts if doubt.blocks]
    if blocking:
        raise CannotStore(" ".join(f"{doubt.text}." for doubt in blocking[:3]))
    _refuse_removals(stage, by)
    offers = {item_key: stage.offers(item_key) for item_key in stage.outcomes}
    report = _store(stage, offers, by)
    for item_key, record in report.records.items():
        if write_sets(record, offers[item_key]) and record in report.unchanged:
            report.unchanged.remove(record)
            report.updated.append(record)
    kept.state, kept.issue, kept.stored_at = ImportState.STORED, report.issue, timezone.now()
    kept.revision += 1
    kept.save(update_fields=["state", "issue", "stored_at", "revision", "changed_at"])
    return report


def _lock_records(stage: Stage) -> None:
    """Let nobody publish or correct a record of the import between looking at it and writing it."""
    issue = [stage.issue.pk] if stage.issue else []
    ours = Q(issue__in=issue)
    policies = Policy.objects.filter(ours | Q(pk__in=stage.choices.targets))
    events = CorporateEvent.objects.filter(ours)
    for records in (NewsletterIssue.objects.filter(pk__in=issue), policies, events):
        list(records.order_by("pk").select_for_update().values_list("pk", flat=True))


def _refuse_removals(stage: Stage, by: Any) -> None:
    """Raise CannotStore where public targets would go and `by` may not take anything away."""
    if by is None or by.has_perm("policies.withdraw_policy"):
        return
    for outcome in stage.outcomes.values():
        going = [change.removes for change in outcome.changes if outcome.takes(change)]
        public = outcome.record is not None and outcome.record.is_public
        if public and any(going):
            raise CannotStore(
                f"Only a publisher may take public targets away from “{outcome.record}”: leave its"
                " points as they stand, or ask a publisher to store the import."
            )


def _store(stage: Stage, offers: dict[str, tuple[Offer, ...]], by: Any) -> Report:
    kept = stage.kept
    settled = settle_bodies(stage.choices.bodies)
    items = {
        key: outcome.decisions(words_taken(offers[key])) for key, outcome in stage.outcomes.items()
    }
    records = {
        key: outcome.own.pk if outcome.own is not None else None
        for key, outcome in stage.outcomes.items()
    }
    report = store(
        stage.parsed,
        text=kept.text,
        data=bytes(kept.data),
        name=kept.name,
        by=by,
        decisions=Decisions(items, settled, records),
    )
    for key, outcome in stage.outcomes.items():
        if outcome.into is not None:
            _tell_where(report.records[key], report, outcome.item.lines)
    _name_issuers(report, settled)
    return report


def _tell_where(record: Any, report: Report, lines: tuple[int, int]) -> None:
    """Leave a note for editors on a record that another issue updated."""
    first, last = lines
    where = f"line {first}" if first == last else f"lines {first} to {last}"
    record.note = f"{record.note}\nUpdated from {report.issue}, {where}.".strip()
    record.save()


def _name_issuers(report: Report, settled: dict[str, Any]) -> None:
    """Give bodies to the issuers that waited for them under a name that is settled now."""
    if not settled:
        return
    registry = BodyRegistry(settled)
    policies = [record.pk for record in report.records.values() if isinstance(record, Policy)]
    waiting = PolicyIssuer.objects.filter(policy__in=policies, body=None, printed__in=list(settled))
    for issuer in waiting:
        body = registry.resolve(issuer.printed)
        twice = PolicyIssuer.objects.filter(policy=issuer.policy_id, body=body)
        if body is not None and not twice.exists():
            issuer.body = body
            issuer.save()
