"""A parsed issue as plain data, with the bodies that the registry knows; writes nothing."""

from __future__ import annotations

from typing import Any

from policies.newsletter import Item, ParsedIssue, Point
from policies.newsletter.dates import PreciseDate
from policies.registry import BodyRegistry


def preview(parsed: ParsedIssue) -> dict[str, Any]:
    """What storing `parsed` would keep, in the form documented in docs/newsletter-format.md."""
    registry = BodyRegistry()
    return {
        "title": parsed.title,
        "published": parsed.published.isoformat() if parsed.published else None,
        "period": {
            "start": parsed.period_start.isoformat() if parsed.period_start else None,
            "end": parsed.period_end.isoformat() if parsed.period_end else None,
        },
        "people": [{"name": p.name, "role": p.role} for p in parsed.people],
        "items": [_item(item, registry) for item in parsed.items],
        "leftovers": [{"line": row.line, "text": row.text} for row in parsed.leftovers],
        "warnings": [{"line": row.line, "text": row.text} for row in parsed.warnings],
    }


def _date(value: PreciseDate | None) -> dict[str, str] | None:
    return {"value": value.value.isoformat(), "precision": value.precision} if value else None


def _number(value) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _item(item: Item, registry: BodyRegistry) -> dict[str, Any]:
    bodies = [(printed, registry.resolve(printed)) for printed in item.issuing_bodies]
    return {
        "section": item.section,
        "position": item.position,
        "headline": item.headline,
        "summary": item.summary,
        "comment": item.comment,
        "title_en": item.title_en,
        "title_zh": item.title_zh,
        "document_number": item.document_number,
        "url": item.url,
        "date": _date(item.date),
        "document_date": _date(item.document_date),
        "effective": _date(item.effective),
        "issuing_bodies": [
            {"printed": printed, "slug": body.slug if body else None} for printed, body in bodies
        ],
        "points": [_point(point) for point in item.points],
        "amounts": [
            {"value": _number(m.value), "currency": m.currency, "eur": _number(m.eur)}
            for m in item.amounts
        ],
        "sources": [{"label": source.label, "url": source.url} for source in item.sources],
        "lines": list(item.lines),
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "heading": point.heading,
        "text": point.text,
        "kind": point.kind,
        "due": _date(point.due),
        "quantities": [
            {
                "comparator": quantity.comparator,
                "value": _number(quantity.value),
                "unit": quantity.unit,
                "baseline_year": quantity.baseline_year,
                "text": quantity.text,
            }
            for quantity in point.quantities
        ],
    }
