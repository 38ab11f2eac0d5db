"""What a search of targets finds of policies without a target: their measures count too."""

from __future__ import annotations

from django.http import QueryDict
from pyroaring import BitMap

from policies.filters import OF_POLICY, PolicyFilter, TargetFilter
from policies.filtersets import ALWAYS_ALLOWED
from policies.search.index import Index


def untargeted(query: QueryDict) -> PolicyFilter | None:
    """The search of policies with measures and no target that asks what `query` asks of targets.

    None where it asks for what only targets have: a date, a figure, a status of their own.
    """
    asked = QueryDict(mutable=True)
    for name, values in query.lists():
        if name in OF_POLICY:
            asked.setlist(OF_POLICY[name], values)
        elif any(values) and name not in {*TargetFilter.beside, *ALWAYS_ALLOWED}:
            return None
    asked.setlist("has", list(dict.fromkeys([*filter(None, asked.getlist("has")), "measures"])))
    asked["without"] = "targets"
    return PolicyFilter(asked)


def measures_of(index: Index, policies: BitMap) -> int:
    """How many measures the policies have, as the index counts them."""
    numbers = index.kind("policy").values.get("measures", {})
    return sum(
        int(number) * policies.intersection_cardinality(ids) for number, ids in numbers.items()
    )
