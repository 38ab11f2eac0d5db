"""The columns of exported tables, made of the public fields of `records.FIELDS`.

A table has no room for a date with its precision or for a row of issuers. Such a
field becomes several columns, each with plain text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.models.dates import write_period
from policies.newsletter.dates import PreciseDate
from policies.records import FIELDS, Field

BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, what it means, its type, and how a field's value gives it."""

    name: str
    meaning: str
    type: str
    field: str
    read: Callable[[Any], str]


def columns(model: Any) -> list[Column]:
    """The columns of a table of records of `model`, in the order of its public fields."""
    return [column for field in FIELDS[model] for column in columns_of(field)]


def columns_of(field: Field) -> Iterator[Column]:
    """The columns that one field becomes: first what it says, then what explains it."""
    for ending, note, kind, read in _in_lines(field) or _PARTS.get(field.type, _SAME):
        meaning = " ".join(part for part in (field.meaning, note) if part)
        yield Column(field.name + ending, meaning, kind or field.type, field.name, read)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _of(name: str) -> Callable[[Any], str]:
    return lambda value: value[name] if value else ""


def _each(name: str) -> Callable[[Any], str]:
    return lambda values: BETWEEN.join(value[name] for value in values)


def _exact(value: dict[str, str] | None) -> str:
    if value is None:
        return ""
    return write_period(PreciseDate(date.fromisoformat(value["date"]), value["precision"]))


def _in_lines(field: Field) -> tuple[_Part, ...]:
    """The columns of rows of which each has words of its own; none of other fields."""
    line = field.line
    if line is None:
        return ()
    note = f"To be read: one a line, {field.layout}."
    return (("", note, "", lambda rows: "\n".join(map(line, rows))), _PARTS["rows"][1])


def _lines(rows: list[dict[str, Any]]) -> str:
    return "\n".join(" | ".join(filter(None, map(_words, row.items()))) for row in rows)


def _words(item: tuple[str, Any]) -> str:
    name, value = item
    if isinstance(value, dict):
        return value.get("label") or value.get("name") or value["text"]
    if isinstance(value, bool):
        return name if value else ""
    return _plain(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""


# By the type of a field: each column's ending, what is to be said besides, its type, its text.
_Part = tuple[str, str, str, Callable[[Any], str]]
_SAME: tuple[_Part, ...] = (("", "", "", _plain),)
_PARTS: dict[str, tuple[_Part, ...]] = {
    "flag": (("", "", "", lambda value: "true" if value else "false"),),
    "texts": (("", "Divided by semicolons.", "", BETWEEN.join),),
    "people": (("", "", "json", _json),),
    "date": (
        ("", "As exact as its source: 2027, 2027-Q2, 2027-06 or 2027-06-30.", "", _exact),
        ("_last_day", "The last day of that period, to sort and compare.", "day", _of("date")),
    ),
    "choice": (
        ("", "The word that stands in addresses.", "", _of("value")),
        ("_label", "In words.", "text", _of("label")),
    ),
    "reference": (
        ("", "Its slug.", "", _of("slug")),
        ("_name", "Its name.", "text", _of("name")),
        ("_name_zh", "Its Chinese name.", "chinese", _of("name_zh")),
    ),
    "references": (
        ("", "Slugs, divided by semicolons.", "", _each("slug")),
        ("_names", "Names, divided by semicolons.", "texts", _each("name")),
    ),
    "rows": (
        ("", "To be read: one a line, its parts divided by bars.", "", _lines),
        ("_json", "To be worked with: a list of objects.", "json", _json),
    ),
}
