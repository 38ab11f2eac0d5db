"""Deletes what is known of senders, when it is not needed any more."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from policies.models import ErrorReport


def forget_networks() -> int:
    """Delete the marks of networks that count for no limit any more; gives how many."""
    over = timezone.now() - timedelta(days=1)
    old = ErrorReport.objects.filter(reported_at__lt=over).exclude(network="")
    return old.update(network="")


def forget_senders() -> tuple[int, int]:
    """Delete old marks of networks and e-mail addresses; gives how many of each."""
    long_ago = timezone.now() - timedelta(days=settings.REPORT_EMAIL_DAYS)
    old = ErrorReport.objects.filter(reported_at__lt=long_ago).exclude(email="")
    return forget_networks(), old.update(email="")
