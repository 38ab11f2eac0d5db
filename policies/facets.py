"""Counts beside each filter, as plain data; each ignores its own filter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import QueryDict

from policies.filters import HasFilter, TrackerFilterSet
from policies.trees import ancestors

SHOWN = 8


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value: how many records it would give, and the address that adds or drops it."""

    value: str
    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter's values, most frequent first; `more` are folded away at first."""

    name: str
    label: str
    top: list[FacetValue]
    more: list[FacetValue]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value with the address that drops it."""

    label: str
    value: str
    url: str


def facets(filterset: TrackerFilterSet, query: QueryDict) -> list[Facet]:
    """The facets of a search, without values that nothing has unless they are chosen."""
    return [_facet(filterset, query, name) for name in filterset.facets]


def chips(filterset: TrackerFilterSet, query: QueryDict) -> list[Chip]:
    """What is chosen, each to be dropped with one click."""
    found = []
    for name, filter_ in filterset.filters.items():
        labels = {str(k): str(v) for k, v in getattr(filter_.field, "choices", [])}
        for value in query.getlist(name):
            if value:
                label = labels.get(value, value)
                found.append(Chip(str(filter_.label), label, toggled(query, name, value)))
    return found


def toggled(query: QueryDict, name: str, value: str) -> str:
    """The query string with `value` of `name` added, or dropped where it is there."""
    changed = query.copy()
    changed.pop("page", None)
    values = changed.getlist(name)
    rest = [item for item in values if item != value]
    changed.setlist(name, rest if len(rest) < len(values) else [*values, value])
    return f"?{changed.urlencode()}"


def _facet(filterset: TrackerFilterSet, query: QueryDict, name: str) -> Facet:
    filter_ = filterset.filters[name]
    counts = _counts(filterset, name)
    chosen = set(query.getlist(name))
    values = [
        FacetValue(
            str(value), str(label), counts[str(value)], str(value) in chosen,
            toggled(query, name, str(value)),
        )
        for value, label in filter_.field.choices
        if counts[str(value)] or str(value) in chosen
    ]  # fmt: skip
    if name == "year":
        values.sort(key=lambda row: row.value, reverse=True)
    else:
        values.sort(key=lambda row: (not row.selected, -row.count, row.label))
    return Facet(name, str(filter_.label), values[:SHOWN], values[SHOWN:], bool(chosen))


def _counts(filterset: TrackerFilterSet, name: str) -> Counter[str]:
    filter_: Any = filterset.filters[name]
    records = filterset.records(without=name)
    if isinstance(filter_, HasFilter):
        records = filterset.records()
        return Counter(
            {key: records.filter(test).count() for key, test in filter_.conditions.items()}
        )
    rows = records.model._base_manager.filter(pk__in=records.values("pk")).order_by()
    if filter_.tree is not None:
        return _tree_counts(filter_, rows)
    found = rows.values_list(filter_.path).annotate(n=Count("pk", distinct=True))
    return Counter({str(value): n for value, n in found if value not in (None, "")})


def _tree_counts(filter_: Any, rows: Any) -> Counter[str]:
    chains = ancestors(filter_.tree)
    pairs = {
        (pk, above)
        for pk, at in rows.values_list("pk", filter_.path)
        if at is not None
        for above in chains[at]
    }
    slugs = dict(filter_.tree.objects.values_list("pk", "slug"))
    return Counter(slugs[above] for _, above in pairs)
