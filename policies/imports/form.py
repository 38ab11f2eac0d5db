"""What stands in the form of the review screen: typed, chosen, ticked.

A form brings all that its cards show. It is compared with what they showed, so
that only what an editor changed becomes a decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from policies.models import NewsletterIssue, SourceLink, Target
from policies.vocabulary import Comparator

from .cards import Card, PointRow, Wrong
from .choices import LEAVE, TAKE, Choices, ItemChoices, digest
from .doubts import QUANTITY
from .fields import kinds_of, model_of, typed, typed_date, validated, written
from .outcomes import Outcome
from .stage import Stage
from .whose import take_record

HEAD = ("title", "publisher", "published")


@dataclass(slots=True)
class Taken:
    """The new decisions, and what could not be taken, by input name."""

    choices: Choices
    wrong: dict[str, Wrong] = field(default_factory=dict)


def take_form(stage: Stage, cards: list[Card], form: QueryDict) -> Taken:
    """The decisions with what stands in the `form` that showed `cards`."""
    taken = Taken(deepcopy(stage.choices))
    _take_head(stage, form, taken)
    shown = set(form.getlist("card"))
    for card in cards:
        if card.key in shown:
            _take_card(stage, card, form, taken)
    return taken


def _take_head(stage: Stage, form: QueryDict, taken: Taken) -> None:
    read, head = stage.read, taken.choices.head
    for name in HEAD:
        text = " ".join(form.get(f"head:{name}", "").replace("\0", "").split())
        if f"head:{name}" not in form or text == _head_text(stage.parsed, name):
            continue
        try:
            if name == "published":
                text = _day(text)
            elif text:
                validated(NewsletterIssue, name, text)
        except ValidationError as error:
            taken.wrong[f"head:{name}"] = Wrong(text, " ".join(error.messages))
            continue
        head.pop(name, None)
        if text and text != _head_text(read, name):
            head[name] = text


def _head_text(parsed: Any, name: str) -> str:
    value = getattr(parsed, name)
    return value.isoformat() if name == "published" and value else value or ""


def _day(text: str) -> str:
    day = typed_date(text)
    if day and day[1] != "day":
        raise ValidationError("Type the day of the issue as 2024-05-08.")
    return day[0] if day else ""


def _take_card(stage: Stage, card: Card, form: QueryDict, taken: Taken) -> None:
    chosen = taken.choices.item(card.key)
    outcome = stage.outcomes[card.key]
    kinds = {kind.name: kind for kind in kinds_of(outcome.item.section)}
    for shown in card.fields:
        name = f"{card.key}:{shown.name}"
        text = form.get(name)
        if text is None or text.replace("\r\n", "\n").strip() == shown.value.strip():
            continue
        try:
            value = typed(kinds[shown.name], text, model_of(outcome.item.section))
        except ValidationError as error:
            taken.wrong[name] = Wrong(text, " ".join(error.messages))
            continue
        chosen.ask_no_more(*(doubt.id for doubt in shown.doubts))
        chosen.values.pop(shown.name, None)
        if written(kinds[shown.name], value) != written(
            kinds[shown.name], outcome.base[shown.name]
        ):
            chosen.values[shown.name] = value
    for row in card.points:
        _take_figure(card, row, form, chosen, taken)
    _take_links(card, form, chosen, taken)
    _take_offers(card, form, chosen)
    if take_record(card.key, card.whose, form, chosen):
        # What was decided about the record before says nothing of this one.
        chosen.differences, chosen.stood = {}, {}
        return
    _take_differences(card, form, chosen)
    _remember(stage.choices.items.get(card.key, ItemChoices()), chosen, outcome)


def _remember(before: ItemChoices, chosen: ItemChoices, outcome: Outcome) -> None:
    """Keep with each new decision what the record had, so that a later change is noticed."""
    decided, earlier = chosen.written, before.written
    chosen.stood = {name: stood for name, stood in chosen.stood.items() if name in decided}
    if outcome.record is not None:
        for name, value in decided.items():
            if name not in earlier or earlier[name] != value:
                chosen.stood[name] = digest(outcome.stands.get(name))


def _take_figure(
    card: Card, row: PointRow, form: QueryDict, chosen: ItemChoices, taken: Taken
) -> None:
    """The figure typed for a target whose figure was not understood."""
    stem = f"{card.key}:figure-{row.number}"
    if f"{stem}-value" not in form or not row.is_target:
        return
    text = {name: form.get(f"{stem}-{name}", "").replace("\0", "").strip() for name in row.inputs}
    try:
        figure = _figure(text)
    except ValidationError as error:
        taken.wrong[f"{stem}-value"] = Wrong(text["value"], " ".join(error.messages), text)
        return
    read = {name: row.read[name] for name in figure}
    before = chosen.figures.pop(str(row.number), read)
    if figure != read:
        chosen.figures[str(row.number)] = figure
    if figure != before:
        chosen.ask_no_more(f"{QUANTITY}:{row.number}")


def _figure(text: Mapping[str, str]) -> dict[str, Any]:
    value: str | None = None
    if text["value"]:
        try:
            number = Decimal(text["value"].replace(",", ""))
        except InvalidOperation:
            raise ValidationError("The figure is a plain number, such as 1200 or 2.5.") from None
        validated(Target, "value", number)
        value = format(number.normalize(), "f")
    if value is None and (text["comparator"] or text["unit"]):
        raise ValidationError("A comparison or a unit needs a figure.")
    if text["comparator"] and text["comparator"] not in Comparator.values:
        raise ValidationError("Choose one of the comparisons.")
    validated(Target, "unit", text["unit"] or "-")
    return {
        "comparator": text["comparator"],
        "value": value,
        "unit": text["unit"],
        "due": typed_date(text["due"]),
    }


def _take_offers(card: Card, form: QueryDict, chosen: ItemChoices) -> None:
    """What is ticked, unless it was proposed for another record than the item has by now."""
    if form.get(f"{card.key}:offered", card.offered) != card.offered:
        return
    for offer in card.offers:
        ticked = offer.id in form.getlist(f"{card.key}:offer")
        chosen.ticks.pop(offer.id, None)
        if ticked != offer.standard:
            chosen.ticks[offer.id] = ticked


def _take_links(card: Card, form: QueryDict, chosen: ItemChoices, taken: Taken) -> None:
    for row in [*card.sources, *(link for point in card.points for link in point.links)]:
        name = f"{card.key}:source-{row.number}"
        text = form.get(name)
        if text is None or text.strip() == row.url:
            continue
        text = text.replace("\0", "").strip()
        try:
            if text:
                validated(SourceLink, "url", text)
        except ValidationError as error:
            taken.wrong[name] = Wrong(text, " ".join(error.messages))
            continue
        chosen.links.pop(str(row.number), None)
        if row.doubt is not None:
            chosen.ask_no_more(row.doubt.id)
        if text:
            chosen.links[str(row.number)] = text


def _take_differences(card: Card, form: QueryDict, chosen: ItemChoices) -> None:
    for row in card.differences:
        what = form.get(f"{card.key}:difference-{row.field}")
        if what not in (TAKE, LEAVE) or (what == TAKE) == row.taken:
            continue
        chosen.differences.pop(row.field, None)
        if what != row.standard:
            chosen.differences[row.field] = what
