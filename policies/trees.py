"""What stands below what, in the trees of bodies, sectors and regions; and which body is which."""

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


def lines(followed: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    """For each body of pairs (predecessor, successor), all that are one with it, the last first.

    A body that several followed was divided; it is one with none of them.
    """
    successors: dict[int, list[int]] = defaultdict(list)
    for before, after in followed:
        successors[before].append(after)
    members: dict[int, list[int]] = defaultdict(list)
    for body in sorted({*successors, *(after for row in successors.values() for after in row)}):
        members[_last(body, successors)].append(body)
    return {
        body: (last, *(other for other in line if other != last))
        for last, line in members.items()
        for body in line
    }


def _last(body: int, successors: dict[int, list[int]]) -> int:
    """The last of those that one after the other was the only one to follow."""
    passed = [body]
    while len(following := successors.get(passed[-1], [])) == 1:
        if following[0] in passed:
            # They follow each other in a ring; the least stands for all.
            return min(passed[passed.index(following[0]) :])
        passed += following
    return passed[-1]
