"""What is public, written once: every public door goes through `published()`."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from policies.vocabulary import State

from .prose import ProseField
from .words import WordField

_PUBLISHED = Q(state=State.PUBLISHED)
# As a record says of itself by `was_public`.
EVER_PUBLIC = _PUBLISHED | Q(published_at__isnull=False)


def _is_published(model: type[models.Model], owner: str) -> Exists:
    """Whether the record that `owner`, a path of relations, leads to is published."""
    for name in owner.split("__"):
        model = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return Exists(model._base_manager.filter(_PUBLISHED, pk=OuterRef(owner)))


class PublicQuerySet(models.QuerySet):
    """A queryset that knows which of its records the public may see.

    `state_paths` lead from the record to the states that decide: all of them
    must be published.
    """

    state_paths: tuple[str, ...] = ("state",)

    def published(self) -> Self:
        """The records that the public sees.

        The states of other records are asked for one by one: joined, they would let SQLite
        begin with all public policies where a few targets are read by their keys.
        """
        found = self
        for path in self.state_paths:
            owner, _, _ = path.rpartition("__")
            found = found.filter(_is_published(self.model, owner) if owner else _PUBLISHED)
        return found

    def published_there(self) -> Self:
        """The same for records that other records lead to by a relation of many to many.

        The state is asked of each that is found: asked of all, it would let SQLite begin
        with all public records and look each of them up in the relation.
        """
        public = type(self)(self.model).published()
        return self.filter(Exists(public.filter(pk=OuterRef("pk"))))

    def in_bulk(self, *args: Any, **named: Any) -> dict[Any, Any]:
        """The records by their keys. They are not sorted: for the order that records usually
        have, SQLite would read all that are public and pick the few asked for.
        """
        return models.QuerySet.in_bulk(self.order_by(), *args, **named)

    def get_by_natural_key(self, slug: str):
        """The record that a fixture names by its slug."""
        return self.get(slug=slug)


class PublicThroughQuerySet(models.QuerySet):
    """A queryset of things that are public as soon as one record that names them is."""

    record_paths: tuple[str, ...] = ()

    def published(self) -> Self:
        """The things that a public record names."""
        named = Q(pk__in=[])
        for path in self.record_paths:
            public = self.model._base_manager.filter(**{f"{path}__state": State.PUBLISHED})
            named |= Q(Exists(public.filter(pk=OuterRef("pk"))))
        return self.filter(named)


class Editorial(models.Model):
    """A record that is reviewed before it is public; `publishing` alone changes its state."""

    state = WordField(
        max_length=12, choices=State.choices, default=State.IN_REVIEW, db_index=True, editable=False
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)
    publish_at = models.DateTimeField(
        "to be published at", null=True, blank=True, editable=False, db_index=True
    )
    publish_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    withdrawn_note = ProseField(
        "public note on the withdrawal",
        blank=True,
        editable=False,
        help_text="Shown where the record stood.",
    )

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def was_public(self) -> bool:
        """Whether the public sees it, or saw it once."""
        return self.is_public or self.published_at is not None
