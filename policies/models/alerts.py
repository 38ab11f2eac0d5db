"""Who follows a search by e-mail, and what was sent to whom.

Addresses stand in one column of one table and go with their subscriber. No editor sees
them: no page, file, log or history of the site takes them from here.
"""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from policies.vocabulary import AlertFrequency, AlertState, MessagePurpose, MessageState

from .words import WordField


class AlertSubscriber(models.Model):
    """An address, and whether mail to it comes through."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.EmailField(max_length=254)
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text="Failed attempts in a row to send to it."
    )
    next_try_at = models.DateTimeField(default=timezone.now)
    failing_since = models.DateTimeField(null=True, blank=True, db_index=True)
    failure = models.CharField(
        max_length=20, blank=True, help_text="The mail server's code, without its words."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(Lower("address"), name="one_subscriber_for_an_address")
        ]

    @property
    def mark(self) -> str:
        """What the subscriber is called before editors; tells nothing of the address."""
        return salted_hmac("policies.alerts.mark", str(self.key)).hexdigest()[:10]

    def __str__(self) -> str:
        return f"subscriber {self.mark}"


class AlertQuerySet(models.QuerySet):
    def reachable(self) -> Self:
        """The alerts that are sent, to subscribers whose mail comes through."""
        return self.filter(state=AlertState.ACTIVE, subscriber__failing_since=None)


class Alert(models.Model):
    """A search that a subscriber follows.

    `known` holds the records that were public when it was confirmed: what is not among
    them is new. It is a roaring bitmap of their keys.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subscriber = models.ForeignKey(AlertSubscriber, on_delete=models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=20, help_text="The list: policies, targets or events.")
    query = models.TextField(blank=True, help_text="The search as a query string.")
    query_key = models.CharField(max_length=64, help_text="A digest of kind and query.")
    frequency = WordField(max_length=10, choices=AlertFrequency.choices)
    state = WordField(
        max_length=10, choices=AlertState.choices, default=AlertState.PENDING, db_index=True
    )
    language = models.CharField(max_length=20)
    site = models.CharField(max_length=300, help_text="Where it was asked for; links lead there.")
    known = models.BinaryField(default=bytes)
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    checked_version = models.BigIntegerField(
        default=-1, help_text="The version of the data in which nothing new was left."
    )
    checked_on = models.DateField(null=True, blank=True)
    trouble = models.TextField(blank=True, help_text="Why its search cannot be answered any more.")
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "query_key"], name="a_search_is_followed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}?{self.query}" if self.query else self.kind


class AlertMessage(models.Model):
    """A mail, from its cause until it is known what became of it.

    It is claimed by one run, then handed to the mail server, and each step is committed
    before the next one begins. Where a run ends between handing over and the server's
    answer, nobody knows whether it arrived: then it is unsure, and not sent again.
    """

    message_id = models.CharField(max_length=320, unique=True)
    subscriber = models.ForeignKey(
        AlertSubscriber, on_delete=models.CASCADE, related_name="messages"
    )
    alert = models.ForeignKey(
        Alert, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages"
    )
    purpose = WordField(max_length=10, choices=MessagePurpose.choices)
    state = WordField(
        max_length=10, choices=MessageState.choices, default=MessageState.WAITING, db_index=True
    )
    asked_from = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="A digest of the network; kept a day."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True, db_index=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.message_id


class AlertDelivery(models.Model):
    """That a record is in a message to a subscriber: once, whatever becomes of the record."""

    message = models.ForeignKey(AlertMessage, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(AlertSubscriber, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "kind", "record_id"],
                name="a_record_reaches_a_subscriber_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
