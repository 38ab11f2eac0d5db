"""What is left to do on an import, in figures with links."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from policies.newsletter.document import CORPORATE_NEWS, POLICY_NEWS, TOP

from .doubts import LENGTH, LOST, RECORD, SINCE, TWICE, WORDS, Doubt
from .lines import SourceLine
from .outcomes import Outcome
from .stage import Stage


@dataclass(frozen=True, slots=True)
class Pile:
    """The open doubts of one kind; those that may stay can be settled at once."""

    kind: str
    words: str
    doubts: tuple[tuple[Doubt, int], ...]
    may_stay: bool

    @property
    def blocks(self) -> bool:
        """Whether they keep the issue from being stored."""
        return any(doubt.blocks for doubt, _ in self.doubts)

    @property
    def is_proposed(self) -> bool:
        """Whether several ask which record an item is, so that all can be answered at once."""
        return self.kind == RECORD and len(self.doubts) > 1


@dataclass(frozen=True, slots=True)
class Summary:
    """How many items there are, which doubts and lines are left, and what blocks."""

    counts: tuple[tuple[int, str], ...]
    items: int
    doubts: int
    piles: tuple[Pile, ...]
    leftovers: tuple[SourceLine, ...]
    furniture: int
    blocking: tuple[Doubt, ...]
    new: int
    changed: int
    same: int

    @property
    def may_store(self) -> bool:
        """Whether nothing keeps the issue from being stored."""
        return not self.blocking

    @property
    def in_the_way(self) -> list[Pile]:
        """What keeps the issue from being stored, equal reasons together."""
        return [pile for pile in self.piles if pile.blocks]

    @property
    def others(self) -> list[Pile]:
        """What may stay as it is."""
        return [pile for pile in self.piles if not pile.blocks]


# What an editor has to answer one by one.
ANSWERED = ("twin", "difference", "body", LENGTH, RECORD, LOST, TWICE, SINCE, "head")


def summarise(stage: Stage) -> Summary:
    """The state of an import."""
    open_by_kind: dict[str, list[tuple[Doubt, int]]] = defaultdict(list)
    for key, doubts in stage.doubts.items():
        for doubt in doubts:
            if not doubt.settled:
                open_by_kind[doubt.kind].append((doubt, stage.part_of(key)))
    piles = tuple(
        Pile(kind, words[len(open_by_kind[kind]) != 1], tuple(open_by_kind[kind]), _may_stay(kind))
        for kind, words in WORDS.items()
        if open_by_kind[kind]
    )
    settled = {name for name in stage.choices.settled if name.startswith("line:")}
    lines = [stage.source.line(row.line) for row in stage.read.leftovers if not row.furniture]
    shown_new = [row for row in stage.outcomes.values() if row.record is None and not row.likely]
    touched = [_touches(stage, shown) for shown in stage.outcomes.values() if shown.record]
    return Summary(
        counts=_counts(stage),
        items=len(stage.items),
        doubts=sum(len(pile.doubts) for pile in piles),
        piles=piles,
        leftovers=tuple(line for line in lines if f"line:{line.number}" not in settled),
        furniture=sum(row.furniture for row in stage.read.leftovers),
        blocking=tuple(d for doubts in stage.doubts.values() for d in doubts if d.blocks),
        new=len(shown_new),
        changed=touched.count(True),
        same=touched.count(False),
    )


def _touches(stage: Stage, shown: Outcome) -> bool:
    """Whether an item may change its record: by what the file has, or a proposal that is taken."""
    ticked = any(shown.choices.ticks.values())
    return bool(shown.changes) or (ticked and any(o.ticked for o in stage.offers(shown.key)))


def _may_stay(kind: str) -> bool:
    return kind not in ANSWERED


def _counts(stage: Stage) -> tuple[tuple[int, str], ...]:
    words = {
        TOP: ("top item", "top items"),
        POLICY_NEWS: ("policy note", "policy notes"),
        CORPORATE_NEWS: ("corporate note", "corporate notes"),
    }
    found = []
    for section, (one, several) in words.items():
        count = sum(item.section == section for item in stage.items)
        if count:
            found.append((count, one if count == 1 else several))
    return tuple(found)
