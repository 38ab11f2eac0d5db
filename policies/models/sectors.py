"""Sectors of industry and policy, as a tree."""

from django.db import models

from .addresses import address
from .prose import ProseField
from .taxonomy import Nested, SlugManager


class Sector(Nested):
    """A sector; a search for it includes what is below it."""

    aliases = models.JSONField("other names", default=list, blank=True, help_text="One a line.")
    definition = ProseField(blank=True)

    objects = SlugManager()

    class Meta:
        ordering = ["name_en"]

    def get_absolute_url(self) -> str:
        return address("sector", self.slug)
