"""Trees of things: what sectors, regions and bodies share."""

from django.core.exceptions import ValidationError
from django.db import models

from .slugs import Slugged


class SlugManager(models.Manager):
    """Finds records by slug, as fixtures name them."""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Named(Slugged):
    """A thing with an English and a Chinese name."""

    name_en = models.CharField("English name", max_length=200)
    name_zh = models.CharField("Chinese name", max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en

    def slug_words(self) -> str:
        return self.name_en

    def natural_key(self):
        return (self.slug,)


class Nested(Named):
    """A named thing with a place in a tree."""

    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name="stands below",
        help_text="A search for the one above includes this one. Empty at the top.",
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        seen, ancestor = {self.pk}, self.parent
        while ancestor is not None:
            if ancestor.pk in seen:
                raise ValidationError(
                    {"parent": "Nothing can stand below itself, even by a detour."}
                )
            seen.add(ancestor.pk)
            ancestor = ancestor.parent
