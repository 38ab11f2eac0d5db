"""A parsed issue as plain data, the form in which the golden files keep it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from policies.newsletter import ParsedIssue, PreciseDate

# Kept short in the golden files: what is empty is left out.
EMPTY = (None, "", (), [], {})


def plain(value: Any) -> Any:
    """Records as dicts, dates and decimals as text, dates with a precision as printed."""
    if isinstance(value, PreciseDate):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        return {name: part for name, part in named.items() if part not in EMPTY}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Decimal | date):
        return str(value)
    return value


def golden(issue: ParsedIssue) -> Any:
    """The whole issue; a placement as one string, so that a file stays readable."""
    data = plain(issue)
    data["placements"] = [f"{one.line}: {one.field}" for one in issue.placements]
    data["warnings"] = [f"{one.line}: {one.text}" for one in issue.warnings]
    data["leftovers"] = [
        f"{one.line}: {one.text}" + (" [furniture]" if one.furniture else "")
        for one in issue.leftovers
    ]
    return data
