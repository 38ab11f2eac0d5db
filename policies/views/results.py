"""Records that a search found, each with the passages that matched."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from policies.filters import TrackerFilterSet
from policies.search.kinds import KINDS
from policies.search.snippets import Snippet, best, snippets, wanted

TITLES = {"Title": "marked_title", "Chinese title": "marked_title_zh"}


def fetched(filterset: TrackerFilterSet, rows: QuerySet, keys: list[int]) -> list[Any]:
    """The records called `keys`, in that order; with words searched for, what of them matched."""
    found = rows.in_bulk(keys)
    searched = filterset.searched
    if searched is not None and not searched.is_empty:
        kind = KINDS[filterset.record_kind]
        leaves = wanted(searched.root)
        for key, record in kind.public().prefetch_related(*kind.named_by).in_bulk(keys).items():
            if key in found:
                _show(found[key], best(snippets(kind, record, leaves)))
    return [found[key] for key in keys if key in found]


def _show(record: Any, found: list[Snippet]) -> None:
    """Hang on a record its titles with marks, and the other passages that matched."""
    for snippet in found:
        if snippet.label in TITLES:
            setattr(record, TITLES[snippet.label], snippet.pieces)
    record.snippets = [snippet for snippet in found if snippet.label not in TITLES]
