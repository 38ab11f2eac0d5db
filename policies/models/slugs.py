"""Addresses that last: a slug is made once, and an old one still leads to its record."""

from collections.abc import Container

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify

SLUG_LENGTH = 100


class FormerSlug(models.Model):
    """A slug that a record had before; its address redirects to today's."""

    kind = models.CharField(max_length=40, help_text="The model's name, in lower case.")
    slug = models.SlugField(max_length=SLUG_LENGTH)
    record_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="former_slug_unique")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"


class Slugged(models.Model):
    """A record with an address of its own."""

    slug = models.SlugField(
        max_length=SLUG_LENGTH,
        unique=True,
        blank=True,
        error_messages={"unique": "Another record has this address."},
        help_text="The record's address. Made from its title when left empty; "
        "after a change the old address redirects here.",
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an address that still leads to another record."""
        super().clean()
        kind = self._meta.model_name or ""
        taken = FormerSlug.objects.filter(kind=kind, slug=self.slug).exclude(record_id=self.pk or 0)
        if self.slug and taken.exists():
            raise ValidationError(
                {"slug": "This was another record’s address and still leads there."}
            )

    def slug_words(self) -> str:
        """The words that a new record's slug is made of."""
        raise NotImplementedError

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = self._free_slug()
        former = None
        if self.pk:
            stored = type(self)._base_manager.filter(pk=self.pk)
            former = stored.values_list("slug", flat=True).first()
        if not former or former == self.slug:
            super().save(*args, **kwargs)
            return
        # First, so that who hears of the change knows already what the record was called.
        with transaction.atomic():
            self._leave_behind(former)
            super().save(*args, **kwargs)

    def _leave_behind(self, former: str) -> None:
        kind = self._meta.model_name or ""
        FormerSlug.objects.filter(kind=kind, slug=self.slug).delete()
        FormerSlug.objects.update_or_create(kind=kind, slug=former, defaults={"record_id": self.pk})

    def _free_slug(self) -> str:
        stem = self.slug_stem()
        kind = self._meta.model_name or ""
        taken = set(
            type(self)._base_manager.filter(slug__startswith=stem).values_list("slug", flat=True)
        ) | set(
            FormerSlug.objects.filter(kind=kind, slug__startswith=stem).values_list(
                "slug", flat=True
            )
        )
        return first_free(stem, taken)[0]

    def slug_stem(self) -> str:
        """What a new record's slug begins with."""
        return slugify(self.slug_words())[: SLUG_LENGTH - 8].strip("-") or "record"


def first_free(stem: str, taken: Container[str], *, after: int = 1) -> tuple[str, int]:
    """`stem`, or with the first number above `after` that makes it none of those `taken`.

    Gives the number too, from which to go on for the next of the same stem.
    """
    slug, number = stem if after == 1 else f"{stem}-{after}", after
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug, number
