"""How a policy stands in a chain: plan, action plan, notice, pilot list, and what is promised.

A tree is made of the relations between public policies, and of promises that one of them
keeps: each policy stands below the latest of those that it follows from. What was issued
and is not public any more is a promise of which no more is said. What is read is
bounded, whatever is related to what.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from policies.models import Policy, PolicyRelation, PromisedDocument
from policies.newsletter.dates import PreciseDate

# So many steps from the policy are followed, to so many policies.
STEPS, MOST = 5, 30
# So many ways to others are followed, and so many relations and promises read.
READ = 300
UNREAD = ("imported", "comment", "note")


@dataclass(slots=True)
class Link:
    """A policy in the chain, with what stands below it.

    `how` says how it stands to the one `above`; `also` to which others of the chain it leads.
    """

    policy: Policy
    is_here: bool
    how: str = ""
    above: Policy | None = None
    also: list[tuple[str, Policy]] = field(default_factory=list)
    promises: list[PromisedDocument] = field(default_factory=list)
    below: list[Link] = field(default_factory=list)

    @property
    def known(self) -> PreciseDate | None:
        """The date that places it."""
        return since(self.policy)


@dataclass(frozen=True, slots=True)
class Kin:
    """The relations of a policy to others, by which of the two says so."""

    relations: list[PolicyRelation]
    related_from: list[PolicyRelation]
    # Promises that the policy keeps, each by a public policy.
    kept: list[PromisedDocument]
    roots: list[Link]
    number: int
    is_cut: bool

    @property
    def is_chain(self) -> bool:
        """Whether there is more to show than the policy itself."""
        return self.number > 1 or any(link.promises for link in self.roots)


def since(policy: Policy) -> PreciseDate | None:
    """When a policy became known, or else what is on the document."""
    return policy.announced or policy.document


def kin_of(policy: Policy) -> Kin:
    """The relations of a public policy, and the chains in which it stands; three questions."""
    rows = list(_relations(policy.pk, _near(policy.pk))[:READ])
    found, is_cut = _reached(policy, rows)
    edges = [(row.policy, row.get_kind_display(), row.other) for row in rows]
    promises = _promises(found)
    for promise in promises:
        keeps = promise.fulfilled_by
        ends = (promise.policy, keeps) if keeps and keeps.is_public else ()
        if ends and len(found.keys() | {end.pk for end in ends}) <= MOST:
            found |= {end.pk: found.get(end.pk, end) for end in ends}
            edges.append((keeps, _("was promised by"), promise.policy))
    # Of two promises that one document keeps it is said once by whom.
    edges = list(dict.fromkeys(edges))
    seen = [(a, how, b) for a, how, b in edges if a.pk in found and b.pk in found]
    return Kin(
        relations=[row for row in rows if row.policy_id == policy.pk],
        related_from=[row for row in rows if row.other_id == policy.pk],
        kept=[one for one in promises if one.fulfilled_by_id == policy.pk],
        roots=_tree(policy, found, seen, promises),
        number=len(found),
        is_cut=is_cut or len(found) == MOST or len(rows) == READ,
    )


def _near(key: int) -> list[int]:
    """Some policies that relations lead to, public or not, the nearest first, a step too far."""
    table = PolicyRelation._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE near(id, step) AS (SELECT CAST(%s AS bigint), 0 UNION"  # noqa: S608
            " SELECT CASE WHEN r.policy_id = near.id THEN r.other_id ELSE r.policy_id END, step + 1"
            f" FROM near JOIN {table} r ON r.policy_id = near.id OR r.other_id = near.id"
            " WHERE step < %s) SELECT id FROM near LIMIT %s",
            [key, STEPS + 1, READ],
        )
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))


def _relations(key: int, near: list[int]) -> Any:
    """The public relations of a policy, and those among the policies that are near."""
    own = Q(policy=key) | Q(other=key)
    rows = PolicyRelation.objects.published().filter(own | Q(policy__in=near, other__in=near))
    long = [f"{end}__{name}" for end in ("policy", "other") for name in UNREAD]
    rows = rows.select_related("policy", "other").defer(*long)
    return rows.order_by(Case(When(own, then=0), default=1), "pk")


def _reached(policy: Policy, rows: list[PolicyRelation]) -> tuple[dict[int, Policy], bool]:
    """The policies within reach over public relations, the nearest first; whether more follow."""
    beside: dict[int, dict[int, Policy]] = defaultdict(dict)
    for row in rows:
        beside[row.policy_id][row.other_id] = row.other
        beside[row.other_id][row.policy_id] = row.policy
    found, step = {policy.pk: policy}, [policy.pk]
    for _nth in range(STEPS):
        new = {key: one for here in step for key, one in beside[here].items() if key not in found}
        step = list(new)[: MOST - len(found)]
        found |= {key: new[key] for key in step}
    return found, any(key not in found for here in step for key in beside[here])


def _promises(found: Iterable[int]) -> list[PromisedDocument]:
    """What public policies among `found` promise, and promises that they keep."""
    rows = PromisedDocument.objects.published().select_related("policy", "fulfilled_by")
    long = [f"{end}__{name}" for end in ("policy", "fulfilled_by") for name in UNREAD]
    near = rows.filter(Q(policy__in=found) | Q(fulfilled_by__in=found))
    return list(near.defer(*long)[:READ])


def _tree(
    policy: Policy,
    found: dict[int, Policy],
    edges: list[tuple[Policy, str, Policy]],
    promises: list[PromisedDocument],
) -> list[Link]:
    """The policies below each other; of a circle, the earliest is the root."""
    links = {key: Link(one, one.pk == policy.pk) for key, one in found.items()}
    above: dict[int, list[tuple[str, Policy]]] = defaultdict(list)
    for lower, how, upper in edges:
        above[lower.pk].append((how, upper))
    parents: dict[int, int] = {}
    for key in sorted(links, key=lambda key: _place(links[key]), reverse=True):
        ways = sorted(above[key], key=lambda way: _place(links[way[1].pk]), reverse=True)
        way = next((w for w in ways if not _leads_to(parents, w[1].pk, key)), None)
        if way is not None:
            links[key].how, links[key].above = way
            parents[key] = way[1].pk
        links[key].also = [one for one in ways if one is not way]
    for promise in promises:
        is_kept = promise.fulfilled_by is not None and promise.fulfilled_by.is_public
        if promise.policy_id in links and not is_kept:
            links[promise.policy_id].promises.append(promise)
    for key in sorted(parents, key=lambda key: _place(links[key])):
        links[parents[key]].below.append(links[key])
    return sorted((links[key] for key in links if key not in parents), key=_place)


def _leads_to(parents: dict[int, int], key: int, goal: int) -> bool:
    """Whether `goal` is `key` itself or stands above it."""
    while key != goal and key in parents:
        key = parents[key]
    return key == goal


def _place(link: Link) -> tuple[date, int]:
    known = since(link.policy)
    return (known.value if known else date.max, link.policy.pk)
