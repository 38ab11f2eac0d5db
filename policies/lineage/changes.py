"""How a target differs from an earlier one: told by the two figures, never kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policies.models import Target
from policies.vocabulary import Comparator, TargetChange

# Figures that say by how much a thing changes; the others say what level it reaches.
BY = frozenset({Comparator.BY, Comparator.BY_AT_LEAST})


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


def measure(target: Target) -> tuple[str, bool]:
    """What two figures must share to be compared: the unit, and whether they say “by”."""
    return unit_key(target.unit), target.comparator in BY


def unit_key(unit: str) -> str:
    """A unit as it is compared, whatever its case."""
    return " ".join(unit.casefold().split())


def _kind(earlier: Target, later: Target) -> TargetChange:
    if earlier.value is None or later.value is None:
        is_same = earlier.value is later.value
        return TargetChange.REPEATED if is_same else TargetChange.CHANGED
    if measure(earlier) != measure(later):
        return TargetChange.CHANGED
    if measure(later)[1] and earlier.baseline_year != later.baseline_year:
        # By 20 percent from another year on is another thing.
        return TargetChange.CHANGED
    if later.value != earlier.value:
        is_more = later.value > earlier.value
        return TargetChange.RAISED if is_more else TargetChange.LOWERED
    is_same = earlier.comparator == later.comparator
    return TargetChange.REPEATED if is_same else TargetChange.CHANGED


def _shift(earlier: Target, later: Target) -> Literal["", "later", "sooner"]:
    before, after = earlier.due, later.due
    if before is None or after is None:
        return ""
    if before.start <= after.value and after.start <= before.value:
        return ""
    return "later" if after.value > before.value else "sooner"
