"""Searches as feeds: the records found, by when they were published here, latest first.

A feed has the set of its list. It comes in pages (RFC 5005) that lead to each other, so
that a reader who was away for long misses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, make_aware
from django.views.decorators.http import require_safe

from policies.answers import refused, site_of
from policies.exports import EXPORTED, Taken
from policies.facets import chips
from policies.models import SearchState
from policies.paging import turned
from policies.querystrings import joined, rest
from policies.search.bodies import BODIES, ISSUERS, ISSUERS_OF_TARGETS
from policies.versions.kinds import KEPT, kept_of
from policies.versions.latest import BEGINNING, moments

from .atom import LATEST, answered

# The lists that can be followed, and what is read with the records of each.
FOLLOWED: dict[str, tuple[str | Prefetch, ...]] = {
    "policies": (ISSUERS, "sectors", "targets", "deadlines"),
    "targets": (ISSUERS_OF_TARGETS, "policy__sectors"),
    "events": ("companies", "sectors"),
}
NEWEST = "-added"


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with when it became public and when it was changed last."""

    kind: str
    record: Any
    published: datetime
    updated: datetime


class Newest:
    """What is found, as a paginator counts and slices it."""

    def __init__(self, taken: Taken) -> None:
        self.filterset = taken.filterset
        self.ids = taken.filterset.ids()

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, place: slice) -> list[int]:
        return self.filterset.found.page(self.ids, NEWEST, place.start, place.stop)


@require_safe
def feed(request: HttpRequest, kind: str) -> HttpResponse:
    """The records of `kind` that the query string finds, as a feed."""
    taken = Taken(EXPORTED[kind], request.GET, site_of(request), localdate())
    if taken.errors:
        return refused(taken.errors)
    changed = _changed()
    page, wrong = turned(Newest(taken), LATEST, request.GET)
    if wrong:
        return refused(wrong)
    entries = list(_entries(taken, page.object_list))
    context = {
        "kind": kind,
        "entries": entries,
        "updated": max((entry.updated for entry in entries), default=BEGINNING),
        "title": _title(taken),
        "page_address": taken.address,
        "count": page.paginator.count,
        "first_address": (address := _address(request)),
        "page": page,
        "joined": "&" if "?" in address else "?",
        "last": page.paginator.num_pages,
    }
    return answered(request, f"policies/feeds/{kind}.atom", context, changed=changed)


def _title(taken: Taken) -> str:
    """What was searched, in words."""
    asked = ", ".join(f"{one.label}: {one.value}" for one in chips(taken.filterset, taken.query))
    return f"{taken.kind.name}, {asked}" if asked else taken.kind.name


def _address(request: HttpRequest) -> str:
    """The first page of the feed."""
    return request.build_absolute_uri(joined(request.path, rest(request.GET)))


def _entries(taken: Taken, keys: list[int]) -> Iterator[Entry]:
    kept = kept_of(taken.kind.model) or KEPT["policy"]
    known = moments(kept, keys)
    records = taken.kind.records.prefetch_related(*FOLLOWED[taken.kind.name]).in_bulk(keys)
    BODIES.give(taken.filterset.index, records.values())
    for key in keys:
        if record := records.get(key):
            published = getattr(getattr(record, "policy", record), "published_at", None)
            first, last = known.get(key, (published or BEGINNING, published or BEGINNING))
            yield Entry(kept.name, record, first, last)


def _changed() -> datetime:
    """When the public data changed last, or today began: what is due soon moves with the day."""
    began = make_aware(datetime.combine(localdate(), time.min))
    state = SearchState.objects.filter(pk=1).values_list("changed_at", flat=True).first()
    return max(state or BEGINNING, began)
