"""When two states of a record say the same.

Names of other records and labels of words do not count: a body that is renamed corrects
no policy. A field that one of the two states does not know yet says nothing either, nor does
a section without an issue.
"""

from __future__ import annotations

from typing import Any

from policies.records import Field


def essence(field: Field, value: Any) -> Any:
    """What of a field's value is the record's own."""
    if value is None:
        return None
    if field.type == "reference":
        return value["slug"]
    if field.type == "references":
        return sorted(other["slug"] for other in value)
    if field.type == "choice":
        return value["value"]
    if field.type == "date":
        return value["date"], value["precision"]
    if field.type == "rows":
        return [row_essence(field, row) for row in value]
    return value


def row_essence(field: Field, row: dict[str, Any]) -> tuple[Any, ...]:
    """What a row of a field says."""
    return tuple(essence(part, row.get(part.name)) for part in field.parts if part.told)


def different(fields: tuple[Field, ...], old: dict[str, Any], new: dict[str, Any]) -> list[Field]:
    """The fields that say something else in the two states."""
    return [
        field
        for field in fields
        if field.name in old and field.name in new and _said(field, old) != _said(field, new)
    ]


def _said(field: Field, state: dict[str, Any]) -> Any:
    if field.within and state.get(field.within) is None:
        return None
    return essence(field, state[field.name])
