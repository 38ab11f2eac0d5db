"""Which records are new to whom, and the claim of a run on sending them.

A claim is a message with its records, committed before anything is sent, under a lock
on its subscriber. The database refuses a second claim on the same record for the same
subscriber, so two runs cannot send it twice. A claim that nobody sends is given back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from pyroaring import BitMap

from policies.models import Alert, AlertDelivery, AlertMessage, AlertSubscriber
from policies.vocabulary import AlertState, MessagePurpose, MessageState

from .searches import Search
from .subscribing import new_message_id, queue
from .timing import MOST_ATTEMPTS, next_due, wait_after

# More records than this are sent in several mails, one after the other.
MOST_RECORDS = 100


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that this run may send, with the keys of its records, the newest first.

    `is_last` says that nothing is left for the next one.
    """

    message: AlertMessage
    keys: list[int] = field(default_factory=list)
    is_last: bool = True


def new_to(alert: Alert, search: Search) -> BitMap:
    """The records found that were not public yet when the alert was confirmed."""
    return search.ids - BitMap.deserialize(bytes(alert.known))


@transaction.atomic
def claim(alert: Alert, search: Search) -> Claim | None:
    """Claim what `search` finds and its subscriber has not been sent, as many as one mail holds.

    None where nothing is left, the alert is not due, or another run was quicker.
    """
    now = timezone.now()
    due = Alert.objects.reachable().filter(pk=alert.pk, due_at__lte=now)
    ready = AlertSubscriber.objects.select_for_update().filter(
        pk=alert.subscriber_id, next_try_at__lte=now
    )
    subscriber = ready.first()
    found = due.first() if subscriber else None
    if found is None or subscriber is None:
        return None
    alert = found
    told = AlertDelivery.objects.filter(subscriber=subscriber, kind=alert.kind)
    left = new_to(alert, search) - BitMap(told.values_list("record_id", flat=True))
    is_last = len(left) <= MOST_RECORDS
    if is_last:
        _set_due(alert, search, now, sent=bool(left))
    if not left:
        return None
    message = AlertMessage.objects.create(
        message_id=new_message_id(alert),
        subscriber=subscriber,
        alert=alert,
        purpose=MessagePurpose.RECORDS,
        state=MessageState.CLAIMED,
        claimed_at=now,
    )
    keys = sorted(left, reverse=True)[:MOST_RECORDS]
    AlertDelivery.objects.bulk_create(
        AlertDelivery(message=message, subscriber=subscriber, kind=alert.kind, record_id=key)
        for key in keys
    )
    return Claim(message, keys, is_last)


def _set_due(alert: Alert, search: Search, now: datetime, *, sent: bool) -> None:
    """Note when the alert is due next, once all that is new is claimed.

    Where looking was cut short, the same version of the data is looked at again.
    """
    partial = search.is_partial
    alert.due_at = next_due(alert.frequency, now, sent=sent or partial)
    alert.checked_version = -1 if partial else search.version
    alert.checked_on = timezone.localdate(now)
    alert.save(update_fields=["due_at", "checked_version", "checked_on"])


def claim_waiting(message: AlertMessage) -> Claim | None:
    """Claim a mail from the queue; None where another run was quicker, or it has to wait."""
    now = timezone.now()
    waiting = AlertMessage.objects.filter(
        pk=message.pk, state=MessageState.WAITING, subscriber__next_try_at__lte=now
    )
    taken = AlertMessage.objects.filter(pk__in=waiting.values("pk"), state=MessageState.WAITING)
    return Claim(message) if taken.update(state=MessageState.CLAIMED, claimed_at=now) else None


@transaction.atomic
def hand_over(claimed: Claim, kept: list[int]) -> bool:
    """Note that the mail is about to be the mail server's; False where it must not be sent.

    That is so where the claim ran out, or the alert was paused or ended meanwhile. Of its records
    only those in `kept` are in it; the others are free again.
    """
    message = claimed.message
    wanted = Alert.objects.filter(pk=message.alert_id or 0)
    if message.purpose == MessagePurpose.RECORDS:
        wanted = wanted.filter(state=AlertState.ACTIVE)
    if not wanted.exists():
        return False
    ours = AlertMessage.objects.filter(pk=message.pk, state=MessageState.CLAIMED)
    if ours.update(state=MessageState.HANDED, handed_at=timezone.now()) != 1:
        return False
    if len(kept) < len(claimed.keys):
        message.deliveries.exclude(record_id__in=kept).delete()
    return True


def arrived(message: AlertMessage) -> None:
    """Note that the mail server took the mail."""
    now = timezone.now()
    AlertMessage.objects.filter(pk=message.pk).update(state=MessageState.SENT, answered_at=now)
    if message.subscriber.attempts:
        AlertSubscriber.objects.filter(pk=message.subscriber_id).update(attempts=0)


@transaction.atomic
def unsure(message: AlertMessage) -> bool:
    """Note that nobody knows whether the mail server took it, and tell the subscriber.

    It is not sent again: most likely it has arrived. False where it was not handed over.
    """
    handed = AlertMessage.objects.filter(pk=message.pk, state=MessageState.HANDED)
    if handed.update(state=MessageState.UNSURE) != 1:
        return False
    alert = Alert.objects.filter(pk=message.alert_id or 0).first()
    if alert and message.purpose == MessagePurpose.RECORDS:
        queue(alert, MessagePurpose.UNSURE)
    return True


@transaction.atomic
def give_back(message: AlertMessage, *states: MessageState) -> None:
    """Undo a claim, or what was handed over and refused: its records are as good as new.

    Nothing is undone where the message is in none of the `states` any more.
    """
    held = AlertMessage.objects.select_for_update().filter(pk=message.pk, state__in=states).first()
    if held is None:
        return
    if held.purpose != MessagePurpose.RECORDS:
        held.state, held.claimed_at, held.handed_at = MessageState.WAITING, None, None
        held.save(update_fields=["state", "claimed_at", "handed_at"])
        return
    held.delete()
    again = Alert.objects.filter(pk=message.alert_id or 0, state=AlertState.ACTIVE)
    again.update(due_at=timezone.now(), checked_version=-1)


@transaction.atomic
def failed(message: AlertMessage, code: str, *, for_good: bool) -> bool:
    """Give a mail back that its address did not take. True where the address now counts as failing.

    The next attempt waits longer each time. An address that never confirmed anything
    and fails for good is deleted.
    """
    give_back(message, MessageState.CLAIMED, MessageState.HANDED, MessageState.UNSURE)
    subscriber = (
        AlertSubscriber.objects.select_for_update().filter(pk=message.subscriber_id).first()
    )
    if subscriber is None:
        return False
    subscriber.attempts += 1
    subscriber.failure = code
    now = timezone.now()
    subscriber.next_try_at = now + wait_after(subscriber.attempts)
    if for_good or subscriber.attempts >= MOST_ATTEMPTS:
        if not subscriber.alerts.exclude(state=AlertState.PENDING).exists():
            subscriber.delete()
            return False
        subscriber.failing_since = now
        subscriber.messages.filter(state=MessageState.WAITING).delete()
    subscriber.save()
    return subscriber.failing_since is not None


def release_lost() -> list[AlertMessage]:
    """Settle what runs left that ended too early. Gives the mails that became unsure."""
    old = timezone.now() - timedelta(seconds=settings.ALERTS_CLAIM_SECONDS)
    for message in AlertMessage.objects.filter(state=MessageState.CLAIMED, claimed_at__lt=old):
        give_back(message, MessageState.CLAIMED)
    lost = list(AlertMessage.objects.filter(state=MessageState.HANDED, handed_at__lt=old))
    for message in lost:
        unsure(message)
    return lost
