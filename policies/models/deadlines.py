"""Days until which a policy's readers may do something: comment on a draft, apply for a pilot."""

from django.db import models
from simple_history.models import HistoricalRecords

from policies.vocabulary import DeadlineKind

from .dates import Precise, PreciseDates, paired, precision_field
from .points import OfPolicyQuerySet
from .policies import Policy
from .words import WordField


class Deadline(PreciseDates):
    """Until when something may be done, as exactly as the source says. Public with its policy."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="deadlines")
    kind = WordField(
        max_length=12,
        choices=DeadlineKind.choices,
        default=DeadlineKind.OTHER,
        help_text="What ends: comments on a draft, applications, something else.",
    )
    closes_on = models.DateField(
        "closes on", db_index=True, help_text="The last day on which it may be done."
    )
    closes_precision = precision_field()
    text = models.CharField(
        "what for",
        max_length=300,
        blank=True,
        help_text="In a few words: “sixth batch of Little Giants”. Public.",
    )

    objects = OfPolicyQuerySet.as_manager()
    history = HistoricalRecords()

    precise_dates = ("closes",)
    closes = Precise("closes")

    class Meta:
        ordering = ["closes_on", "pk"]
        constraints = [*paired("deadline", "closes")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.closes or ''}"
