"""Files to take away: records as a sheet, and the empty sheet to begin with."""

from __future__ import annotations

from typing import Any

from . import csvfile, workbook
from .columns import Choice, Number
from .resources import SheetResource

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export(resource: SheetResource, queryset: Any, kind: str) -> bytes:
    """The records of `queryset` as a file of the kind "csv" or "xlsx".

    Raises TooLong where a text does not fit into a cell of Excel.
    """
    return _written(resource, resource.lines(queryset), kind)


def template(resource: SheetResource, kind: str) -> bytes:
    """A sheet without records; as a workbook, with a second sheet that tells the columns."""
    return _written(resource, [], kind)


def guide(resource: SheetResource) -> list[list[str]]:
    """Each column that is read or told: its name, what to write, an example."""
    lines = [["column", "what to write", "example"]]
    for column in resource.columns:
        tells = column.tells
        if isinstance(column, Choice):
            words = ", ".join(value for value, _ in column.field.flatchoices if value)
            tells = f"{tells} One of: {words}."
        lines.append([column.column_name, tells, column.example])
    return lines


def _written(resource: SheetResource, lines: Any, kind: str) -> bytes:
    headings = [column.column_name for column in resource.columns]
    if kind == "csv":
        return csvfile.write(headings, lines)
    numbers = [i for i, column in enumerate(resource.columns) if isinstance(column, Number)]
    widths = [column.width for column in resource.columns]
    return workbook.write(headings, lines, numbers=numbers, widths=widths, guide=guide(resource))
