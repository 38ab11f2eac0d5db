"""A printed item as plain values, the form in which versions of it are compared.

`imported` on a record keeps these values as they were when last imported. What
differs from them today was changed by an editor.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from policies.models import CorporateEvent, Policy
from policies.newsletter import Item, PreciseDate
from policies.newsletter.document import TARGET

POLICY_TEXTS = (
    "headline",
    "summary",
    "comment",
    "commentator",
    "title_en",
    "title_zh",
    "document_number",
    "official_url",
)
POLICY_DATES = ("announced", "document", "effective")


def dated(value: PreciseDate | None) -> list[str] | None:
    """A date as plain data."""
    return [value.value.isoformat(), value.precision] if value else None


def undated(value: list[str] | None) -> PreciseDate | None:
    """The date that `dated` made plain."""
    return PreciseDate(date.fromisoformat(value[0]), value[1]) if value else None


def plain(number: Decimal | None) -> str | None:
    """A number as text, the same for 25, 25.0 and 25.00."""
    return None if number is None else format(number.normalize(), "f")


def printed_policy(item: Item) -> dict[str, Any]:
    """The values that a policy takes from a long item or a policy note."""
    return {
        "headline": item.headline,
        "summary": item.summary,
        "comment": item.comment,
        "commentator": item.commentator,
        "title_en": item.title_en,
        "title_zh": item.title_zh,
        "document_number": item.document_number,
        "official_url": item.url,
        "announced": dated(item.date),
        "document": dated(item.document_date),
        "effective": dated(item.effective),
        "bodies": list(item.issuing_bodies),
        "points": [row for n, point in enumerate(item.points, 1) for row in _rows(point, n)],
        **_money_and_sources(item),
    }


def printed_event(item: Item) -> dict[str, Any]:
    """The values that a corporate event takes from a corporate note."""
    return {
        "headline": item.headline,
        "text": item.summary,
        "happened": dated(item.date),
        **_money_and_sources(item),
    }


def _money_and_sources(item: Item) -> dict[str, Any]:
    # A sum that stands in the comment alone is the commentator's, no fact of the record.
    facts = "\n".join([item.headline, item.summary, *(point.text for point in item.points)])
    sums = [sum for sum in item.amounts if sum.text in facts]
    return {
        "amounts": [[plain(sum.value), sum.currency, plain(sum.eur)] for sum in sums],
        "sources": [[source.label, source.url] for source in item.sources],
    }


def _rows(point, position: int) -> list[dict[str, Any]]:
    """One row for a provision or a plain target, one for each figure of a target."""
    row = {
        "target": point.kind == TARGET,
        "kind": "" if point.kind == TARGET else point.kind,
        "heading": point.heading,
        "text": point.text,
        "position": position,
        "after_paragraph": point.after_paragraph,
    }
    if point.kind != TARGET:
        return [row]
    row["due"] = dated(point.due)
    figures = [
        {
            "comparator": quantity.comparator,
            "value": plain(quantity.value),
            "unit": quantity.unit,
            "baseline_year": quantity.baseline_year,
        }
        for quantity in point.quantities
    ]
    nothing = {"comparator": "", "value": None, "unit": "", "baseline_year": None}
    return [row | figure for figure in figures or [nothing]]


def current_policy(policy: Policy) -> dict[str, Any]:
    """The same values as they stand in the database today."""
    points = [
        {
            "target": False,
            "kind": row.kind,
            "heading": row.heading,
            "text": row.text,
            "position": row.position,
            "after_paragraph": row.after_paragraph,
        }
        for row in policy.provisions.all()
    ] + [
        {
            "target": True,
            "kind": "",
            "heading": row.heading,
            "text": row.text,
            "position": row.position,
            "after_paragraph": row.after_paragraph,
            "due": dated(row.due),
            "comparator": row.comparator,
            "value": plain(row.value),
            "unit": row.unit,
            "baseline_year": row.baseline_year,
        }
        for row in sorted(policy.targets.all(), key=lambda row: (row.position, row.pk))
    ]
    return {
        **{name: getattr(policy, name) for name in POLICY_TEXTS},
        **{name: dated(getattr(policy, name)) for name in POLICY_DATES},
        "bodies": [row.printed for row in policy.issuers.all()],
        "points": sorted(points, key=lambda row: row["position"]),
        **_current_money_and_sources(policy),
    }


def current_event(event: CorporateEvent) -> dict[str, Any]:
    """The same values as they stand in the database today."""
    return {
        "headline": event.headline,
        "text": event.text,
        "happened": dated(event.happened),
        **_current_money_and_sources(event),
    }


def _current_money_and_sources(record: Policy | CorporateEvent) -> dict[str, Any]:
    return {
        "amounts": [[plain(r.value), r.currency, plain(r.eur)] for r in record.amounts.all()],
        "sources": [[row.label, row.url] for row in record.sources.all()],
    }
