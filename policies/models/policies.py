"""A policy document or announcement, its issuers and its kin."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from policies.vocabulary import Instrument, LegalStatus, Level, RelationKind, Section

from .addresses import address
from .bodies import IssuingBody
from .dates import Precise, PreciseDates, date_field, paired, precision_field
from .editorial import Editorial, PublicQuerySet
from .history import TwoSidedRecords
from .issues import InIssue, NewsletterIssue
from .links import LinkField
from .prose import ProseField, first_words
from .regions import Region
from .sectors import Sector
from .slugs import Slugged
from .words import WordField

# A row names so many issuing bodies; a notice may have a hundred.
FOREMOST = 8


class Policy(InIssue, Editorial, PreciseDates, Slugged):
    """One policy. Title fields hold the official form, `printed_…` what the newsletter printed."""

    issue = models.ForeignKey(
        NewsletterIssue,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="policies",
        help_text="The newsletter issue that reported it. Empty if it was in none.",
    )
    section = WordField(
        max_length=8,
        choices=Section.choices,
        default=Section.NEWS,
        help_text="Top item: one of the long pieces. Short note: one of the dated lines.",
    )
    position = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(9999)],
        help_text="Its place in the section, counted from 1.",
    )
    first_line = models.PositiveIntegerField("first source line", null=True, blank=True)
    last_line = models.PositiveIntegerField("last source line", null=True, blank=True)
    headline = models.CharField(
        max_length=300, blank=True, help_text="The newsletter’s own headline, not the document’s."
    )
    title_en = models.CharField(
        "English title",
        max_length=500,
        blank=True,
        help_text="The document’s title as readers should see it: the official one where known.",
    )
    title_zh = models.CharField(
        "Chinese title",
        max_length=500,
        blank=True,
        help_text="The official title as promulgated. Empty where unknown; never translated back.",
    )
    printed_title_en = models.CharField(
        "English title as printed",
        max_length=500,
        blank=True,
        help_text="What the newsletter printed, kept even where it was wrong.",
    )
    printed_title_zh = models.CharField(
        "Chinese title as printed",
        max_length=500,
        blank=True,
        help_text="What the newsletter printed, kept even where it was wrong.",
    )
    document_number = models.CharField(
        "document number (文号)",
        max_length=100,
        blank=True,
        db_index=True,
        help_text="As on the document: 工信部联科〔2024〕12号.",
    )
    official_url = LinkField(
        "official address",
        blank=True,
        help_text="The document on an official site. Empty where unknown; "
        "press reports go to the sources.",
    )
    summary = ProseField(
        blank=True, help_text="Facts only. Markdown; links stay as [words](address)."
    )
    comment = ProseField(
        blank=True, help_text="The newsletter’s judgement, shown apart from the facts. Markdown."
    )
    commentator = models.CharField(
        "comment signed by", max_length=200, blank=True, help_text="Who answers for the comment."
    )
    announced_on = date_field("announced on", "When it became public.")
    announced_precision = precision_field()
    document_on = date_field("document dated", "The date on the document itself.")
    document_precision = precision_field()
    effective_on = date_field("effective on", "From when it applies.")
    effective_precision = precision_field()
    expires_on = date_field("expires on", "Until when it applies. Empty for no end.")
    expires_precision = precision_field()
    instrument = WordField(
        max_length=24,
        choices=Instrument.choices,
        blank=True,
        help_text="The form of the document. Empty if you cannot tell.",
    )
    legal_status = WordField(
        max_length=16,
        choices=LegalStatus.choices,
        default=LegalStatus.UNKNOWN,
        help_text="Issued: promulgated but not known to apply yet. In force: applies today.",
    )
    level = WordField(
        max_length=20,
        choices=Level.choices,
        blank=True,
        help_text="The level of government that issued it.",
    )
    note = ProseField("note for editors", blank=True, help_text="Never shown to the public.")
    bodies = models.ManyToManyField(IssuingBody, through="PolicyIssuer", related_name="policies")
    sectors = models.ManyToManyField(Sector, blank=True, related_name="policies")
    regions = models.ManyToManyField(Region, blank=True, related_name="policies")
    imported = models.JSONField(default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = PublicQuerySet.as_manager()
    history = TwoSidedRecords(m2m_fields=[sectors, regions], excluded_fields=["imported"])

    precise_dates = ("announced", "document", "effective", "expires")
    announced = Precise("announced")
    document = Precise("document")
    effective = Precise("effective")
    expires = Precise("expires")

    class Meta:
        ordering = ["-announced_on", "section", "position"]
        verbose_name_plural = "policies"
        permissions = [
            ("publish_policy", "Can publish policies"),
            ("withdraw_policy", "Can withdraw policies"),
        ]
        constraints = [
            *paired("policy", "announced", "document", "effective", "expires"),
            models.CheckConstraint(
                condition=~models.Q(headline="", title_en="", title_zh="", summary=""),
                name="policy_says_something",
                violation_error_message="Give a headline, a title or a summary.",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-announced_on"]),
            models.Index(fields=["official_url"], name="policy_official_url"),
        ]

    def __str__(self) -> str:
        return self.display_title

    def get_absolute_url(self) -> str:
        return address("policy", self.slug)

    def natural_key(self):
        return (self.slug,)

    @property
    def display_title(self) -> str:
        """The title that a reader of English sees."""
        return self.title_en or self.headline or self.title_zh or first_words(self.summary, 14)

    @property
    def named_issuers(self):
        """The issuers in printed order: those that were read with a list, else all of them."""
        read = self.__dict__.get("issuers_read")
        return self.issuers.all() if read is None else read

    @property
    def foremost_issuers(self) -> list[PolicyIssuer]:
        """The issuers that a row names: all where they are few, else the first, leads before."""
        issuers = list(self.named_issuers)
        if len(issuers) > FOREMOST:
            issuers.sort(key=lambda issuer: not issuer.is_lead)
        return issuers[:FOREMOST]

    @property
    def further_issuers(self) -> int:
        """How many issuers a row does not name."""
        return max(0, len(self.named_issuers) - FOREMOST)

    def slug_words(self) -> str:
        words = self.title_en or self.headline or first_words(self.summary, 8, end="")
        return f"{self.announced_on or ''} {words}"


class PolicyIssuer(models.Model):
    """A body among a policy's issuers, in printed order; unresolved ones keep their name only."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="issuers")
    body = models.ForeignKey(
        IssuingBody, null=True, blank=True, on_delete=models.PROTECT, related_name="issued"
    )
    printed = models.CharField(
        "name as printed",
        max_length=300,
        blank=True,
        help_text="The name in the newsletter. Without a body, readers see this name.",
    )
    position = models.PositiveSmallIntegerField(
        "order",
        default=0,
        validators=[MaxValueValidator(9999)],
        help_text="In printed order. Left empty: the next.",
    )
    is_lead = models.BooleanField(
        "lead", default=False, help_text="The body that leads a joint document. One at most."
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "issuer"
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "body"],
                name="issuer_once",
                violation_error_message="This body is among the issuers already.",
            ),
            models.CheckConstraint(
                condition=models.Q(body__isnull=False) | ~models.Q(printed=""),
                name="issuer_named",
                violation_error_message="Choose a body or give the name as printed.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.body) if self.body else self.printed


class RelationQuerySet(PublicQuerySet):
    state_paths = ("policy__state", "other__state")


class PolicyRelation(models.Model):
    """How one policy stands to another."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="relations")
    kind = WordField(max_length=16, choices=RelationKind.choices)
    other = models.ForeignKey(
        Policy,
        on_delete=models.CASCADE,
        related_name="related_from",
        verbose_name="other policy",
        help_text="Read as a sentence: this policy … the other policy.",
    )
    note = models.CharField(max_length=300, blank=True, help_text="Public. Why it stands so.")

    objects = RelationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "kind", "other"],
                name="relation_once",
                violation_error_message="This relation is here already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(policy=models.F("other")),
                name="relation_between_two",
                violation_error_message="A policy cannot be related to itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.get_kind_display()} {self.other}"

    def clean(self) -> None:
        """Say beside the other policy that it is this one."""
        super().clean()
        if self.policy_id and self.policy_id == self.other_id:
            raise ValidationError({"other": "A policy cannot be related to itself."})
