"""Which of a policy's points the bullets of a newer file go on; the rest of them would go.

A point keeps its address, its status with evidence and its links with its words,
wherever a corrected file has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz

from policies.models import Policy, Provision, Target
from policies.vocabulary import TargetStatus

from .printed import dated, plain

Row = dict[str, Any]
Point = Target | Provision
# Of a hundred: texts less alike than that are two bullets.
LEAST_LIKENESS = 60


def continued(rows: Sequence[Row], present: Sequence[Point]) -> list[Point | None]:
    """The point among `present` that each of `rows` goes on, by words and figure, or None."""
    found: list[Point | None] = [None] * len(rows)
    free = list(present)
    for is_same in (_same, _same_words):
        for number, row in enumerate(rows):
            if found[number] is None:
                _settle(found, number, next((p for p in free if is_same(row, p)), None), free)
    waiting = [number for number, point in enumerate(found) if point is None]
    alike = sorted(
        (
            (-fuzz.ratio(rows[number]["text"], point.text), number, place)
            for number in waiting
            for place, point in enumerate(free)
        ),
    )
    left = list(free)
    for likeness, number, place in alike:
        if -likeness < LEAST_LIKENESS:
            break
        if found[number] is None and left[place] in free:
            _settle(found, number, left[place], free)
    return found


def removed(policy: Policy, rows: Sequence[Row]) -> list[Target]:
    """The targets that `rows` would take away and that are public or that somebody worked on."""
    present = list(policy.targets.all())
    going_on = continued([row for row in rows if row["target"]], present)
    gone = [target for target in present if target not in going_on]
    return [target for target in gone if policy.is_public or _was_worked_on(target)]


def _settle(found: list[Point | None], number: int, point: Point | None, free: list[Point]) -> None:
    found[number] = point
    if point is not None:
        free.remove(point)


def _same_words(row: Row, point: Point) -> bool:
    return row["text"] == point.text


def _same(row: Row, point: Point) -> bool:
    if not _same_words(row, point) or isinstance(point, Provision):
        return _same_words(row, point)
    figure = (point.comparator, plain(point.value), point.unit, dated(point.due))
    return figure == (row["comparator"], row["value"], row["unit"], row["due"])


def _was_worked_on(target: Target) -> bool:
    said = target.metric or target.evidence_url or target.status_note or target.baseline_value
    return bool(said) or target.status != TargetStatus.OPEN or _is_linked(target)


def _is_linked(target: Target) -> bool:
    return target.earlier_links.exists() or target.later_links.exists()
