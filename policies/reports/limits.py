"""How many reports are taken in a day: from one network, and from all together.

Counted is what stands in the database, so that all processes count alike. A network is
known by a mark of the day alone: no address is kept, and tomorrow's mark is another.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from policies.models import ErrorReport

DAY = timedelta(days=1)


def mark_of(address: str | None) -> str:
    """The mark of a network address today; those that are not known share one."""
    day = timezone.localdate().isoformat()
    return salted_hmac(f"report {day}", address or "", algorithm="sha256").hexdigest()


def is_full(mark: str) -> bool:
    """Whether no more reports are taken today, from this network or from anybody."""
    lately = ErrorReport.objects.filter(reported_at__gte=timezone.now() - DAY)
    if lately.filter(network=mark).count() >= settings.REPORTS_FROM_ONE:
        return True
    return lately.count() >= settings.REPORTS_FROM_ALL
