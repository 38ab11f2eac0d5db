"""Keeps an answer to a size that an assistant can read; what is cut says so."""

from __future__ import annotations

from typing import Any

LONG, BRIEF = 4_000, 400
MOST_ROWS, FEW_ROWS = 100, 15
CUT = " […]"


def shortened(value: Any, *, brief: bool = False) -> Any:
    """`value` with long texts and lists cut; a cut text ends in “[…]”, a cut list says how many."""
    if isinstance(value, str):
        most = BRIEF if brief else LONG
        return value if len(value) <= most else value[:most].rstrip() + CUT
    if isinstance(value, dict):
        return {name: shortened(part, brief=brief) for name, part in value.items()}
    if isinstance(value, list):
        most = FEW_ROWS if brief else MOST_ROWS
        kept = [shortened(part, brief=brief) for part in value[:most]]
        return [*kept, f"{len(value) - most} more"] if len(value) > most else kept
    return value
