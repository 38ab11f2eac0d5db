"""What waits for an editor: records in review, and records that lack something."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.urls import reverse

from policies.models import CorporateEvent, Policy, Target
from policies.vocabulary import State


@dataclass(frozen=True, slots=True)
class Pile:
    """Records that ask for the same work: how many, the first of them, and the list."""

    title: str
    count: int
    first: list[Model]
    url: str


SHOWN = 5


def waiting() -> list[Pile]:
    """The piles on the desk, the empty ones left out."""
    policies = Policy.objects.exclude(state=State.WITHDRAWN)
    unresolved = policies.filter(issuers__body=None, issuers__isnull=False).distinct()
    targets = Target.objects.exclude(policy__state=State.WITHDRAWN)
    piles = [
        _pile(
            "Policies in review", policies.filter(state=State.IN_REVIEW), state__exact="in-review"
        ),
        _pile(
            "Corporate events in review",
            CorporateEvent.objects.filter(state=State.IN_REVIEW),
            state__exact="in-review",
        ),
        _pile("Policies with an unresolved body", unresolved, lacks="body"),
        _pile("Policies without an official link", policies.filter(official_url=""), lacks="link"),
        _pile("Policies without a Chinese title", policies.filter(title_zh=""), lacks="title_zh"),
        _pile("Targets without a date", targets.filter(due_on=None), due_on__isempty="1"),
    ]
    return [pile for pile in piles if pile.count]


def _pile(title: str, records: QuerySet, **query: str) -> Pile:
    meta = records.model._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return Pile(title, records.count(), list(records[:SHOWN]), f"{address}?{urlencode(query)}")
