"""What a body did, as numbers that each lead to the list that they count."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate
from pyroaring import BitMap

from policies.filters import PolicyFilter, TargetFilter
from policies.models import IssuingBody, Policy, Sector, Target
from policies.search.bodies import BODIES, ISSUERS
from policies.search.index import Index, KindIndex

SHOWN = 10
DUE_SHOWN = 5
Counted = list[tuple[Any, int]]


def acted(body: IssuingBody) -> dict[str, Any]:
    """The policies and targets of a body itself, by year, way, partner and sector."""
    own = PolicyFilter(QueryDict(f"issuer_all={body.slug}"))
    held, ids = own.found.held, own.ids()
    jointly = ids & held.value("joint", "1")
    alone = ids - jointly
    partners = counted(held, "issuer", jointly, but=body.pk)
    rows = [own.found.page(some, own.default_order, 0, SHOWN) for some in (alone, jointly)]
    read = _read(own.index, [key for keys in rows for key in keys])
    return {
        "own_number": len(ids),
        "own_url": f"{reverse('policy_list')}?issuer_all={body.slug}",
        "alone": [read[key] for key in rows[0] if key in read],
        "alone_number": len(alone),
        "jointly": [read[key] for key in rows[1] if key in read],
        "jointly_number": len(jointly),
        "led_number": jointly.intersection_cardinality(held.value("lead", body.pk)),
        "years": by_year(held, ids),
        "partner_number": len(partners),
        "partners": with_records(IssuingBody, partners[:SHOWN]),
        "by_sector": with_records(Sector, counted(held, "sector", ids)[:SHOWN]),
    } | _due(body)


def counted(held: KindIndex, name: str, ids: BitMap, *, but: int = 0) -> list[tuple[int, int]]:
    """How many of `ids` have each value of a filter, most frequent first."""
    found = [
        (int(key), number)
        for key, having in held.values.get(name, {}).items()
        if int(key) != but and (number := ids.intersection_cardinality(having))
    ]
    return sorted(found, key=lambda row: (-row[1], row[0]))


def with_records(model: Any, numbers: list[tuple[int, int]]) -> Counted:
    """The same with the records in place of their keys; one query."""
    named = model.objects.in_bulk([key for key, _ in numbers])
    return [(named[key], number) for key, number in numbers if key in named]


def by_year(held: KindIndex, ids: BitMap) -> list[tuple[int, int, int]]:
    """Each year from the first to the last with its number and that in percent of the largest."""
    found = dict(counted(held, "year", ids))
    if not found:
        return []
    most = max(found.values())
    years = range(max(found), min(found) - 1, -1)
    return [(year, found.get(year, 0), round(100 * found.get(year, 0) / most)) for year in years]


def _read(index: Index, keys: list[int]) -> dict[int, Policy]:
    """Policies with all that a row of a list shows."""
    rows = Policy.objects.published().defer("imported").prefetch_related(ISSUERS)
    read = rows.in_bulk(keys)
    BODIES.give(index, read.values())
    return read


def _due(body: IssuingBody) -> dict[str, Any]:
    """The targets that a body answers for, as lead or alone, those that fall due next first."""
    filterset = TargetFilter(QueryDict(f"main={body.slug}"))
    ids, today = filterset.ids(), localdate()
    due = ids & filterset.found.held.value_range("due", today.isoformat(), None)
    keys = filterset.found.page(due, "due", 0, DUE_SHOWN)
    found = Target.objects.published().select_related("policy").in_bulk(keys)
    path = reverse("target_list")
    return {
        "target_number": len(ids),
        "targets_url": f"{path}?main={body.slug}",
        "due": [found[key] for key in keys if key in found],
        "due_number": len(due),
        "due_url": f"{path}?main={body.slug}&due_after={today}",
    }
