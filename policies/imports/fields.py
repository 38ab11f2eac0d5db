"""The fields of an item as an editor sees and types them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model

from policies.intake.printed import dated, undated
from policies.models import CorporateEvent, Policy
from policies.models.dates import read_period, write_period
from policies.newsletter import Item, PreciseDate
from policies.newsletter.document import CORPORATE_NEWS, POLICY_NEWS, TOP
from policies.vocabulary import Comparator

LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A field: how it is called, how it is typed, and which placement its lines have."""

    name: str
    label: str
    input: str
    place: str


LINE, DATE, LINK, TEXT, LIST = "line", "date", "link", "text", "list"
POLICY = (
    Kind("headline", "Headline", LINE, "headline"),
    Kind("title_en", "English title", LINE, "title"),
    Kind("title_zh", "Chinese title", LINE, "title"),
    Kind("bodies", "Issuing bodies", LIST, "issuing_bodies"),
    Kind("announced", "Announced", DATE, "date"),
    Kind("document", "Document dated", DATE, "document_date"),
    Kind("effective", "In effect from", DATE, "effective"),
    Kind("document_number", "Document number", LINE, "document_number"),
    Kind("official_url", "Official address", LINK, "title"),
    Kind("summary", "Summary", TEXT, "summary"),
    Kind("comment", "Comment", TEXT, "comment"),
    Kind("commentator", "Comment signed by", LINE, "comment"),
)
EVENT = (
    Kind("headline", "Headline", LINE, "headline"),
    Kind("text", "Text", TEXT, "summary"),
    Kind("happened", "Reported for", DATE, "date"),
)
SECTIONS = {TOP: "Top item", POLICY_NEWS: "Policy note", CORPORATE_NEWS: "Corporate note"}
LABELS = {kind.name: kind.label for kind in (*POLICY, *EVENT)} | {
    "points": "Targets and provisions",
    "amounts": "Amounts",
    "sources": "Sources",
}
# Where a line of the source went, in words.
PLACES = {
    "title": "title",
    "issuing_bodies": "issuing bodies",
    "date": "date",
    "document_date": "document date",
    "document_number": "document number",
    "points": "point",
    "people": "people",
    "published": "date of the issue",
    "section": "section heading",
}


def label_of(item: Item) -> str:
    """What an item is called on pages."""
    return f"{SECTIONS[item.section]} {item.position}"


def kinds_of(section: str) -> tuple[Kind, ...]:
    """The fields of an item of this section; a short note has no parts of a long item."""
    if section == CORPORATE_NEWS:
        return EVENT
    if section == TOP:
        return POLICY
    return tuple(kind for kind in POLICY if kind.name not in ("comment", "commentator"))


def model_of(section: str) -> type[Policy] | type[CorporateEvent]:
    """What an item of this section becomes."""
    return CorporateEvent if section == CORPORATE_NEWS else Policy


def written(kind: Kind, value: Any) -> str:
    """`value` as it stands in its input."""
    if not value:
        return ""
    if kind.input == DATE:
        return written_date(value)
    return "\n".join(value) if kind.input == LIST else str(value)


def written_date(value: list[str] | None) -> str:
    """A date in plain form as it is typed."""
    known = undated(value)
    return write_period(known) if known else ""


def typed(kind: Kind, text: str, model: type[Model]) -> Any:
    """The plain value of what was typed; raises ValidationError with words for the field."""
    text = text.replace("\0", "").replace("\r\n", "\n").strip()
    if kind.input == LIST:
        return [line for line in map(str.strip, text.split("\n")) if line]
    if kind.input == DATE:
        return typed_date(text)
    if kind.input != TEXT:
        text = " ".join(text.split())
    if text:
        validated(model, kind.name, text)
    if len(text) > LONGEST_TEXT:
        raise ValidationError(f"This is too long: at most {LONGEST_TEXT:,} characters fit.")
    return text


def validated(model: type[Model], name: str, value: Any) -> None:
    """Raise ValidationError where the field `name` of `model` cannot hold `value`."""
    found = model._meta.get_field(name)
    if isinstance(found, Field):
        found.run_validators(value)


def typed_date(text: str) -> list[str] | None:
    """A typed day, month, quarter or year in plain form; None for nothing."""
    if not text:
        return None
    period = read_period(text)
    if period is not None:
        return dated(PreciseDate(*period))
    try:
        return dated(PreciseDate.of(*_day(text)))
    except ValueError:
        raise ValidationError(
            "Type a day as 2024-04-26, a month as 2024-04, a quarter as 2024-Q2 or a year as 2024."
        ) from None


def _day(text: str) -> tuple[int, int, int]:
    year, month, day = map(int, text.split("-"))
    return year, month, day


def in_words(field: str, value: Any) -> list[str]:
    """A plain value as lines for reading; none for an unknown one."""
    if not value:
        return []
    if field == "bodies":
        return list(value)
    if field == "points":
        return [point_in_words(row) for row in value]
    if field == "amounts":
        return [amount_in_words(row) for row in value]
    if field == "sources":
        return [f"{label} – {url or 'address unknown'}" for label, url in value]
    if isinstance(value, list):
        return [str(undated(value))]
    return [str(value)]


def point_in_words(row: dict[str, Any]) -> str:
    """A target or provision in one line."""
    return " – ".join(filter(None, [row["text"], figure_in_words(row)]))


def figure_in_words(row: dict[str, Any]) -> str:
    """The figure and the date of a target."""
    if not row["target"]:
        return ""
    parts = []
    if row["value"] is not None:
        compared = Comparator(row["comparator"]).label if row["comparator"] else ""
        parts.append(f"{compared} {Decimal(row['value']):,f} {row['unit']}".strip())
    if row["baseline_year"]:
        parts.append(f"compared to {row['baseline_year']}")
    if row["due"]:
        parts.append(f"by {undated(row['due'])}")
    return ", ".join(parts)


def amount_in_words(row: list[Any]) -> str:
    """A sum of money in one line."""
    value, currency, eur = row
    words = f"{currency} {Decimal(value):,f}"
    return f"{words} (EUR {Decimal(eur):,f})" if eur is not None else words
