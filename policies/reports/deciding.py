"""What an editor decides about a report."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from policies.models import ErrorReport
from policies.vocabulary import ReportState


@transaction.atomic
def decide(report: ErrorReport, *, state: str, by: Any, note: str = "") -> ErrorReport:
    """Accept or reject a report, or open it again.

    With a decision, the sender's address and network are deleted for good.
    """
    report.note = note
    if state != report.state or report.decided_at is None:
        is_open = state == ReportState.OPEN
        report.decided_at = None if is_open else timezone.now()
        report.decided_by = None if is_open else by
    report.state = state
    if state != ReportState.OPEN:
        report.email = report.network = ""
    report.save()
    return report
