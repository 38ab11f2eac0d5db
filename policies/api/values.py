"""Where the values of a parameter stand, for who asked for one that is not among them."""

from __future__ import annotations

from django.urls import reverse

from policies.formerslugs import NAMING
from policies.models import Company, IssuingBody, Sector

from .kinds import KINDS, Kind
from .searches import Search

REGISTRY = {
    model: name
    for name, kind in KINDS.items()
    if (model := kind.model) in (IssuingBody, Sector, Company)
}


def errors_of(kind: Kind, search: Search, site: str) -> list[tuple[str, str]]:
    """What is wrong with a search; where nothing is near, with the address of the values."""
    return [
        (name, f"{_refused(search.unlisted[name])} Values: {site}{where}")
        if name in search.unlisted and (where := _values_of(kind, name))
        else (name, wrong)
        for name, wrong in search.errors
    ]


def _refused(value: str) -> str:
    """What pages say too, who go on with the filters beside their list."""
    return f"“{value}” is not known, and no name is like it."


def _values_of(kind: Kind, name: str) -> str:
    """The path of the list or the facet that has the values of a parameter; empty for none."""
    if listed := REGISTRY.get(NAMING.get(name)):
        return reverse(f"api_{listed}")
    counted = name.removeprefix("not_")
    if counted not in kind.search.facets:
        return ""
    return f"{reverse(f'api_facets_{kind.name}')}?facet={counted}"
