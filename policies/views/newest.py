"""The newest policies and events of any number of them, and the targets due next.

Policies and events stand as on their lists, with what is unknown last on both databases.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.timezone import localdate
from pyroaring import BitMap

from policies.models import CorporateEvent, Policy, Target
from policies.search.bodies import BODIES
from policies.search.days import due, first, latest
from policies.search.index import Index, KindIndex

POLICIES = (F("announced_on").desc(nulls_last=True), "-section", "position", "-pk")
EVENTS = (F("happened_on").desc(nulls_last=True), "position", "-pk")
# Of one day, those of the policies announced last come first.
TARGETS = (
    "due_on",
    F("policy__announced_on").desc(nulls_last=True),
    "policy__section",
    "policy__position",
    "position",
    "pk",
)


def newest_policies(rows: Any, index: Index, ids: BitMap, number: int) -> list[Policy]:
    """The newest that are public of `rows`, which are policies that are all among `ids`."""
    public = rows.published_there().defer("imported")
    days = latest(index.kind("policy"), "announced", ids)
    found = first(public.order_by(*POLICIES), days, number)
    BODIES.give(index, found)
    return found


def newest_events(rows: Any, index: Index, ids: BitMap, number: int) -> list[CorporateEvent]:
    """The newest that are public of `rows`, which are events that are all among `ids`."""
    public = rows.published_there().defer("imported")
    return first(public.order_by(*EVENTS), latest(index.kind("event"), "happened", ids), number)


def due_next(index: Index, number: int) -> list[Target]:
    """The public targets that fall due next, today among them, with their policies."""
    rows = Target.objects.published().select_related("policy").defer("policy__imported")
    return first(
        rows.order_by(*TARGETS), due(index.kind("target"), localdate().isoformat()), number
    )


def sharing(held: KindIndex, name: str, values: Iterable[int], *, but: int) -> BitMap:
    """The public records with any of these values of a filter, except the one called `but`."""
    return BitMap.union(BitMap(), *(held.value(name, value) for value in values)) - BitMap([but])


def in_sectors(model: Any, sectors: Iterable[int]) -> QuerySet:
    """The records in one of these sectors itself; the index has those in sectors below it too."""
    itself = model.objects.filter(pk=OuterRef("pk"), sectors__in=list(sectors))
    return model.objects.filter(Exists(itself))
