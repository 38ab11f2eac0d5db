"""The bullets of a policy: provisions, and targets to be reached."""

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from policies.vocabulary import Comparator, PointKind, TargetStatus

from .dates import Precise, PreciseDates, date_field, paired, precision_field
from .editorial import PublicQuerySet
from .links import LinkField
from .policies import Policy
from .slugs import Slugged


class OfPolicyQuerySet(PublicQuerySet):
    state_paths = ("policy__state",)


class Point(models.Model):
    """What provisions and targets share: a bullet under its lead-in."""

    heading = models.CharField(
        "heading as printed", max_length=500, blank=True, help_text="The words that lead in."
    )
    text = models.TextField("text as printed")
    position = models.PositiveSmallIntegerField(default=1, help_text="Which bullet, from 1.")
    after_paragraph = models.PositiveSmallIntegerField(
        default=1, editable=False, help_text="Paragraphs of the summary printed before it."
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text


class Provision(Point):
    """A bullet that is no target."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="provisions")
    kind = models.CharField(max_length=12, choices=PointKind.choices, default=PointKind.OTHER)

    objects = OfPolicyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]


class Target(Point, PreciseDates, Slugged):
    """One thing to be reached. A bullet with two figures gives two targets that share its text."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="targets")
    metric = models.CharField(max_length=300, blank=True, help_text="What is measured.")
    comparator = models.CharField(max_length=24, choices=Comparator.choices, blank=True)
    value = models.DecimalField(
        max_digits=20, decimal_places=4, null=True, blank=True, help_text="Empty for no figure."
    )
    unit = models.CharField(max_length=60, blank=True, help_text="percent, CNY, companies …")
    baseline_year = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1949)]
    )
    baseline_value = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    due_on = date_field("due on", "Empty where no date is named.")
    due_precision = precision_field()
    status = models.CharField(
        max_length=12, choices=TargetStatus.choices, default=TargetStatus.OPEN
    )
    evidence_url = LinkField("evidence", blank=True)
    status_note = models.TextField(blank=True, help_text="Why this status. Public.")

    objects = OfPolicyQuerySet.as_manager()
    history = HistoricalRecords()

    precise_dates = ("due",)
    due = Precise("due")

    class Meta:
        ordering = ["due_on", "policy", "position", "pk"]
        constraints = [
            *paired("target", "due"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False) | models.Q(comparator="", unit=""),
                name="target_unit_needs_value",
                violation_error_message="A comparator or unit needs a value.",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("target", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    def slug_words(self) -> str:
        return f"{self.policy.slug[:70]} target {self.position}"
