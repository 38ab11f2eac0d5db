"""How often alerts may be asked for: from one network, and for one address.

So nobody can fill a stranger's mailbox with questions whether he wants alerts. Counted
are the mails that were asked for; of a network only a digest is kept, for a day.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from policies.accounts.throttle import client_address
from policies.models import AlertMessage, AlertSubscriber
from policies.vocabulary import MessagePurpose

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ASKED = (MessagePurpose.CONFIRM, MessagePurpose.KNOWN)


def network_of(request: HttpRequest) -> str:
    """A digest of where a request comes from."""
    return salted_hmac("policies.alerts.network", client_address(request) or "").hexdigest()


def network_must_wait(network: str) -> bool:
    """Whether too much was asked for from there within the hour."""
    return _asked(HOUR).filter(asked_from=network).count() >= settings.ALERTS_NETWORK_LIMIT


def address_must_wait(subscriber: AlertSubscriber) -> bool:
    """Whether too much was asked for the address within the day."""
    return _asked(DAY).filter(subscriber=subscriber).count() >= settings.ALERTS_ADDRESS_LIMIT


def forget_networks() -> None:
    """Drop the digests that are no longer counted."""
    old = AlertMessage.objects.exclude(asked_from="").filter(created_at__lt=timezone.now() - DAY)
    old.update(asked_from="")


def _asked(within: timedelta):
    return AlertMessage.objects.filter(purpose__in=ASKED, created_at__gt=timezone.now() - within)
