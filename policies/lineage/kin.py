"""Which targets hang together by links, however long the way from one to the other is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from policies.models import Policy, Target, TargetLink

# To so many targets links are followed.
MOST = 1000


def links_from(keys: Collection[int]) -> list[TargetLink]:
    """The links between the targets called `keys` and all that hang together with them.

    Two questions, however long the way is; of more than `MOST` other targets the nearest.
    """
    near = _near(keys) if keys else []
    rows = TargetLink.objects.filter(later__in=near, earlier__in=near)
    return list(rows.order_by("pk"))


def _near(keys: Collection[int]) -> list[int]:
    table, targets = TargetLink._meta.db_table, Target._meta.db_table
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE near(id) AS (SELECT id FROM {targets} WHERE id IN ({marks}) UNION"  # noqa: S608
            " SELECT CASE WHEN l.later_id = near.id THEN l.earlier_id ELSE l.later_id END"
            f" FROM near JOIN {table} l ON l.later_id = near.id OR l.earlier_id = near.id)"
            " SELECT id FROM near LIMIT %s",
            [*keys, len(keys) + MOST],
        )
        return [row[0] for row in cursor.fetchall()]


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
