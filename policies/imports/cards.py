"""What the screen shows of one item: its fields, its doubts, its record, its proposals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from policies.intake.pairing import Record
from policies.models import Policy

from .bodies import Likely, Naming
from .choices import short
from .differing import DifferenceRow, difference
from .doubts import BODY, QUANTITY, RECORD, TWIN, Doubt
from .fields import (
    Kind,
    amount_in_words,
    figure_in_words,
    kinds_of,
    label_of,
    written,
    written_date,
)
from .outcomes import Outcome
from .proposing import Offer
from .whose import Whose, whose


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was typed into a field and cannot be taken, and why.

    `sent` is all that was typed, where one thing is typed into several inputs.
    """

    text: str
    why: str
    sent: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One field with its value as it is typed and the first line that it came from."""

    name: str
    label: str
    input: str
    value: str
    is_typed: bool
    place: str
    line: int | None
    doubts: tuple[Doubt, ...]
    error: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether its input is open: it is missed, too long, or what was typed is wrong."""
        missed = any(doubt.blocks or not (doubt.settled or self.value) for doubt in self.doubts)
        return bool(self.error) or missed

    @property
    def is_doubted(self) -> bool:
        """Whether a doubt about it is open."""
        return any(not doubt.settled for doubt in self.doubts)


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A printed name with the body that it means; one that is asked for at one item only."""

    printed: str
    id: str
    name: str
    decision: str
    likely: tuple[Likely, ...]
    doubt: Doubt | None
    asked_at: str
    found: Wrong | None
    created: Wrong | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A named source, or a doubted link of a bullet; one without an address can be given one."""

    number: int | str
    label: str
    url: str
    doubt: Doubt | None
    wrong: Wrong | None


@dataclass(frozen=True, slots=True)
class PointRow:
    """A target or provision; one with a doubt can be corrected.

    `read` is it as it was read; `inputs` is what stands in the inputs of a target's
    figure: as typed, else as it is.
    """

    number: int
    text: str
    label: str
    figure: str
    line: int | None
    doubt: Doubt | None
    is_target: bool
    read: Mapping[str, Any]
    inputs: Mapping[str, str]
    wrong: Wrong | None
    links: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class TwinRow:
    """A policy that may be the same, and what was decided."""

    policy: Policy
    same: str
    decision: str
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class Card:
    """All that the screen shows of an item. Two cards are equal when they look the same."""

    key: str
    label: str
    title: str
    first: int
    last: int
    standing: str
    record: Any
    whose: Whose | None
    fields: tuple[Field, ...]
    bodies: tuple[BodyRow, ...]
    points: tuple[PointRow, ...]
    amounts: tuple[str, ...]
    sources: tuple[SourceRow, ...]
    differences: tuple[DifferenceRow, ...]
    twins: tuple[TwinRow, ...]
    offers: tuple[Offer, ...]
    doubts: tuple[Doubt, ...]

    @property
    def open(self) -> int:
        """How many doubts are not settled."""
        return sum(not doubt.settled for doubt in self.doubts)

    @property
    def offered(self) -> str:
        """For which record its proposals are: a key, or nothing for a new one."""
        return str(self.record.pk) if self.record is not None else ""

    @property
    def others(self) -> tuple[Doubt, ...]:
        """The doubts that stand beside no field."""
        apart = (TWIN, RECORD)
        return tuple(d for d in self.doubts if not d.field and d.kind not in apart)


def make_card(
    outcome: Outcome,
    doubts: list[Doubt],
    *,
    naming: Naming,
    places: Mapping[tuple[str, str], int],
    asked_at: Mapping[str, str],
    twins: Mapping[int, tuple[Policy, str]],
    free: Sequence[Record],
    offers: tuple[Offer, ...],
    wrong: Mapping[str, Wrong],
) -> Card:
    """The card of an item.

    `free` are the records of the issue that are no item's, `places` the first lines of
    fields; `asked_at` says at which item an unknown name is asked for, `wrong` is by input name.
    """
    item, key = outcome.item, outcome.key
    beside: dict[str, list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        beside[doubt.field].append(doubt)
    by_id = {doubt.id: doubt for doubt in doubts}
    return Card(
        key=key,
        label=label_of(item),
        title=_title(outcome),
        first=item.lines[0],
        last=item.lines[1],
        standing=_standing(outcome, offers),
        record=outcome.record,
        whose=whose(outcome, free, doubts),
        fields=tuple(
            _field(kind, outcome, beside[kind.name], places, wrong)
            for kind in kinds_of(item.section)
        ),
        bodies=_bodies(outcome, naming, by_id, asked_at, wrong),
        points=_points(outcome, places, by_id, wrong),
        amounts=tuple(amount_in_words(row) for row in outcome.values["amounts"]),
        sources=_sources(outcome, by_id, wrong),
        differences=tuple(difference(change, outcome, by_id) for change in outcome.changes),
        twins=tuple(
            TwinRow(policy, same, outcome.choices.twins.get(str(pk), ""), by_id[f"twin:{pk}"])
            for pk, (policy, same) in twins.items()
            if f"twin:{pk}" in by_id
        ),
        offers=offers,
        doubts=tuple(doubts),
    )


def _title(outcome: Outcome) -> str:
    values = outcome.values
    text = values.get("summary") or values.get("text") or ""
    words = text if len(text) <= 110 else text[:110].rsplit(" ", 1)[0] + " …"
    named = values.get("headline") or values.get("title_en") or values.get("title_zh")
    return named or words or "Nothing was read"


def _standing(outcome: Outcome, offers: tuple[Offer, ...]) -> str:
    if outcome.into is not None:
        return "updates"
    if outcome.own is None:
        return "new" if outcome.likely is None else "unsure"
    typed = outcome.choices.values or outcome.choices.figures or outcome.choices.links
    taken = any(offer.ticked for offer in offers)
    return "changed" if outcome.changes or typed or taken else "same"


def _field(
    kind: Kind,
    outcome: Outcome,
    doubts: list[Doubt],
    places: Mapping[tuple[str, str], int],
    wrong: Mapping[str, Wrong],
) -> Field:
    mistake = wrong.get(f"{outcome.key}:{kind.name}")
    return Field(
        name=kind.name,
        label=kind.label,
        input=kind.input,
        value=mistake.text if mistake else written(kind, outcome.values[kind.name]),
        is_typed=kind.name in outcome.choices.values,
        place=kind.place,
        line=places.get((outcome.key, kind.place)),
        doubts=tuple(doubt for doubt in doubts if doubt.kind != BODY),
        error=mistake.why if mistake else "",
    )


def _bodies(
    outcome: Outcome,
    naming: Naming,
    doubts: Mapping[str, Doubt],
    asked_at: Mapping[str, str],
    wrong: Mapping[str, Wrong],
) -> tuple[BodyRow, ...]:
    rows = []
    for printed in dict.fromkeys(outcome.values.get("bodies", [])):
        doubt, name = doubts.get(f"body:{printed}"), short(printed)
        rows.append(
            BodyRow(
                printed=printed,
                id=name,
                name=naming.name_of(printed),
                decision=naming.decided.get(printed, {}).get("do", ""),
                likely=tuple(naming.likely(printed)) if doubt and not doubt.settled else (),
                doubt=doubt,
                asked_at="" if doubt else asked_at.get(printed, ""),
                found=wrong.get(f"find-{name}"),
                created=wrong.get(f"create-{name}"),
            )
        )
    return tuple(rows)


def _points(
    outcome: Outcome,
    places: Mapping[tuple[str, str], int],
    doubts: Mapping[str, Doubt],
    wrong: Mapping[str, Wrong],
) -> tuple[PointRow, ...]:
    rows = []
    links = _links(outcome, doubts, wrong)
    pairs = zip(outcome.values["points"], outcome.base.get("points", []), strict=True)
    for number, (row, read) in enumerate(pairs):
        mistake = wrong.get(f"{outcome.key}:figure-{number}-value")
        rows.append(
            PointRow(
                number=number,
                text=row["text"],
                label="Target" if row["target"] else row["kind"].capitalize() or "Provision",
                figure=figure_in_words(row),
                line=places.get((outcome.key, f"points:{row['position'] - 1}")),
                doubt=doubts.get(f"{QUANTITY}:{number}"),
                is_target=row["target"],
                read=read,
                inputs=mistake.sent if mistake else _inputs(row),
                wrong=mistake,
                # Of a bullet with several figures, beside the first.
                links=tuple(links.pop(row["position"], ())),
            )
        )
    return tuple(rows)


def _links(
    outcome: Outcome, doubts: Mapping[str, Doubt], wrong: Mapping[str, Wrong]
) -> dict[int, list[SourceRow]]:
    """The doubted links of bullets, by the position of the bullet."""
    found: dict[int, list[SourceRow]] = defaultdict(list)
    for doubt in doubts.values():
        if doubt.link:
            url = outcome.choices.links.get(doubt.link, "")
            mistake = wrong.get(f"{outcome.key}:source-{doubt.link}")
            position = int(doubt.link.partition(":")[0])
            found[position].append(SourceRow(doubt.link, doubt.text, url, doubt, mistake))
    return found


def _inputs(row: Mapping[str, Any]) -> dict[str, str]:
    figure = {name: row.get(name) or "" for name in ("comparator", "value", "unit")}
    return figure | {"due": written_date(row.get("due"))}


def _sources(
    outcome: Outcome, doubts: Mapping[str, Doubt], wrong: Mapping[str, Wrong]
) -> tuple[SourceRow, ...]:
    return tuple(
        SourceRow(
            number,
            label,
            url,
            doubts.get(f"source:{number}"),
            wrong.get(f"{outcome.key}:source-{number}"),
        )
        for number, (label, url) in enumerate(outcome.values["sources"])
    )
