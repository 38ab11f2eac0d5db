"""Which targets hang together by links, read in as many questions as the longest way has steps."""

from __future__ import annotations

from collections.abc import Iterable
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
