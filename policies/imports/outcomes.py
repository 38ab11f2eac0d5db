"""What an item would become: the values read, those that stand, and what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from policies.intake.decisions import ItemDecisions
from policies.intake.merge import Change, compare, standing
from policies.intake.pairing import Record, item_key
from policies.intake.printed import printed_event, printed_policy
from policies.models import Policy
from policies.newsletter import Item
from policies.newsletter.document import CORPORATE_NEWS
from policies.newsletter.links import addressed

from .choices import LEAVE, TAKE, ItemChoices, digest


@dataclass(frozen=True, slots=True)
class Outcome:
    """One item with the record that it would change, if any.

    `own` is the record that an earlier version became, `into` one of another issue; `likely`
    is the one that it may have become, as long as no editor said.
    `stands` is what the record has today. `base` are the values without those that an
    editor typed, `values` with them.
    """

    item: Item
    own: Record | None
    into: Policy | None
    likely: Record | None
    choices: ItemChoices
    changes: tuple[Change, ...]
    stands: dict[str, Any]
    base: dict[str, Any]
    values: dict[str, Any]

    @property
    def key(self) -> str:
        """What the item is called in decisions and on pages."""
        return item_key(self.item)

    @property
    def is_event(self) -> bool:
        """Whether it becomes a corporate event."""
        return self.item.section == CORPORATE_NEWS

    @property
    def record(self) -> Record | None:
        """The record that it changes."""
        return self.own or self.into

    @property
    def undecided(self) -> list[Change]:
        """Differences to what an editor wrote by hand that nobody decided yet."""
        if self.own is None:
            return []
        return [
            change
            for change in self.changes
            if change.kept and not left_alone(change)
            if change.field not in self.choices.differences
        ]

    def changed_since(self) -> Iterator[tuple[str, Any]]:
        """Fields that the record has otherwise since it was decided what to write there."""
        for field, stood in self.choices.stood.items():
            if self.record is not None and digest(self.stands.get(field)) != stood:
                yield field, self.stands.get(field)

    def takes(self, change: Change) -> bool:
        """Whether what comes is written."""
        return takes(change, self.choices)

    def is_fresh(self, field: str) -> bool:
        """Whether the field's value comes from the file."""
        if self.record is None:
            return True
        return any(change.field == field and self.takes(change) for change in self.changes)

    def decisions(self, extra: dict[str, Any]) -> ItemDecisions:
        """The decisions as intake takes them; `extra` are further values for the record."""
        choices = self.choices
        typed = dict(choices.values)
        for name in ("points", "sources"):
            if self.is_fresh(name) and self.values.get(name) != self.base.get(name):
                typed[name] = self.values[name]
        decided = choices.differences.items()
        return ItemDecisions(
            typed=typed | extra,
            take=frozenset(name for name, what in decided if what == TAKE),
            leave=frozenset(name for name, what in decided if what == LEAVE),
            into=self.into,
        )


def left_alone(change: Change) -> bool:
    """Whether a change stays undone unasked: the file only lacks what the record has."""
    return change.loses and not change.removes


def takes(change: Change, choices: ItemChoices) -> bool:
    """Whether what a change brings is written: as decided, else unless it is kept."""
    decision = choices.differences.get(change.field)
    return decision == TAKE or (decision is None and not change.kept)


def outcome(
    item: Item,
    choices: ItemChoices,
    own: Record | None,
    into: Policy | None,
    likely: Record | None = None,
) -> Outcome:
    """What `item` would become; `own` goes before `into`."""
    comes = printed_event(item) if item.section == CORPORATE_NEWS else printed_policy(item)
    into = into if own is None else None
    record = own or into
    changes: tuple[Change, ...] = ()
    base, stands = comes, dict[str, Any]()
    if record is not None:
        stands = standing(record)
        changes = tuple(compare(record, stands, comes, elsewhere=into is not None))
        base = stands | {c.field: c.comes for c in changes if takes(c, choices)}
    values = base | choices.values
    values["points"] = _with_addresses(_with_figures(base.get("points", []), choices), choices)
    values["sources"] = _with_links(base["sources"], choices)
    return Outcome(item, own, into, likely, choices, changes, stands, base, values)


def _with_figures(rows: list[dict[str, Any]], choices: ItemChoices) -> list[dict[str, Any]]:
    if not choices.figures:
        return rows
    return [row | choices.figures.get(str(number), {}) for number, row in enumerate(rows)]


def link_in(position: int, number: int) -> str:
    """What the link without an address is called that is the `number`th of a bullet, from 0."""
    return f"{position}:{number}"


def _with_addresses(rows: list[dict[str, Any]], choices: ItemChoices) -> list[dict[str, Any]]:
    """The rows with the addresses typed for the links of their bullets."""
    typed: dict[int, dict[int, str]] = defaultdict(dict)
    for name, url in choices.links.items():
        position, colon, number = name.partition(":")
        if colon:
            typed[int(position)][int(number)] = url
    return [
        row | {"text": addressed(row["text"], typed[row["position"]])}
        if row["position"] in typed
        else row
        for row in rows
    ]


def _with_links(rows: list[list[str]], choices: ItemChoices) -> list[list[str]]:
    if not choices.links:
        return rows
    return [
        [label, url or choices.links.get(str(number), "")]
        for number, (label, url) in enumerate(rows)
    ]
