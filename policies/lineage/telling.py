"""The lineage of a target as readers see it.

It holds together past what is not public: of that nothing is told, and the public targets
on both sides of it are compared with each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush
from itertools import pairwise

from policies.models import DroppedTarget, Policy, Target
from policies.newsletter.dates import PreciseDate

from .changes import Change, change
from .kin import Way, day_of, links_from, ways_among

Place = tuple[date, date, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with the target that it sets, or drops where `dropped` names it."""

    policy: Policy
    target: Target | None
    changes: list[Change] = field(default_factory=list)
    dropped: Target | None = None
    note: str = ""
    is_this: bool = False

    @property
    def day(self) -> PreciseDate | None:
        """When the document came, as exactly as it is known."""
        return self.policy.announced or self.policy.document


def lineage(target: Target) -> list[Entry]:
    """The documents that set the same metric as `target`, the earliest first; none if it is alone.

    `target` is public.
    """
    links = links_from([target.pk])
    ends = {end for row in links for end in (row.later_id, row.earlier_id)} - {target.pk}
    public = Target.objects.published().select_related("policy")
    targets = {target.pk: target} | (public.in_bulk(ends) if ends else {})
    dropped = DroppedTarget.objects.published().filter(target__in=list(targets))
    drops = list(dropped.select_related("policy").order_by("pk"))
    if len(targets) == 1 and not drops:
        return []
    ways = ways_among(targets.keys(), links)
    ordered = in_order(targets.values(), ways)
    changes = changes_among(ordered, ways)
    entries = [
        Entry(one.policy, one, changes[one.pk], is_this=one.pk == target.pk) for one in ordered
    ]
    entries += [Entry(end.policy, None, [], targets[end.target_id], end.note) for end in drops]
    return _by_day(entries)


def changes_among(ordered: list[Target], ways: Iterable[Way]) -> dict[int, list[Change]]:
    """How each target differs from those that it comes from, by the keys of targets.

    One of which nothing is told that it comes from is compared with the one placed before it.
    """
    targets = {target.pk: target for target in ordered}
    placed_before = {later: earlier for earlier, later in pairwise(targets)}
    found: dict[int, list[Change]] = defaultdict(list)
    for way in ways:
        earlier = placed_before.get(way.later) if way.earlier is None else way.earlier
        if earlier is not None:
            found[way.later].append(change(targets[earlier], targets[way.later], way.note))
    return found


def in_order(targets: Iterable[Target], ways: Iterable[Way]) -> list[Target]:
    """Targets by the date of their documents, none before one that it comes from."""
    rest = {target.pk: target for target in targets}
    before: dict[int, set[int]] = {key: set() for key in rest}
    for way in ways:
        if way.earlier is not None:
            before[way.later].add(way.earlier)
    waiting: list[tuple[Place, int]] = []
    for key, target in rest.items():
        heappush(waiting, (_place(target), key))
    placed: list[Target] = []
    held: list[tuple[Place, int]] = []
    while waiting:
        place, key = heappop(waiting)
        if before[key] & rest.keys() and waiting:
            held.append((place, key))
            continue
        placed.append(rest.pop(key))
        for later in held:
            heappush(waiting, later)
        held.clear()
    return placed


def _place(target: Target) -> Place:
    return day_of(target.policy) or date.max, target.due_on or date.max, target.pk


def _by_day(entries: list[Entry]) -> list[Entry]:
    """Documents that drop a target among those that set one, after all of the same day."""
    placed = [entry for entry in entries if entry.target]
    for end in (entry for entry in entries if entry.dropped):
        day = day_of(end.policy) or date.max
        at = max(
            (
                n
                for n, one in enumerate(placed, 1)
                if (day_of(one.policy) or date.max) <= day or one.target is end.dropped
            ),
            default=0,
        )
        placed.insert(at, end)
    return placed
