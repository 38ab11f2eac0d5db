"""The kinds of record whose public versions are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from policies.models import CorporateEvent, IssuingBody, Policy, Target
from policies.records import FIELDS, Field


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of record: as addresses and the search call it, its model, and what is public."""

    name: str
    model: Any
    public: Callable[[], QuerySet]
    noun: Any
    nouns: Any

    @property
    def stored(self) -> str:
        """The kind as versions have it."""
        return self.model._meta.model_name

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of which a version tells."""
        return tuple(field for field in FIELDS[self.model] if field.told)


KEPT = {
    kept.name: kept
    for kept in (
        Kept("policy", Policy, Policy.objects.published, _("policy"), _("policies")),
        Kept("target", Target, Target.objects.published, _("target"), _("targets")),
        Kept("event", CorporateEvent, CorporateEvent.objects.published,
             _("corporate event"), _("corporate events")),
        Kept("body", IssuingBody, IssuingBody.objects.all, _("issuing body"), _("issuing bodies")),
    )
}  # fmt: skip
BY_STORED = {kept.stored: kept for kept in KEPT.values()}


def kept_of(model: Any) -> Kept | None:
    """The kind of `model`, or None where no versions of it are kept."""
    return BY_STORED.get(model._meta.model_name)
