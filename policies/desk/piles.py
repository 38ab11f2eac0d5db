"""Records that lack something, in piles of the same work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from policies.models import CorporateEvent, Policy, Target

from .lacks import lacking


@dataclass(frozen=True, slots=True)
class Pile:
    """Records that ask for the same work: how many, the first of them, and the list."""

    title: str
    count: int
    first: list[tuple[Model, str]]
    url: str


SHOWN = 5
PILES: list[tuple[str, type[Model], dict[str, str]]] = [
    ("Policies with an unresolved body", Policy, {"lacks": "body"}),
    ("Policies without an issuing body", Policy, {"lacks": "issuer"}),
    ("Policies without an official link", Policy, {"lacks": "link"}),
    ("Policies without a Chinese title", Policy, {"lacks": "title_zh"}),
    ("Policies without a date", Policy, {"lacks": "date"}),
    ("Policies in force whose last day has passed", Policy, {"lacks": "status"}),
    ("Targets without a date", Target, {"lacks": "due"}),
    ("Corporate events without a source", CorporateEvent, {"lacks": "source"}),
]


def waiting(kinds: Iterable[type[Model]]) -> list[Pile]:
    """The piles of records of these kinds, the empty ones left out."""
    wanted = set(kinds)
    piles = [_pile(title, kind, query) for title, kind, query in PILES if kind in wanted]
    return [pile for pile in piles if pile.count]


def _pile(title: str, kind: type[Model], query: dict[str, str]) -> Pile:
    records = lacking(kind._default_manager.all(), query["lacks"])
    name = f"admin:{kind._meta.app_label}_{kind._meta.model_name}"
    first = [(record, reverse(f"{name}_change", args=[record.pk])) for record in records[:SHOWN]]
    return Pile(
        title, records.count(), first, f"{reverse(f'{name}_changelist')}?{urlencode(query)}"
    )
