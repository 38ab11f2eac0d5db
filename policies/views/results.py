"""Records that a search found, each with the passages that matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from policies.filters import TrackerFilterSet, unknown
from policies.search.bodies import BODIES
from policies.search.kinds import KINDS
from policies.search.snippets import Snippet, Wanted, best, snippets, wanted

# What rows show as their titles, whatever the kind of record.
TITLES = ("display_title", "name_en", "term_en", "metric")
CHINESE_TITLES = ("title_zh", "name_zh", "term_zh")


def fetched(filterset: TrackerFilterSet, rows: QuerySet, keys: list[int]) -> list[Any]:
    """The records called `keys`, in that order; with words searched for, what of them matched."""
    searched = filterset.searched
    if searched is None or searched.is_empty:
        found = rows.in_bulk(keys)
        BODIES.give(filterset.index, _issuers(found.values()))
    else:
        kind = KINDS[filterset.record_kind]
        found = kind.readable(rows).in_bulk(keys)
        BODIES.give(filterset.index, _issuers(found.values()))
        leaves = wanted(searched.root, filterset.found.places)
        kind.fetch_rows(list(found.values()), partial(_may_hold, leaves))
        for record in found.values():
            _show(record, best(snippets(kind, record, leaves)))
    return [found[key] for key in keys if key in found]


def unknown_beside_words(query: QueryDict) -> list[tuple[str, str]]:
    """The parameters that a page with nothing but words to search for does not know."""
    return [(name, unknown(name, ("exact", "q"))) for name in query if name not in ("q", "exact")]


def _may_hold(leaves: list[Wanted], field: int, record: Any) -> bool:
    return any(want.may_stand(field, record) for want in leaves)


def _issuers(records: Iterable[Any]) -> Iterator[Any]:
    """The issuers that were read with policies, or with the policies of targets."""
    for record in records:
        yield from getattr(getattr(record, "policy", record), "issuers_read", ())


def _show(record: Any, found: list[Snippet]) -> None:
    """Hang on a record its titles with marks, and the other passages that matched."""
    record.snippets = []
    for snippet in found:
        if snippet.text in (getattr(record, name, None) for name in TITLES):
            record.marked_title = snippet.pieces
        elif snippet.text in (getattr(record, name, None) for name in CHINESE_TITLES):
            record.marked_title_zh = snippet.pieces
        else:
            record.snippets.append(snippet)
