"""What stands below what, in the trees of bodies, sectors and regions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any


def with_descendants(model: Any, slugs: Iterable[str]) -> set[int]:
    """The keys of the records called `slugs` and of all that is below them; one query."""
    children, by_slug = defaultdict(list), {}
    for pk, slug, parent in model.objects.values_list("pk", "slug", "parent_id").order_by():
        by_slug[slug] = pk
        children[parent].append(pk)
    found: set[int] = set()
    waiting = [by_slug[slug] for slug in slugs if slug in by_slug]
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting += children[pk]
    return found


def ancestors(model: Any) -> dict[int, tuple[int, ...]]:
    """For each key, itself and the keys of all that it is below; one query."""
    parents = dict(model.objects.values_list("pk", "parent_id").order_by())
    chains = {}
    for pk in parents:
        chain, at = [], pk
        while at is not None and at not in chain:
            chain.append(at)
            at = parents[at]
        chains[pk] = tuple(chain)
    return chains
