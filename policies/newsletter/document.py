"""What reading one newsletter issue gives: plain, frozen records.

Nothing here knows of a database. Unknown values are None or empty, never
guessed. Every non-blank line of the source is in exactly one `Placement` or
one `Leftover`; lines are counted from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .dates import PreciseDate

# Where an item stands in the issue.
TOP, POLICY_NEWS, CORPORATE_NEWS = "top", "policy_news", "corporate_news"

# What a bullet is.
TARGET, MEASURE, CRITERION, CHANGE, SCOPE, OTHER = (
    "target",
    "measure",
    "criterion",
    "change",
    "scope",
    "other",
)

# How a figure is to be compared with what is reached.
BY, AT_LEAST, AT_MOST, EXACTLY, ABOUT = (
    "change by",
    "at least",
    "at most",
    "equal",
    "about",
)


class NotANewsletter(ValueError):
    """The text holds nothing that reads as a newsletter issue."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who made the issue, with the role as printed (heading and job title)."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure of a bullet: what is compared how with which value.

    `text` is the passage as printed, `unit` a unit of the vocabulary ("percent",
    "CNY", "companies") or empty for a bare number.
    """

    comparator: str
    value: Decimal
    unit: str
    text: str
    baseline_year: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One bullet with the lead-in that it stands under.

    `after_paragraph` counts the summary's paragraphs printed before it, so that
    an issue can be set again as it was printed.
    """

    text: str
    heading: str = ""
    kind: str = OTHER
    due: PreciseDate | None = None
    quantities: tuple[Quantity, ...] = ()
    after_paragraph: int = 0
    lines: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum named in an item; `eur` is the euro value printed beside it."""

    value: Decimal
    currency: str
    text: str
    eur: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A named source; `url` is empty where the newsletter shows a link without its address."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One long item or one dated note; `issuing_bodies` in printed order, as printed."""

    section: str
    position: int
    lines: tuple[int, int]
    headline: str = ""
    summary: str = ""
    comment: str = ""
    commentator: str = ""
    title_en: str = ""
    title_zh: str = ""
    document_number: str = ""
    url: str = ""
    date: PreciseDate | None = None
    document_date: PreciseDate | None = None
    effective: PreciseDate | None = None
    issuing_bodies: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    amounts: tuple[Money, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """The field that a source line went into, as a path: "items[2].summary"."""

    line: int
    field: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """A line in no field. Furniture (contents list, page number, imprint) is known to be none."""

    line: int
    text: str
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class Warning:
    """A doubt about a line, or about the whole issue where `line` is None."""

    line: int | None
    text: str


@dataclass(frozen=True, slots=True)
class ParsedIssue:
    """One newsletter issue as printed."""

    title: str
    publisher: str
    published: date | None
    period_start: date | None
    period_end: date | None
    people: tuple[Person, ...]
    items: tuple[Item, ...]
    leftovers: tuple[Leftover, ...]
    warnings: tuple[Warning, ...]
    placements: tuple[Placement, ...]
