"""Documents that a policy announces and that are yet to come, or have come since."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .dates import Precise, PreciseDates, date_field, paired, precision_field
from .editorial import EVER_PUBLIC
from .points import OfPolicyQuerySet
from .policies import Policy


class PromisedDocumentQuerySet(OfPolicyQuerySet):
    """Promises, public with the policy that makes them."""

    def open(self):
        """Those that no policy keeps that is public or was; each says so by `is_open`."""
        return self.exclude(fulfilled_by__in=Policy.objects.filter(EVER_PUBLIC))


class PromisedDocument(PreciseDates):
    """A document that a policy announces. Public with the policy."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="promises")
    text = models.CharField(
        "what is promised",
        max_length=500,
        help_text="The document in a few words: “measures for the pilot list”. Public.",
    )
    expected_on = date_field("expected by", "When it is to be issued, as exactly as the text says.")
    expected_precision = precision_field()
    fulfilled_by = models.ForeignKey(
        Policy,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="keeps",
        help_text="The policy that was issued as promised. Empty until it is.",
    )

    objects = PromisedDocumentQuerySet.as_manager()
    history = HistoricalRecords()

    precise_dates = ("expected",)
    expected = Precise("expected")

    class Meta:
        ordering = [models.F("expected_on").asc(nulls_last=True), "pk"]
        constraints = [
            *paired("promise", "expected"),
            models.CheckConstraint(
                condition=~models.Q(policy=models.F("fulfilled_by")),
                name="promise_kept_by_another",
                violation_error_message="A policy cannot be what it promises.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        """Whether it is not yet issued, as far as the public may know."""
        return self.fulfilled_by is None or not self.fulfilled_by.was_public

    def clean(self) -> None:
        """Say beside the policy that keeps the promise that it is this one."""
        super().clean()
        if self.policy_id and self.policy_id == self.fulfilled_by_id:
            raise ValidationError({"fulfilled_by": _("A policy cannot be what it promises.")})
