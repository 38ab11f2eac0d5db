"""The sitemap: every public page, in pieces by kind, each with the other language beside it.

A piece is cut from the search index, which holds the ids of all that is public, so that
finding one costs as much among a million records as among ten.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet, Subquery
from django.urls import reverse

from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PublicVersion,
    SearchState,
    Sector,
    Target,
    Term,
)
from policies.search.index import current_index
from policies.versions.kinds import KEPT
from policies.vocabulary import VersionKind

from .addresses import alternates

# Search engines take 50,000 addresses in a file; fewer are written sooner.
PIECE = 2_500
# Pages that are there whatever is searched for.
PAGES = (
    "home", "policy_list", "target_list", "event_list", "body_list", "company_list",
    "sector_list", "issue_list", "glossary", "calendar", "policy_timeline", "event_timeline",
    "promised", "target_who", "body_matrix", "phrase", "changes", "about", "coverage", "datasets",
)  # fmt: skip

Found = tuple[str, datetime | None]


class Pieces(Sitemap):
    """What all sections share: addresses with the day of their last change."""

    limit = PIECE

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: Any = None) -> list[Any]:
        root = f"{protocol or 'https'}://{site.domain}"
        return [
            {"location": address, "lastmod": changed, "alternates": ways}
            for path, changed in self.paginator.page(page).object_list
            for plain in [root + path]
            for ways in [[{"lang_code": tag, "location": url} for tag, url in alternates(plain)]]
            for address in dict.fromkeys(way["location"] for way in ways)
        ]

    def get_latest_lastmod(self) -> datetime | None:
        return None


def last_change() -> datetime | None:
    """When what the public sees of any record changed last."""
    versions = PublicVersion.objects.order_by("-since").values("since")
    # Asked for by kind of change, for which there is an index.
    last = [Subquery(versions.filter(change=kind)[:1]) for kind in VersionKind.values]
    row = SearchState.objects.filter(pk=1).values_list(*last).first()
    return max(filter(None, row or ()), default=None)


class PageMap(Pieces):
    """The pages beside the records; what they show changes with the records."""

    def items(self) -> list[Found]:
        changed = last_change()
        return [(reverse(name), changed) for name in PAGES]

    def get_latest_lastmod(self) -> datetime | None:
        return last_change()


class RecordMap(Pieces):
    """The public records of a kind of which the search has an index."""

    def __init__(self, name: str, rows: QuerySet) -> None:
        self.name, self.rows = name, rows

    def items(self) -> Any:
        return Public(self.name, self.rows)

    def get_latest_lastmod(self) -> datetime | None:
        return last_change() if self.name in KEPT else None


class Public:
    """The public records of a kind, as a paginator counts and slices them."""

    def __init__(self, name: str, rows: QuerySet) -> None:
        self.rows, self.ids = rows, current_index().kind(name).everything

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, place: slice) -> list[Found]:
        keys = self.ids[place]
        return list(_dated(self.rows, keys[0], keys[-1])) if keys else []


def _dated(rows: QuerySet, first: int, last: int) -> Iterator[Found]:
    """The records between two keys, each with when what the public sees of it changed last.

    Of kinds without public versions that is not known.
    """
    found = rows.filter(pk__range=(first, last)).order_by("pk")
    versions = PublicVersion.objects.filter(
        kind=rows.model._meta.model_name, record_id__range=(first, last)
    )
    changes = versions.order_by().values("record_id").annotate(last=Max("since"))
    known = dict(changes.values_list("record_id", "last"))
    for record in found.only("pk", "slug"):
        yield record.get_absolute_url(), known.get(record.pk)


class IssueMap(Pieces):
    """The issues of the newsletter, of which there are some hundreds at most."""

    def items(self) -> list[Found]:
        issues = NewsletterIssue.objects.published().only("pk", "published_on")
        return [(issue.get_absolute_url(), None) for issue in issues.order_by("pk")]


def _records(name: str, rows: Any) -> Any:
    return lambda: RecordMap(name, rows())


SECTIONS: dict[str, Any] = {
    "pages": PageMap,
    "policies": _records("policy", Policy.objects.published),
    "targets": _records("target", Target.objects.published),
    "events": _records("event", CorporateEvent.objects.published),
    "bodies": _records("body", IssuingBody.objects.all),
    "companies": _records("company", Company.objects.published),
    "sectors": _records("sector", Sector.objects.all),
    "terms": _records("term", Term.objects.all),
    "issues": IssueMap,
}
