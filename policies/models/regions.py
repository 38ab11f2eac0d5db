"""Places that policies hold in and events happen at."""

from policies.vocabulary import RegionKind

from .taxonomy import Nested, SlugManager
from .words import WordField


class Region(Nested):
    """A province, city or area."""

    kind = WordField(max_length=32, choices=RegionKind.choices)

    objects = SlugManager()

    class Meta:
        ordering = ["name_en"]
