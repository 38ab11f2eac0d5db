"""A policy document or announcement, its issuers and its kin."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.text import Truncator
from simple_history.models import HistoricalRecords

from policies.vocabulary import Instrument, LegalStatus, Level, RelationKind, Section

from .bodies import IssuingBody
from .dates import Precise, PreciseDates, date_field, paired, precision_field
from .editorial import Editorial, PublicQuerySet
from .issues import NewsletterIssue
from .links import LinkField
from .regions import Region
from .sectors import Sector
from .slugs import Slugged


class Policy(Editorial, PreciseDates, Slugged):
    """One policy. Title fields hold the official form, `printed_…` what the newsletter printed."""

    issue = models.ForeignKey(
        NewsletterIssue, null=True, blank=True, on_delete=models.PROTECT, related_name="policies"
    )
    section = models.CharField(max_length=8, choices=Section.choices, default=Section.NEWS)
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Its place in the section, counted from 1."
    )
    first_line = models.PositiveIntegerField("first source line", null=True, blank=True)
    last_line = models.PositiveIntegerField("last source line", null=True, blank=True)
    headline = models.CharField(max_length=300, blank=True)
    title_en = models.CharField("English title", max_length=500, blank=True)
    title_zh = models.CharField(
        "Chinese title", max_length=500, blank=True, help_text="As promulgated, where known."
    )
    printed_title_en = models.CharField("English title as printed", max_length=500, blank=True)
    printed_title_zh = models.CharField("Chinese title as printed", max_length=500, blank=True)
    document_number = models.CharField(
        "document number (文号)", max_length=100, blank=True, db_index=True
    )
    official_url = LinkField("official address", blank=True, help_text="Empty where unknown.")
    summary = models.TextField(blank=True, help_text="Facts. Markdown.")
    comment = models.TextField(blank=True, help_text="The newsletter's judgement. Markdown.")
    commentator = models.CharField("comment signed by", max_length=200, blank=True)
    announced_on = date_field("announced on")
    announced_precision = precision_field()
    document_on = date_field("document dated")
    document_precision = precision_field()
    effective_on = date_field("effective on")
    effective_precision = precision_field()
    expires_on = date_field("expires on")
    expires_precision = precision_field()
    instrument = models.CharField(max_length=24, choices=Instrument.choices, blank=True)
    legal_status = models.CharField(
        max_length=16, choices=LegalStatus.choices, default=LegalStatus.UNKNOWN
    )
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
    note = models.TextField("note for editors", blank=True, help_text="Never shown to the public.")
    bodies = models.ManyToManyField(IssuingBody, through="PolicyIssuer", related_name="policies")
    sectors = models.ManyToManyField(Sector, blank=True, related_name="policies")
    regions = models.ManyToManyField(Region, blank=True, related_name="policies")
    imported = models.JSONField(default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = PublicQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[sectors, regions], excluded_fields=["imported"])

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
        indexes = [models.Index(fields=["state", "-announced_on"])]

    def __str__(self) -> str:
        return self.display_title

    def get_absolute_url(self) -> str:
        return reverse("policy", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    @property
    def display_title(self) -> str:
        """The title that a reader of English sees."""
        return (
            self.title_en
            or self.headline
            or self.title_zh
            or Truncator(self.summary).words(14, truncate=" …")
        )

    def slug_words(self) -> str:
        words = self.title_en or self.headline or Truncator(self.summary).words(8, truncate="")
        return f"{self.announced_on or ''} {words}"


class PolicyIssuer(models.Model):
    """A body among a policy's issuers, in printed order; unresolved ones keep their name only."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="issuers")
    body = models.ForeignKey(
        IssuingBody, null=True, blank=True, on_delete=models.PROTECT, related_name="issued"
    )
    printed = models.CharField("name as printed", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_lead = models.BooleanField("lead", default=False)

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
    kind = models.CharField(max_length=16, choices=RelationKind.choices)
    other = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="related_from")
    note = models.CharField(max_length=300, blank=True)

    objects = RelationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "kind", "other"], name="relation_once"),
            models.CheckConstraint(
                condition=~models.Q(policy=models.F("other")),
                name="relation_between_two",
                violation_error_message="A policy cannot be related to itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.get_kind_display()} {self.other}"
