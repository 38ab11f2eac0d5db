"""Policies side by side: what they share, what only one has, which targets measure the same.

Nothing is said to be shared or to differ where it is not known of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from policies.lineage.kin import families, links_from
from policies.lineage.likeness import Subject, likeness, read_subject
from policies.models import Policy, Target

FEWEST, MOST = 2, 4
# Further targets stand where they are; nobody compares so many by eye.
MOST_ALIGNED = 240
Verdict = Literal["same", "differs", "partly", "unknown"]


@dataclass(frozen=True, slots=True)
class Item:
    """One of several things that a policy has, and how many of the policies have it."""

    value: Any
    number: int
    of: int

    @property
    def is_shared(self) -> bool:
        """Whether all of the policies have it."""
        return self.number == self.of

    @property
    def is_alone(self) -> bool:
        """Whether no other of the policies has it."""
        return self.number == 1


@dataclass(frozen=True, slots=True)
class Several:
    """What policies have several of, a list for each policy, and what they are all in all."""

    verdict: Verdict
    cells: list[list[Item]]


@dataclass(frozen=True, slots=True)
class Single:
    """What policies have one of, a value for each policy."""

    verdict: Verdict
    cells: list[Any]


def single(values: Iterable[Any]) -> Single:
    """Values side by side; None and "" are not known."""
    cells = list(values)
    return Single(_verdict([value or None for value in cells]), cells)


def several(
    lists: Iterable[Iterable[Any]], key: Callable[[Any], Hashable] = lambda v: v
) -> Several:
    """Lists side by side; things with the same `key` are the same. An empty list is not known."""
    rows = [list(values) for values in lists]
    number = Counter(one for values in rows for one in {key(value) for value in values})
    cells = [[Item(value, number[key(value)], len(rows)) for value in values] for values in rows]
    sets = [frozenset(key(value) for value in values) or None for values in rows]
    return Several(_verdict(sets), cells)


def _verdict(values: list[Any]) -> Verdict:
    known = {value for value in values if value is not None}
    if not known:
        return "unknown"
    if len(known) > 1:
        return "differs"
    return "partly" if None in values else "same"


@dataclass(frozen=True, slots=True)
class Aligned:
    """Targets of two policies or more that measure the same, a list for each policy."""

    cells: list[list[Target]]
    verdict: Verdict

    @property
    def name(self) -> str:
        """What is measured, in the words of the first of them."""
        first = next(target for cell in self.cells for target in cell)
        return first.metric or first.text


def aligned(policies: list[Policy]) -> tuple[list[Aligned], list[list[Target]]]:
    """Targets that measure the same in two policies or more, and the rest of each policy.

    Those that editors linked measure the same, and those with like words in the same unit.
    The policies have their targets, issuers and sectors read.
    """
    rows: list[list[Subject]] = []
    for subject in _subjects(policies)[:MOST_ALIGNED]:
        best = max(rows, key=lambda row: _nearness(row, subject), default=None)
        if best is not None and _nearness(best, subject):
            best.append(subject)
        else:
            rows.append([subject])
    found = [row for row in _linked(rows) if len({one.target.policy_id for one in row}) > 1]
    taken = {one.target.pk for row in found for one in row}
    told = [_side_by_side(row, policies) for row in found]
    rest = [[t for t in _in_order(policy) if t.pk not in taken] for policy in policies]
    return told, rest


def _subjects(policies: list[Policy]) -> list[Subject]:
    return [read_subject(target) for policy in policies for target in _in_order(policy)]


def _in_order(policy: Policy) -> list[Target]:
    """The targets of a policy by the order of print, whatever the database sorts first."""
    return sorted(policy.targets.all(), key=lambda target: (target.position, target.pk))


def _nearness(row: list[Subject], subject: Subject) -> float:
    """How near a target is to those of a row; nought where it measures something else."""
    found = [
        100.0 if one.words == subject.words and one.unit == subject.unit else _alike(one, subject)
        for one in row
    ]
    return max(found)


def _alike(one: Subject, other: Subject) -> float:
    # Within a policy, what is only alike is told apart on purpose.
    if one.target.policy_id == other.target.policy_id:
        return 0.0
    found = likeness(one, other, is_related=False)
    return found.strength if found else 0.0


def _linked(rows: list[list[Subject]]) -> list[list[Subject]]:
    """The rows, those made one of which targets hang together by links of editors.

    They may do so by way of a third document, as they do on the pages of targets.
    """
    family = families(links_from([one.target.pk for row in rows for one in row]))
    found: list[list[Subject]] = []
    for row in rows:
        kin = {key for one in row for key in family.get(one.target.pk, ())}
        near = [other for other in found if any(one.target.pk in kin for one in other)]
        if not near:
            found.append([*row])
            continue
        first, *more = near
        for other in more:
            first += other
            other.clear()
        first += row
    return [row for row in found if row]


def _side_by_side(row: list[Subject], policies: list[Policy]) -> Aligned:
    targets = [one.target for one in row]
    cells = [[t for t in targets if t.policy_id == policy.pk] for policy in policies]
    return Aligned(cells, _verdict([_said(cell) or None for cell in cells]))


def _said(targets: list[Target]) -> frozenset[Hashable]:
    """What targets say, by which they are the same or differ."""
    return frozenset(
        (t.comparator, t.value, t.due_on, t.due_precision, t.baseline_year)
        if t.value is not None
        else (t.text, t.due_on, t.due_precision)
        for t in targets
    )
