"""Issuing bodies: who they are, what they are called and whom they followed."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from policies.vocabulary import AliasLanguage, BodyKind

from .addresses import address
from .names import name_key
from .prose import ProseField
from .taxonomy import Nested, SlugManager
from .words import WordField

KEY_LENGTH = 200
YEARS = [MinValueValidator(1800), MaxValueValidator(2100)]


class IssuingBody(Nested):
    """A body that issues policies. The registry is public as a whole."""

    abbreviation = models.CharField(
        max_length=40, blank=True, help_text="As newsletters print it: MIIT, NDRC."
    )
    short_name_zh = models.CharField(
        "short Chinese name", max_length=100, blank=True, help_text="As in documents: 工信部."
    )
    kind = WordField(max_length=32, choices=BodyKind.choices)
    active_from = models.PositiveSmallIntegerField(
        "founded in", null=True, blank=True, validators=YEARS, help_text="A year. Empty if unknown."
    )
    active_until = models.PositiveSmallIntegerField(
        "dissolved in", null=True, blank=True, validators=YEARS, help_text="Empty while it exists."
    )
    note = ProseField(blank=True, help_text="Public: shown on the body’s page.")

    objects = SlugManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name_en"]
        verbose_name_plural = "issuing bodies"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(active_from__isnull=True)
                | models.Q(active_until__isnull=True)
                | models.Q(active_from__lte=models.F("active_until")),
                name="body_years_in_order",
                violation_error_message="The body was dissolved before it was founded.",
            )
        ]

    def get_absolute_url(self) -> str:
        return address("body", self.slug)

    def slug_words(self) -> str:
        return self.abbreviation or self.name_en

    @property
    def short_name(self) -> str:
        """The abbreviation where there is one, else the English name."""
        return self.abbreviation or self.name_en


class BodyAlias(models.Model):
    """Another name of a body. No name belongs to two bodies."""

    body = models.ForeignKey(IssuingBody, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(
        max_length=200,
        help_text="Case, width and quotation marks do not matter. "
        "An imported name that equals it is taken as this body.",
    )
    key = models.CharField(max_length=KEY_LENGTH, unique=True, editable=False)
    language = WordField(max_length=2, choices=AliasLanguage.choices)
    note = models.CharField(max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "body aliases"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a name that says nothing or that another body has."""
        super().clean()
        key = name_key(self.name)
        if not key or len(key) > KEY_LENGTH:
            raise ValidationError({"name": "This cannot be a name: it is empty or too long."})
        other = BodyAlias.objects.filter(key=key).exclude(pk=self.pk).select_related("body").first()
        if other is not None:
            raise ValidationError({"name": f"“{other}” is a name of {other.body} already."})

    def save(self, *args, **kwargs):
        self.key = name_key(self.name)
        super().save(*args, **kwargs)


class BodySuccession(models.Model):
    """One body followed another in a year."""

    predecessor = models.ForeignKey(
        IssuingBody, on_delete=models.CASCADE, related_name="successions"
    )
    successor = models.ForeignKey(IssuingBody, on_delete=models.CASCADE, related_name="precessions")
    year = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=YEARS, help_text="When it followed. Empty if unknown."
    )

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="succession_unique",
                violation_error_message="This successor is listed already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"

    def clean(self) -> None:
        """Refuse a body that follows itself."""
        super().clean()
        if self.predecessor_id and self.predecessor_id == self.successor_id:
            raise ValidationError("A body cannot follow itself.")
