"""For each target those of other documents that seem to measure the same, answers remembered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from policies.models import DeclinedTargetLink, Policy, PolicyRelation, Target
from policies.search.index import current_index
from policies.search.terms import TITLE
from policies.vocabulary import RelationKind, State

from .kin import day_of, families, is_earlier, links_from
from .likeness import Likeness, Subject, likeness, read_subject

# At most so many are proposed for one target, and so many looked at.
MOST, LOOKED_AT = 5, 40
# The newest in review, which the index does not hold.
IN_REVIEW = 200
# A term that more targets hold tells nothing.
FREQUENT = 5000
SUCCEEDS = (RelationKind.REPLACES, RelationKind.NEW_VERSION)
Pairs = dict[int, set[int]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another target, which of the two came before, and why they may measure the same."""

    other: Target
    is_earlier: bool
    because: str


def proposed(target: Target) -> list[Proposal]:
    """The targets that `target` seems to continue or to be continued by, the likeliest first."""
    return Proposals([target]).of(target)


def successors(target: Target) -> list[Policy]:
    """Documents that follow the target's and have no target linked to it, nor dropped it yet."""
    family = families(links_from([target.pk])).get(target.pk, set())
    relations = PolicyRelation.objects.filter(other=target.policy_id, kind__in=SUCCEEDS)
    followed = Policy.objects.filter(pk__in=relations.values("policy"))
    carrying = Target.objects.filter(pk__in=family).values("policy")
    dropping = target.drops.values("policy")
    rest = followed.exclude(state=State.WITHDRAWN).exclude(pk__in=carrying)
    return list(rest.exclude(pk__in=dropping).order_by("announced_on", "pk")[:MOST])


class Proposals:
    """Proposals for several targets: what they share is read once."""

    def __init__(self, targets: Sequence[Target]) -> None:
        keys = [target.pk for target in targets]
        self._own = {s.target.pk: s for s in _read(Target.objects.filter(pk__in=keys))}
        self._others = self._read_others()
        links = links_from([*keys, *self._others])
        self._families = families(links)
        self._declined = _declined(keys)
        self._related = _related({s.target.policy_id for s in self._own.values()})

    def of(self, target: Target) -> list[Proposal]:
        """The proposals for one of the targets."""
        own = self._own[target.pk]
        passed_over = self._declined[target.pk] | self._family(target.pk)
        related = self._related[target.policy_id]
        found: list[tuple[Likeness, Target]] = []
        for key, other in self._others.items():
            if key in passed_over or other.target.policy_id == target.policy_id:
                continue
            how = likeness(own, other, is_related=other.target.policy_id in related)
            if how:
                found.append((how, other.target))
        found = self._nearest(own.target, found)
        found.sort(key=lambda one: (-one[0].strength, -one[1].pk))
        return [
            Proposal(other, is_earlier(other, own.target), how.because)
            for how, other in found[:MOST]
        ]

    def _family(self, key: int) -> set[int]:
        return self._families.get(key, {key})

    def _nearest(
        self, target: Target, found: list[tuple[Likeness, Target]]
    ) -> list[tuple[Likeness, Target]]:
        """Of those that hang together already, the one that is nearest in time."""
        nearest: dict[int, tuple[Likeness, Target]] = {}
        for how, other in found:
            head = min(self._family(other.pk))
            kept = nearest.get(head)
            if kept is None or _apart(target, other) < _apart(target, kept[1]):
                nearest[head] = (how, other)
        return list(nearest.values())

    def _read_others(self) -> dict[int, Subject]:
        """The candidates of all the targets, and the newest in review."""
        held = current_index().kind("target")
        held.fetch({term for subject in self._own.values() for term in subject.terms})
        keys = {key for subject in self._own.values() for key in _candidates(held, subject)}
        rows = Target.objects.exclude(policy__state=State.WITHDRAWN)
        waiting = rows.filter(policy__state=State.IN_REVIEW).order_by("-pk")
        keys |= set(waiting.values_list("pk", flat=True)[:IN_REVIEW])
        return {subject.target.pk: subject for subject in _read(rows.filter(pk__in=keys))}


def _candidates(held, subject: Subject) -> list[int]:
    """The public targets that share most of the rarer words, most first."""
    shared: dict[int, float] = defaultdict(float)
    for term in subject.terms:
        having = held.leaf(term).get(TITLE)
        if having and len(having) <= FREQUENT:
            for key in having:
                shared[key] += 1 / (1 + len(having))
    shared.pop(subject.target.pk, None)
    return sorted(shared, key=lambda key: (-shared[key], -key))[:LOOKED_AT]


def _read(rows) -> Iterable[Subject]:
    full = rows.select_related("policy").defer("policy__imported")
    full = full.prefetch_related("policy__issuers__body", "policy__sectors")
    return [read_subject(target) for target in full]


def _declined(keys: list[int]) -> Pairs:
    rows = DeclinedTargetLink.objects.filter(Q(target__in=keys) | Q(other__in=keys))
    return _both_ways(rows.values_list("target_id", "other_id"))


def _related(policies: set[int]) -> Pairs:
    rows = PolicyRelation.objects.filter(Q(policy__in=policies) | Q(other__in=policies))
    return _both_ways(rows.values_list("policy_id", "other_id"))


def _both_ways(pairs: Iterable[tuple[int, int]]) -> Pairs:
    found: Pairs = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def _apart(one: Target, other: Target) -> int:
    """How many days lie between two documents; many where a date is unknown."""
    here, there = day_of(one.policy), day_of(other.policy)
    return abs((here - there).days) if here and there else 10**6
