"""What is due: schedules, targets whose date has passed, dead links, imports half done, reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from policies.models import CorporateEvent, ErrorReport, IssueImport, LinkCheck, Policy, Target
from policies.vocabulary import ImportState

from .lacks import lacking

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Some:
    """The first of some records, and how many there are."""

    count: int
    first: list[Any]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.first)


def _some(records: QuerySet) -> Some:
    first = list(records[: SHOWN + 1])
    return Some(len(first) if len(first) <= SHOWN else records.count(), first[:SHOWN])


@dataclass(frozen=True, slots=True)
class Planned:
    """A record that is to be published by itself."""

    record: Any
    at: datetime
    by: Any
    is_overdue: bool


def planned(kinds: set[Any]) -> Some:
    """What is scheduled, the next first; what is overdue was not allowed or not run."""
    now, count, found = timezone.now(), 0, []
    for kind in (Policy, CorporateEvent):
        if kind in kinds:
            some = _some(
                kind.objects.filter(publish_at__isnull=False)
                .select_related("publish_by")
                .order_by("publish_at", "pk")
            )
            count += some.count
            found += some.first
    found.sort(key=lambda record: record.publish_at)
    rows = [
        Planned(record, record.publish_at, record.publish_by, record.publish_at <= now)
        for record in found[:SHOWN]
    ]
    return Some(count, rows)


def unchecked() -> Some:
    """Open targets whose date has passed and at which nobody has looked since, the latest first."""
    targets = lacking(Target.objects.select_related("policy"), "check")
    return _some(targets.order_by("-due_on", "policy", "position", "pk"))


def dead() -> Some:
    """Addresses that lead nowhere any more, the longest dead first."""
    return _some(LinkCheck.objects.dead().order_by("-failures", "url"))


def imports() -> Some:
    """Files that editors are bringing in, the last touched first."""
    open_ones = IssueImport.objects.filter(state=ImportState.OPEN).select_related("started_by")
    return _some(open_ones.defer("data", "text", "choices").order_by("-changed_at", "pk"))


def reported() -> Some:
    """Errors that readers reported and nobody decided about, the oldest first."""
    return _some(ErrorReport.objects.open().order_by("reported_at", "pk"))
