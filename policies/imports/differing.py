"""The fields in which the record and the file of an item differ, with the words that differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from policies.intake.merge import Change
from policies.versions.apart import Pieces, told_apart

from .choices import LEAVE, TAKE
from .doubts import Doubt
from .fields import LABELS, in_words
from .outcomes import Outcome, left_alone


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A field in which the file and the record disagree, and which of them is taken.

    `old` and `new` are in pieces, each with whether the other lacks it. `standard` is
    what happens without a decision, or nothing where one is asked for.
    """

    field: str
    label: str
    old: Pieces
    new: Pieces
    by_hand: bool
    # Whether taking it would take targets away that somebody may miss.
    removes: bool
    # Whether the file only lacks it: it stays, unless an editor takes the loss.
    loses: bool
    taken: bool | None
    standard: str
    doubt: Doubt | None


def difference(change: Change, outcome: Outcome, doubts: Mapping[str, Doubt]) -> DifferenceRow:
    """The row of one change; `doubts` are those of the item, by id."""
    words = (in_words(change.field, value) for value in (change.stands, change.comes))
    old, new = _apart(*("\n".join(lines) for lines in words))
    undecided = change in outcome.undecided
    return DifferenceRow(
        field=change.field,
        label=LABELS[change.field],
        old=old,
        new=new,
        by_hand=change.kept and outcome.own is not None and not (change.removes or change.loses),
        removes=bool(change.removes),
        loses=left_alone(change),
        taken=None if undecided else outcome.takes(change),
        standard=_standard(change, outcome),
        doubt=doubts.get(f"difference:{change.field}"),
    )


def _standard(change: Change, outcome: Outcome) -> str:
    if not change.kept:
        return TAKE
    return LEAVE if outcome.own is None or left_alone(change) else ""


@lru_cache(maxsize=1000)
def _apart(old: str, new: str) -> tuple[Pieces, Pieces]:
    """Both in pieces, told apart once for all presses; an empty one has none."""
    return told_apart(old, new) if old and new else (_whole(old), _whole(new))


def _whole(text: str) -> Pieces:
    return [(text, False)] if text else []
