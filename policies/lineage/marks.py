"""In a few words for a list of targets: what became of each, and what it came from.

The marks agree with the lineage on a target's page: both are told by the same comparison.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

from policies.models import DroppedTarget, Policy, Target, TargetLink
from policies.vocabulary import TargetChange

from .kin import Way, families, links_from, ways_among
from .telling import changes_among, in_order

Neighbour = tuple[Target | None, TargetChange | None]
Side = dict[int, Neighbour]
NONE: Neighbour = (None, None)


@dataclass(frozen=True, slots=True)
class Marks:
    """The nearest target before one and after it with what changed, and who dropped it."""

    before: Target | None = None
    before_kind: TargetChange | None = None
    after: Target | None = None
    after_kind: TargetChange | None = None
    dropped_by: Policy | None = None


def mark(targets: Sequence[Any]) -> None:
    """Give each of the public `targets` its `marks`; none to those that stand alone.

    At most four questions, however many they are; nothing that is not public is told.
    """
    if not targets:
        return
    keys = [target.pk for target in targets]
    links = links_from(keys)
    ends = {end for row in links for end in (row.later_id, row.earlier_id)}
    before, after = _changes(_told(ends), links) if ends else ({}, {})
    drops = DroppedTarget.objects.published().filter(target__in=keys).select_related("policy")
    dropped = {drop.target_id: drop.policy for drop in drops.order_by("-pk")}
    for target in targets:
        earlier, later = before.get(target.pk, NONE), after.get(target.pk, NONE)
        drop = dropped.get(target.pk)
        if earlier[0] or later[0] or drop:
            target.marks = Marks(*earlier, *later, dropped_by=drop)


def _told(keys: Set[int]) -> dict[int, Target]:
    """The public ones among the targets with these keys."""
    public = Target.objects.published().select_related("policy").defer("policy__imported")
    return public.in_bulk(keys)


def _changes(told: dict[int, Target], links: Sequence[TargetLink]) -> tuple[Side, Side]:
    """For each target told its nearest neighbour on either side, with what changed there."""
    ways: dict[int, list[Way]] = defaultdict(list)
    for way in ways_among(told.keys(), links):
        ways[way.later].append(way)
    before: Side = {}
    after: Side = {}
    for family in {id(one): one for one in families(links).values()}.values():
        own = [way for key in family for way in ways.get(key, ())]
        ordered = in_order([told[key] for key in family if key in told], own)
        found = changes_among(ordered, own)
        places = {target.pk: at for at, target in enumerate(ordered)}
        for later in ordered:
            for change in sorted(found[later.pk], key=lambda one: places[one.earlier.pk]):
                before[later.pk] = change.earlier, change.kind
                after.setdefault(change.earlier.pk, (later, change.kind))
    return before, after
