"""Records that a search found, read by their keys, each with the passages that matched."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet

from policies.filters import TrackerFilterSet
from policies.search.bodies import BODIES
from policies.search.kinds import KINDS
from policies.search.snippets import Snippet, Wanted, best, snippets, wanted

Matched = tuple[Any, list[Snippet]]


def matched(filterset: TrackerFilterSet, rows: QuerySet, keys: list[int]) -> list[Matched]:
    """The records called `keys` among `rows`, in that order, with the best passages of each.

    There are no passages where no words are searched for.
    """
    searched, kind = filterset.searched, KINDS[filterset.record_kind]
    is_plain = searched is None or searched.is_empty
    found = (rows if is_plain else kind.readable(rows)).in_bulk(keys)
    records = [found[key] for key in keys if key in found]
    BODIES.give(filterset.index, records)
    if searched is None or is_plain:
        return [(record, []) for record in records]
    leaves = wanted(searched.root, filterset.found.places)
    kind.fetch_rows(records, partial(_may_hold, leaves))
    return [(record, best(snippets(kind, record, leaves))) for record in records]


def _may_hold(leaves: list[Wanted], field: int, record: Any) -> bool:
    return any(want.may_stand(field, record) for want in leaves)
