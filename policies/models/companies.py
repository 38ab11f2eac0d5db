"""Companies that act in corporate events."""

from django.db import models

from .addresses import address
from .editorial import PublicThroughQuerySet
from .prose import ProseField
from .taxonomy import Named


class CompanyQuerySet(PublicThroughQuerySet):
    record_paths = ("events",)

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Company(Named):
    """A firm or a chamber of firms."""

    country = models.CharField(max_length=100, blank=True, help_text="Where it is based.")
    note = ProseField(blank=True, help_text="May be shown to readers.")

    objects = CompanyQuerySet.as_manager()

    class Meta:
        ordering = ["name_en"]
        verbose_name_plural = "companies"

    def get_absolute_url(self) -> str:
        return address("company", self.slug)
