"""Places that policies hold in and events happen at."""

from django.db import models

from policies.vocabulary import RegionKind

from .taxonomy import Nested, SlugManager


class Region(Nested):
    """A province, city or area."""

    kind = models.CharField(max_length=32, choices=RegionKind.choices)

    objects = SlugManager()

    class Meta:
        ordering = ["name_en"]
