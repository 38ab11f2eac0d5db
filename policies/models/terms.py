"""The bilingual glossary."""

from django.db import models

from .addresses import address
from .prose import ProseField
from .sectors import Sector
from .slugs import Slugged
from .taxonomy import SlugManager


class Term(Slugged):
    """A policy term in both languages with what it means."""

    term_en = models.CharField("English term", max_length=200)
    term_zh = models.CharField("Chinese term", max_length=200)
    pinyin = models.CharField(max_length=200, blank=True, help_text="Without tones.")
    aliases_en = models.JSONField(
        "other English forms", default=list, blank=True, help_text="One a line."
    )
    aliases_zh = models.JSONField(
        "other Chinese forms", default=list, blank=True, help_text="One a line."
    )
    definition = ProseField()
    sector = models.ForeignKey(
        Sector, null=True, blank=True, on_delete=models.SET_NULL, related_name="terms"
    )

    objects = SlugManager()

    class Meta:
        ordering = ["term_en"]

    def __str__(self) -> str:
        return f"{self.term_en} {self.term_zh}"

    def get_absolute_url(self) -> str:
        return address("term", self.slug)

    def slug_words(self) -> str:
        return self.term_en

    def natural_key(self):
        return (self.slug,)
