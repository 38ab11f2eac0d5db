"""How a target differs from an earlier one: told by the two figures, never kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from policies.models import Target
from policies.vocabulary import Comparator, TargetChange

# Figures that say by how much a thing changes, and which way, as far as they tell; the
# others say what level it reaches.
UP, DOWN, EITHER = "up", "down", "either"
WAYS = {
    Comparator.RISE_BY_AT_LEAST: UP,
    Comparator.RISE_BY_AT_MOST: UP,
    Comparator.FALL_BY_AT_LEAST: DOWN,
    Comparator.FALL_BY_AT_MOST: DOWN,
    Comparator.BY_AT_LEAST: EITHER,
    Comparator.BY_AT_MOST: EITHER,
    Comparator.BY: EITHER,
}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of `earlier` in a later document; `shift` says where its date moved."""

    kind: TargetChange
    earlier: Target
    shift: Literal["", "later", "sooner"]
    note: str = ""


def change(earlier: Target, later: Target, note: str = "") -> Change:
    """How `later` differs from `earlier`."""
    return Change(_kind(earlier, later), earlier, _shift(earlier, later), note)


def are_comparable(targets: Iterable[Target]) -> bool:
    """Whether figures are of one unit, and all levels, or all changes with none the other way."""
    units, ways = set(), set()
    for target in targets:
        units.add(unit_key(target.unit))
        ways.add(_way(target))
    return len(units) < 2 and (ways <= {""} or ("" not in ways and not {UP, DOWN} <= ways))


def unit_key(unit: str) -> str:
    """A unit as it is compared, whatever its case."""
    return " ".join(unit.casefold().split())


def _kind(earlier: Target, later: Target) -> TargetChange:
    if earlier.value is None or later.value is None:
        is_same = earlier.value is later.value
        return TargetChange.REPEATED if is_same else TargetChange.CHANGED
    if not are_comparable((earlier, later)):
        return TargetChange.CHANGED
    if _way(later) and earlier.baseline_year != later.baseline_year:
        # By 20 percent from another year on is another thing.
        return TargetChange.CHANGED
    if later.value != earlier.value:
        is_more = later.value > earlier.value
        return TargetChange.RAISED if is_more else TargetChange.LOWERED
    is_same = earlier.comparator == later.comparator
    return TargetChange.REPEATED if is_same else TargetChange.CHANGED


def _way(target: Target) -> str:
    return WAYS.get(Comparator(target.comparator), "") if target.comparator else ""


def _shift(earlier: Target, later: Target) -> Literal["", "later", "sooner"]:
    before, after = earlier.due, later.due
    if before is None or after is None:
        return ""
    if before.start <= after.value and after.start <= before.value:
        return ""
    return "later" if after.value > before.value else "sooner"
