"""The bullets of a policy: provisions, and targets to be reached."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.timezone import localdate
from simple_history.models import HistoricalRecords

from policies.vocabulary import Comparator, PointKind, TargetStatus

from .addresses import address
from .dates import Precise, PreciseDates, date_field, paired, precision_field
from .editorial import PublicQuerySet
from .links import LinkField
from .policies import Policy
from .prose import ProseField
from .slugs import Slugged
from .words import WordField


class OfPolicyQuerySet(PublicQuerySet):
    state_paths = ("policy__state",)


class Point(models.Model):
    """What provisions and targets share: a bullet under its lead-in."""

    heading = models.CharField(
        "heading as printed",
        max_length=500,
        blank=True,
        help_text="The words that lead in: “Targets for 2026 are:”.",
    )
    text = ProseField("text as printed")
    position = models.PositiveSmallIntegerField(
        "bullet",
        default=1,
        validators=[MaxValueValidator(9999)],
        help_text="Which bullet as printed, from 1. Left empty: the next.",
    )
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
    kind = WordField(
        max_length=12,
        choices=PointKind.choices,
        default=PointKind.OTHER,
        help_text="Criterion: who qualifies. Measure: what is done. Change: what differs from "
        "before. Scope: what it covers. A bullet to be reached is a target, not a provision.",
    )

    objects = OfPolicyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]


class Target(Point, PreciseDates, Slugged):
    """One thing to be reached. A bullet with two figures gives two targets that share its text."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="targets")
    metric = models.CharField(
        max_length=300, blank=True, help_text="What is measured: total computing power."
    )
    comparator = WordField(
        max_length=24,
        choices=Comparator.choices,
        blank=True,
        help_text="“rise by at least” and “fall by at least” compare with the baseline (by over "
        "25 percent); “at least”, “at most” and “reach” name the level to be reached "
        "(to 90 percent).",
    )
    value = models.DecimalField(
        max_digits=20,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="A plain number: 1200. Empty where the text has no figure.",
    )
    unit = models.CharField(
        max_length=60,
        blank=True,
        help_text="percent, CNY, companies … Multiples go into the figure, not here.",
    )
    baseline_year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1949), MaxValueValidator(2100)],
        help_text="The year compared with: 2023 in “compared to 2023”.",
    )
    baseline_value = models.DecimalField(
        max_digits=20,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="What it was then, in the same unit, if the source says so.",
    )
    due_on = date_field("due on", "“By 2027” is 2027. Empty where no date is named.")
    due_precision = precision_field()
    status = WordField(
        max_length=12,
        choices=TargetStatus.choices,
        default=TargetStatus.OPEN,
        help_text="Open until there is evidence. Replaced: a later policy set another target.",
    )
    evidence_url = LinkField(
        "evidence", blank=True, help_text="Where the status can be checked. Public."
    )
    status_note = ProseField(blank=True, help_text="Why this status. Public.")
    status_checked_on = models.DateField(
        "status checked on",
        null=True,
        blank=True,
        help_text="When somebody last looked whether it is reached. Public.",
    )

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

    @property
    def awaits_look(self) -> bool:
        """Whether it has a date, and nobody has said, nor looked after it, what became of it."""
        if self.due_on is None or self.status != TargetStatus.OPEN:
            return False
        return self.status_checked_on is None or self.status_checked_on <= self.due_on

    @property
    def is_overdue(self) -> bool:
        """Whether its date is over, and it still awaits a look."""
        return self.awaits_look and self.due_on < localdate()

    def get_absolute_url(self) -> str:
        return address("target", self.slug)

    def natural_key(self):
        return (self.slug,)

    def clean(self) -> None:
        """Say what a figure and a status need; a status that is settled was checked today."""
        super().clean()
        wrong: dict[str, str] = {}
        if self.value is None and (self.comparator or self.unit):
            wrong["value"] = (
                "A comparator or unit needs a figure: give one, or empty the other two."
            )
        settled = self.status != TargetStatus.OPEN
        if settled and not (self.evidence_url or self.status_note.strip()):
            wrong["status_note"] = "A status other than “Open” needs evidence or a note."
        if self.status_checked_on is not None and self.status_checked_on > localdate():
            wrong["status_checked_on"] = "This day is still to come."
        if wrong:
            raise ValidationError(wrong)
        if settled and self.status_checked_on is None:
            self.status_checked_on = localdate()

    def slug_words(self) -> str:
        return f"{self.policy.slug[:70]} target {self.position}"
