"""Facets as the pages count them, with addresses for programs."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from policies.facets import Facet, FacetValue, facets, whole_facet

from .searches import Search


def counted(
    search: Search, query: QueryDict, wanted: set[str] | None, *, page: str, api: str
) -> list[dict[str, Any]]:
    """The facets of a search: those `wanted` with all values, else all with their largest.

    `page` and `api` are where the list is for readers and for programs.
    """
    filterset: Any = search.filterset  # type: ignore[attr-defined]
    if wanted is None:
        found = facets(filterset, query)
    else:
        names = [name for name in filterset.facets if name in wanted]
        found = [whole_facet(filterset, query, name, "") for name in names]
    return [_told(facet, page, api) for facet in found]


def _told(facet: Facet, page: str, api: str) -> dict[str, Any]:
    return {
        "name": facet.name,
        "label": facet.label,
        "number": facet.number,
        "values": [_value(value, page, api) for value in (*facet.top, *facet.more)],
    }


def _value(value: FacetValue, page: str, api: str) -> dict[str, Any]:
    query = value.url if value.url != "?" else ""
    return {
        "value": value.value,
        "label": value.label,
        "label_zh": value.label_zh,
        "count": value.count,
        "selected": value.selected,
        "excluded": value.excluded,
        "url": api + query,
        "address": page + query,
    }
