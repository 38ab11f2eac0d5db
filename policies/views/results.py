"""Records that a search found, as rows show them with what matched."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from policies.filters import TrackerFilterSet, unknown
from policies.matched import matched
from policies.search.snippets import Snippet

# What rows show as their titles, whatever the kind of record.
TITLES = ("display_title", "name_en", "term_en", "metric")
CHINESE_TITLES = ("title_zh", "name_zh", "term_zh")


def fetched(filterset: TrackerFilterSet, rows: QuerySet, keys: list[int]) -> list[Any]:
    """The records called `keys`, in that order; with words searched for, what of them matched."""
    return [_shown(record, found) for record, found in matched(filterset, rows, keys)]


def unknown_beside_words(query: QueryDict) -> list[tuple[str, str]]:
    """The parameters that a page with nothing but words to search for does not know."""
    return [(name, unknown(name, ("exact", "q"))) for name in query if name not in ("q", "exact")]


def _shown(record: Any, found: list[Snippet]) -> Any:
    """Hang on a record its titles with marks, and the other passages that matched."""
    record.snippets = []
    for snippet in found:
        if snippet.text in (getattr(record, name, None) for name in TITLES):
            record.marked_title = snippet.pieces
        elif snippet.text in (getattr(record, name, None) for name in CHINESE_TITLES):
            record.marked_title_zh = snippet.pieces
        else:
            record.snippets.append(snippet)
    return record
