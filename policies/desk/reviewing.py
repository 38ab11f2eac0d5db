"""What is in review, by issue: how much of it is complete, and what the rest lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Model
from django.urls import reverse

from policies.models import CorporateEvent, NewsletterIssue, Policy
from policies.vocabulary import State

from .lacks import LACKS

SHOWN = 10


@dataclass(slots=True)
class Reviewed:
    """An issue, or no issue, with what it has in review."""

    issue: NewsletterIssue | None
    total: int = 0
    incomplete: int = 0
    scheduled: int = 0
    lists: list[tuple[str, str]] = field(default_factory=list)
    lacks: Counter[str] = field(default_factory=Counter)
    publish_url: str = ""

    @property
    def complete(self) -> int:
        """How many of them lack nothing."""
        return self.total - self.incomplete

    @property
    def most_lacked(self) -> list[tuple[str, int]]:
        """What is missing, in how many of them, the most frequent first."""
        return self.lacks.most_common()


def in_review(kinds: Iterable[type[Model]]) -> tuple[list[Reviewed], int]:
    """What is in review of these kinds by issue, the newest first, and how many issues more."""
    found: dict[int | None, Reviewed] = {}
    counted = {kind: _counted(kind) for kind in (Policy, CorporateEvent) if kind in set(kinds)}
    keys = {row["issue"] for rows in counted.values() for row in rows}
    issues = NewsletterIssue.objects.defer("source_text").in_bulk(list(keys - {None}))
    for key in sorted(keys - {None}, key=lambda key: issues[key].published_on, reverse=True):
        found[key] = Reviewed(issues[key])
        found[key].publish_url = reverse("admin:policies_newsletterissue_publish", args=[key])
    if None in keys:
        found[None] = Reviewed(None)
    for kind, rows in counted.items():
        for row in rows:
            _add(found[row["issue"]], kind, row)
    listed = list(found.values())
    return listed[:SHOWN], max(0, len(listed) - SHOWN)


def _counted(kind: Any) -> list[dict[str, Any]]:
    """For each issue, how many records are in review and how many of them lack what."""
    lacks = {name: lack.where for name, lack in LACKS[kind].items()}
    counts = {f"lacks_{name}": Count("pk", filter=where) for name, where in lacks.items()}
    return list(
        kind.objects.filter(state=State.IN_REVIEW)
        .order_by()
        .values("issue")
        .annotate(
            total=Count("pk"),
            incomplete=Count("pk", filter=reduce(or_, lacks.values())),
            scheduled=Count("publish_at"),
            **counts,
        )
    )


def _add(reviewed: Reviewed, kind: Any, row: dict[str, Any]) -> None:
    for name in ("total", "incomplete", "scheduled"):
        setattr(reviewed, name, getattr(reviewed, name) + row[name])
    for name, lack in LACKS[kind].items():
        if row[f"lacks_{name}"]:
            reviewed.lacks[lack.words] += row[f"lacks_{name}"]
    of = {"issue__isnull": "True"} if row["issue"] is None else {"issue__id__exact": row["issue"]}
    query = urlencode(of | {"state__exact": State.IN_REVIEW.value})
    meta = kind._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    names = meta.verbose_name if row["total"] == 1 else meta.verbose_name_plural
    reviewed.lists.append((f"{row['total']} {names}", f"{address}?{query}"))
