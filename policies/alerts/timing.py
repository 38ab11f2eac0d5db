"""When an alert is due next, and when a failed attempt is made again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from policies.vocabulary import AlertFrequency

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(days=1)
# After so many failed attempts in a row an address counts as failing: some three and a half days.
MOST_ATTEMPTS = 9


def next_due(frequency: str, after: datetime, *, sent: bool = False) -> datetime:
    """When an alert of that frequency is due next after a moment.

    As it happens is due at all times, with a pause after what was `sent`. Days begin at
    ALERTS_HOUR in the site's time zone, weeks on Monday.
    """
    if frequency == AlertFrequency.AT_ONCE:
        return after + timedelta(minutes=settings.ALERTS_GAP_MINUTES) if sent else after
    here = timezone.localtime(after)
    due = here.replace(hour=settings.ALERTS_HOUR, minute=0, second=0, microsecond=0)
    if due <= here:
        due += timedelta(days=1)
    if frequency == AlertFrequency.WEEKLY:
        due += timedelta(days=-due.weekday() % 7)
    return due


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts in a row."""
    return min(FIRST_WAIT * 4 ** max(attempts - 1, 0), LONGEST_WAIT)
