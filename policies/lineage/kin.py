"""Which targets hang together by links, read in as many questions as the longest way has steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from policies.models import Policy, Target, TargetLink

# So many steps are followed, and so many links read for each.
STEPS, MOST = 8, 1000


def links_from(keys: Iterable[int], links: QuerySet[TargetLink]) -> list[TargetLink]:
    """Those of `links` that lead on from the targets called `keys`, step by step."""
    edge, reached = set(keys), set(keys)
    found: dict[int, TargetLink] = {}
    for _ in range(STEPS):
        near = links.filter(Q(later__in=edge) | Q(earlier__in=edge)).exclude(pk__in=list(found))
        rows = list(near.order_by("pk")[:MOST])
        found |= {row.pk: row for row in rows}
        edge = {end for row in rows for end in (row.later_id, row.earlier_id)} - reached
        if not edge:
            break
        reached |= edge
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Way:
    """From an earlier target to a later one, by their keys, with what their link notes.

    `earlier` is None where all that came before the later one is not told.
    """

    earlier: int | None
    later: int
    note: str = ""


def ways_among(told: Collection[int], links: Iterable[TargetLink]) -> list[Way]:
    """From which of the targets `told` each of them comes.

    Where none of them is linked to it as the earlier, from those that stand before what is.
    """
    before: dict[int, list[TargetLink]] = defaultdict(list)
    for row in links:
        before[row.later_id].append(row)
    found: list[Way] = []
    for later in told:
        ways = [Way(row.earlier_id, later, row.note) for row in before[later]]
        near = [way for way in ways if way.earlier in told]
        if ways and not near:
            near = [Way(key, later) for key in _past(later, told, before)] or [Way(None, later)]
        found += near
    return found


def _past(later: int, told: Collection[int], before: dict[int, list[TargetLink]]) -> list[int]:
    """The nearest of the targets `told` before `later`, past those that are not told."""
    found: list[int] = []
    edge, seen = [later], {later}
    while edge:
        for row in before[edge.pop()]:
            if row.earlier_id not in seen:
                seen.add(row.earlier_id)
                (found if row.earlier_id in told else edge).append(row.earlier_id)
    return found


def families(links: Iterable[TargetLink]) -> dict[int, set[int]]:
    """For each target that a link names, all that hang together with it."""
    found: dict[int, set[int]] = {}
    for row in links:
        one = found.setdefault(row.later_id, {row.later_id})
        other = found.setdefault(row.earlier_id, {row.earlier_id})
        if one is not other:
            one |= other
            found |= dict.fromkeys(other, one)
    return found


def day_of(policy: Policy) -> date | None:
    """When a document came, or the end of that period; the date on it where no other is known."""
    return policy.announced_on or policy.document_on


def is_earlier(one: Target, other: Target) -> bool:
    """Whether `one` was set before `other`; by the order of recording where no dates tell."""
    before, after = day_of(one.policy), day_of(other.policy)
    if before and after and before != after:
        return before < after
    return one.pk < other.pk
