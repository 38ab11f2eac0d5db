"""Links in mails that let whoever holds them do one thing, without an account.

A link holds the random key of an alert or a subscriber and a signature for its use, so
that one for confirming does not manage. With the row gone, it opens nothing.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from policies.models import Alert, AlertSubscriber

CONFIRM, MANAGE, UNSUBSCRIBE = "confirm", "manage", "unsubscribe"


def site_or(asked_at: str) -> str:
    """The site to which links in mails lead: SITE_URL, for a request can make up its host.

    Only where none is set, as on a machine for trying things, where the alert was `asked_at`.
    """
    return settings.SITE_URL if settings.SITE_URL_GIVEN else asked_at


def link(use: str, row: Alert | AlertSubscriber) -> str:
    """The path of the page at which `row` can be put to `use`."""
    return reverse(f"alert_{use}", args=[token(use, row)])


def token(use: str, row: Alert | AlertSubscriber) -> str:
    """What stands in the path."""
    return _signer(use).sign(row.key.hex)


def alert_of(use: str, token: str) -> Alert | None:
    """The alert that a link of this use is about; None where it is forged or gone."""
    key = _key(use, token)
    found = Alert.objects.filter(key=key) if key else Alert.objects.none()
    return found.select_related("subscriber").first()


def is_ours(use: str, token: str) -> bool:
    """Whether we signed a link of this use, be its alert here or gone."""
    return _key(use, token) is not None


def subscriber_of(use: str, token: str) -> AlertSubscriber | None:
    """The subscriber that a link of this use is about; None where it is forged or gone."""
    key = _key(use, token)
    return AlertSubscriber.objects.filter(key=key).first() if key else None


def _signer(use: str) -> Signer:
    return Signer(salt=f"policies.alerts.{use}")


def _key(use: str, token: str) -> UUID | None:
    try:
        return UUID(_signer(use).unsign(token))
    except (BadSignature, ValueError, ValidationError):
        return None
