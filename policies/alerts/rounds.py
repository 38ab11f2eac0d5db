"""One run of sending: settles what earlier runs left, then sends what is due, mail by mail.

Any number of runs may be at it at once, and each may end at any moment. A mail or a search
that breaks is set aside, so that none behind it waits.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from policies.models import Alert, AlertMessage
from policies.search.index import current_index
from policies.vocabulary import AlertFrequency, AlertState, MessagePurpose, MessageState

from . import claiming
from .claiming import Claim
from .courier import Courier, Refused, Stopped, Unknown, Unreachable
from .letters import Reason, letter
from .limits import forget_networks
from .reasons import Entry, entries
from .searches import Search
from .subscribing import forget_unconfirmed, queue
from .troubles import place_of

logger = logging.getLogger(__name__)

MINUTE = timedelta(minutes=1)
# Alerts come sorted by their searches, so that few of these need to be held.
MOST_SEARCHES = 50
# What stands for the mail server's code where a mail did not get that far.
BROKEN = "error"


@dataclass(slots=True)
class Tally:
    """What a run did, in numbers and marks: no address stands in it."""

    sent: int = 0
    records: int = 0
    forgotten: int = 0
    put_off: int = 0
    unsure: list[str] = field(default_factory=list)
    failing: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    trouble: str = ""

    @property
    def is_quiet(self) -> bool:
        return not (self.sent or self.put_off or self.forgotten or self.needs_a_look)

    @property
    def needs_a_look(self) -> bool:
        """Whether something happened that an operator should know."""
        return bool(self.unsure or self.failing or self.stopped or self.trouble)


class Run:
    """One run; stops taking up mails after `seconds`, where they are given."""

    def __init__(self, seconds: float | None = None) -> None:
        self.tally = Tally()
        self._courier = Courier()
        self._until = None if seconds is None else time.monotonic() + seconds
        self._searches: dict[str, tuple[Search, dict[int, Entry]]] = {}
        self._version = -1

    def go(self) -> Tally:
        """Send all that is due."""
        forget_networks()
        self.tally.forgotten = forget_unconfirmed()
        for message in claiming.release_lost():
            self.tally.unsure.append(message.subscriber.mark)
        try:
            self._send_waiting()
            for alert in _due():
                if self._is_over():
                    break
                self._send_alert(alert)
            # What was put into the queue on the way.
            self._send_waiting()
        except Unreachable as error:
            self.tally.trouble = f"The mail server: {error}."
        finally:
            self._courier.close()
        return self.tally

    def _send_waiting(self) -> None:
        now = timezone.now()
        waiting = AlertMessage.objects.filter(
            state=MessageState.WAITING, subscriber__next_try_at__lte=now
        )
        for message in list(waiting.select_related("alert", "subscriber")):
            if self._is_over():
                return
            self._keep_pace()
            claim = claiming.claim_waiting(message)
            if claim:
                self._post(claim)

    def _send_alert(self, alert: Alert) -> None:
        search, _ = self._search(alert)
        if search.errors:
            self._stop(alert, search)
            return
        while not self._is_over():
            self._keep_pace()
            claim = claiming.claim(alert, search)
            if claim is None or not self._post(claim) or claim.is_last:
                return

    def _stop(self, alert: Alert, search: Search) -> None:
        """Tell the subscriber that the search cannot be answered any more."""
        trouble = "\n".join(f"{name}: {said}" for name, said in search.errors)
        still = Alert.objects.filter(pk=alert.pk, state=AlertState.ACTIVE)
        if still.update(state=AlertState.BROKEN, trouble=trouble):
            queue(alert, MessagePurpose.STOPPED)
            self.tally.stopped.append(f"{alert.subscriber.mark}, {alert}")

    def _post(self, claim: Claim) -> bool:
        """Send a claimed mail, or set it aside where it breaks. Whether the server took it."""
        try:
            return self._write_and_send(claim)
        except Unreachable:
            raise
        except Exception as error:
            mark = claim.message.subscriber.mark
            logger.error("A mail to subscriber %s breaks:\n%s", mark, place_of(error))
            # The server may be in the middle of it.
            self._courier.close()
            # What was handed over before may have arrived.
            if claiming.unsure(claim.message):
                self.tally.unsure.append(mark)
            else:
                self._failed(claim.message, Refused(BROKEN))
            return False

    def _write_and_send(self, claim: Claim) -> bool:
        message = claim.message
        if message.alert is None:
            message.delete()
            return False
        search, known = self._search(message.alert)
        if message.purpose == MessagePurpose.STOPPED and not search.errors:
            # It works again before its owner was told that it did not.
            message.delete()
            return False
        told = self._entries(claim.keys, search, known)
        if message.purpose == MessagePurpose.RECORDS and not told:
            claiming.give_back(message, MessageState.CLAIMED)
            return False
        mail = letter(message, search, told, self._others(message.alert, told))
        kept = [entry.key for entry in told]
        try:
            self._courier.send(mail, lambda: claiming.hand_over(claim, kept))
        except (Refused, Stopped, Unknown, Unreachable) as reason:
            self._not_sent(message, reason)
            return False
        claiming.arrived(message)
        self.tally.sent += 1
        self.tally.records += len(told)
        return True

    def _not_sent(self, message: AlertMessage, reason: Exception) -> None:
        mark = message.subscriber.mark
        if isinstance(reason, Unknown):
            claiming.unsure(message)
            self.tally.unsure.append(mark)
        elif isinstance(reason, Refused):
            self._failed(message, reason)
        else:
            claiming.give_back(message, MessageState.CLAIMED)
            if isinstance(reason, Unreachable):
                raise reason

    def _failed(self, message: AlertMessage, reason: Refused) -> None:
        is_failing = claiming.failed(message, reason.code, for_good=reason.for_good)
        if is_failing:
            self.tally.failing.append(f"{message.subscriber.mark}, {reason.code}")
        self.tally.put_off += not is_failing

    def _entries(self, keys: list[int], search: Search, known: dict[int, Entry]) -> list[Entry]:
        """The records of a mail, read once a run for each search while nothing changes."""
        unread = [key for key in keys if key not in known]
        known.update({entry.key: entry for entry in entries(search, unread)} if unread else {})
        return [known[key] for key in search.in_order(keys) if key in known]

    def _others(self, alert: Alert, told: list[Entry]) -> list[Reason]:
        """The other searches of the same subscriber that hold some of the records."""
        if not told:
            return []
        keys = {entry.key for entry in told}
        same = Alert.objects.filter(
            subscriber=alert.subscriber_id, kind=alert.kind, state=AlertState.ACTIVE
        )
        found = [self._search(other)[0] for other in same.exclude(pk=alert.pk)]
        return [
            Reason(search, frozenset(keys & set(search.ids)))
            for search in found
            if not search.errors
        ]

    def _search(self, alert: Alert) -> tuple[Search, dict[int, Entry]]:
        """The search of an alert as of now, with what was read of its records."""
        version = current_index().version
        if version != self._version or len(self._searches) > MOST_SEARCHES:
            self._searches.clear()
            self._version = version
        key = f"{alert.query_key} {alert.language}"
        if key not in self._searches:
            search = Search.of(alert)
            # Found outside of any transaction, so that what is held is what was committed.
            with override(alert.language):
                search.can_be_answered()
            self._searches[key] = (search, {})
        return self._searches[key]

    def _keep_pace(self) -> None:
        """Wait until all runs together have handed over no more mails than a minute may see."""
        most = settings.ALERTS_PER_MINUTE
        while most and not self._is_over():
            since = timezone.now() - MINUTE
            if AlertMessage.objects.filter(handed_at__gt=since).count() < most:
                return
            time.sleep(0.5)

    def _is_over(self) -> bool:
        return self._until is not None and time.monotonic() >= self._until


def _due() -> Iterator[Alert]:
    """The alerts that may have something new, those of one search after another."""
    now = timezone.now()
    unchanged = Q(
        frequency=AlertFrequency.AT_ONCE,
        checked_version=current_index().version,
        checked_on=timezone.localdate(now),
    )
    due = Alert.objects.reachable().filter(due_at__lte=now, subscriber__next_try_at__lte=now)
    keys = due.exclude(unchanged).order_by("query_key", "pk").values_list("pk", flat=True)
    for key in list(keys):
        alert = Alert.objects.select_related("subscriber").filter(pk=key).first()
        if alert:
            yield alert
