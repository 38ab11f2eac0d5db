"""The lineage of a target as readers see it: what is not public is not in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush

from policies.models import DroppedTarget, Policy, Target, TargetLink
from policies.newsletter.dates import PreciseDate

from .changes import Change, change
from .kin import day_of, links_from

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
    public = TargetLink.objects.published().select_related("later__policy", "earlier__policy")
    links = links_from([target.pk], public)
    targets = {target.pk: target}
    for row in links:
        targets |= {end.pk: end for end in (row.later, row.earlier) if end.pk != target.pk}
    drops = DroppedTarget.objects.published().filter(target__in=list(targets))
    ends = list(drops.select_related("policy").order_by("pk"))
    if not links and not ends:
        return []
    changes: dict[int, list[Change]] = defaultdict(list)
    for row in links:
        earlier, later = targets[row.earlier_id], targets[row.later_id]
        changes[later.pk].append(change(earlier, later, row.note))
    entries = [
        Entry(one.policy, one, changes[one.pk], is_this=one.pk == target.pk)
        for one in in_order(targets.values(), links)
    ]
    entries += [Entry(end.policy, None, [], targets[end.target_id], end.note) for end in ends]
    return _by_day(entries)


def in_order(targets: Iterable[Target], links: Iterable[TargetLink]) -> list[Target]:
    """Targets by the date of their documents, none before one that it is linked to as the later."""
    rest = {target.pk: target for target in targets}
    before: dict[int, set[int]] = {key: set() for key in rest}
    for row in links:
        before[row.later_id].add(row.earlier_id)
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
