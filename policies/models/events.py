"""Corporate events: who did what."""

from django.core.validators import MaxValueValidator
from django.db import models

from policies.vocabulary import EventKind

from .addresses import address
from .companies import Company
from .dates import Precise, PreciseDates, date_field, paired, precision_field
from .editorial import Editorial, PublicQuerySet
from .history import TwoSidedRecords
from .issues import InIssue, NewsletterIssue
from .policies import Policy
from .prose import ProseField, first_words
from .regions import Region
from .sectors import Sector
from .slugs import Slugged
from .words import WordField


class CorporateEvent(InIssue, Editorial, PreciseDates, Slugged):
    """What companies did, or what was found out about them."""

    issue = models.ForeignKey(
        NewsletterIssue, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    position = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(9999)],
        help_text="Its place among the issue’s corporate news, counted from 1.",
    )
    first_line = models.PositiveIntegerField("first source line", null=True, blank=True)
    last_line = models.PositiveIntegerField("last source line", null=True, blank=True)
    headline = models.CharField(
        max_length=300,
        blank=True,
        help_text="A line of your own where none was printed. Left empty, the text’s first words.",
    )
    text = ProseField(help_text="What happened. Markdown; links stay as [words](address).")
    happened_on = date_field("reported for", "When it happened or was reported.")
    happened_precision = precision_field()
    kind = WordField(max_length=12, choices=EventKind.choices, default=EventKind.OTHER)
    companies = models.ManyToManyField(Company, blank=True, related_name="events")
    regions = models.ManyToManyField(Region, blank=True, related_name="events")
    sectors = models.ManyToManyField(Sector, blank=True, related_name="events")
    answers = models.ManyToManyField(
        Policy,
        blank=True,
        related_name="answered_by",
        help_text="Policies that it is an answer to.",
    )
    note = ProseField("note for editors", blank=True, help_text="Never shown to the public.")
    imported = models.JSONField(default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = PublicQuerySet.as_manager()
    history = TwoSidedRecords(
        m2m_fields=[companies, regions, sectors, answers], excluded_fields=["imported"]
    )

    precise_dates = ("happened",)
    happened = Precise("happened")

    class Meta:
        ordering = ["-happened_on", "position"]
        permissions = [
            ("publish_corporateevent", "Can publish corporate events"),
            ("withdraw_corporateevent", "Can withdraw corporate events"),
        ]
        constraints = [*paired("event", "happened")]

    def __str__(self) -> str:
        return self.display_title

    def get_absolute_url(self) -> str:
        return address("event", self.slug)

    def natural_key(self):
        return (self.slug,)

    @property
    def display_title(self) -> str:
        """The headline, or the first words of the text."""
        return self.headline or first_words(self.text, 14)

    def slug_words(self) -> str:
        return f"{self.happened_on or ''} {self.headline or first_words(self.text, 8)}"
