"""What subscribers do: ask for alerts, confirm, change, pause and end them, and be forgotten."""

from __future__ import annotations

import uuid
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from pyroaring import BitMap

from policies.models import Alert, AlertMessage, AlertSubscriber, PublicVersion
from policies.vocabulary import AlertState, MessagePurpose, MessageState

from .limits import address_must_wait
from .searches import Search
from .timing import next_due
from .tokens import site_or

UNSENT = (MessageState.WAITING, MessageState.CLAIMED)


@transaction.atomic
def ask(address: str, search: Search, *, frequency: str, site: str, network: str) -> None:
    """Ask the owner of `address` by mail whether to be sent what `search` finds.

    The address is in the one spelling of its mailbox, see `addresses`.
    Says nothing of whether the address is known: the mail alone does. No mail is sent
    where too many were asked for the address.
    """
    subscriber = _subscriber(address)
    if address_must_wait(subscriber):
        return
    alert, is_new = Alert.objects.get_or_create(
        subscriber=subscriber,
        query_key=search.key,
        defaults={
            "kind": search.kind,
            "query": search.asked,
            "frequency": frequency,
            "language": get_language() or settings.LANGUAGE_CODE,
            "site": site_or(site),
        },
    )
    if not is_new and alert.state == AlertState.PENDING:
        alert.frequency, alert.created_at = frequency, timezone.now()
        alert.save(update_fields=["frequency", "created_at"])
    pending = alert.state == AlertState.PENDING
    purpose = MessagePurpose.CONFIRM if pending else MessagePurpose.KNOWN
    queue(alert, purpose, network=network)


def confirm(alert: Alert) -> None:
    """Begin to send an alert: what becomes public from now on. Confirming again changes nothing."""
    known = ever_public(Search.of(alert))
    with transaction.atomic():
        alert = Alert.objects.select_for_update().get(pk=alert.pk)
        mail_comes_through(alert.subscriber)
        if alert.state != AlertState.PENDING:
            return
        now = timezone.now()
        alert.state, alert.known, alert.confirmed_at = AlertState.ACTIVE, known.serialize(), now
        alert.due_at = next_due(alert.frequency, now)
        alert.save()


def ever_public(search: Search) -> BitMap:
    """The records of the search's kind that are or once were public."""
    stored = search.exported.model._meta.model_name
    versions = PublicVersion.objects.filter(kind=stored).values_list("record_id", flat=True)
    everything = search.filterset.found.held.everything
    return everything | BitMap(versions.order_by().distinct().iterator())


def change_frequency(alert: Alert, frequency: str) -> None:
    """Send an alert at other times; what was published since the last mail comes with the next."""
    alert.frequency = frequency
    alert.due_at = next_due(frequency, timezone.now())
    alert.save(update_fields=["frequency", "due_at"])


def pause(alert: Alert) -> None:
    """Send nothing of an alert until it is resumed."""
    Alert.objects.filter(pk=alert.pk, state=AlertState.ACTIVE).update(state=AlertState.PAUSED)


def resume(alert: Alert) -> bool:
    """Go on with an alert, with all that was published meanwhile.

    False where its search still cannot be answered.
    """
    if not Search.of(alert).can_be_answered():
        return False
    stopped = Alert.objects.filter(pk=alert.pk, state__in=(AlertState.PAUSED, AlertState.BROKEN))
    stopped.update(
        state=AlertState.ACTIVE,
        trouble="",
        due_at=next_due(alert.frequency, timezone.now()),
        checked_version=-1,
    )
    return True


def mail_comes_through(subscriber: AlertSubscriber) -> None:
    """Take an address for reachable again, since its owner has just followed a link from a mail."""
    AlertSubscriber.objects.filter(pk=subscriber.pk).update(
        attempts=0, failing_since=None, failure="", next_try_at=timezone.now()
    )


@transaction.atomic
def end(alert: Alert) -> None:
    """End an alert. With the last one, the address is deleted too."""
    subscriber = AlertSubscriber.objects.select_for_update().get(pk=alert.subscriber_id)
    alert.messages.filter(state__in=UNSENT).delete()
    alert.delete()
    if not subscriber.alerts.exists():
        subscriber.delete()


def forget(subscriber: AlertSubscriber) -> None:
    """Delete an address with all that hangs on it."""
    subscriber.delete()


def forget_unconfirmed() -> int:
    """Delete alerts that were never confirmed, and addresses without any. Gives their number."""
    old = timezone.now() - timedelta(days=settings.ALERTS_CONFIRM_DAYS)
    with transaction.atomic():
        _, gone = Alert.objects.filter(state=AlertState.PENDING, created_at__lt=old).delete()
        AlertSubscriber.objects.filter(alerts=None, created_at__lt=old).delete()
    return gone.get(Alert._meta.label, 0)


def queue(alert: Alert, purpose: str, *, network: str = "", **given) -> AlertMessage:
    """Put a mail about an alert into the queue, from which `send_alerts` takes it."""
    return AlertMessage.objects.create(
        message_id=new_message_id(alert),
        subscriber_id=alert.subscriber_id,
        alert=alert,
        purpose=purpose,
        asked_from=network,
        **given,
    )


def new_message_id(alert: Alert) -> str:
    """The name that a mail keeps, however often it is tried."""
    return f"<alert.{uuid.uuid4().hex}@{urlsplit(site_or(alert.site)).hostname or 'localhost'}>"


def _subscriber(address: str) -> AlertSubscriber:
    """The subscriber of an address, locked, made where there is none."""
    known = AlertSubscriber.objects.select_for_update().filter(address__iexact=address)
    found = known.first()
    if found:
        return found
    try:
        with transaction.atomic():
            return AlertSubscriber.objects.create(address=address)
    except IntegrityError:
        # Somebody asked for the same address in this very moment.
        return known.get()
