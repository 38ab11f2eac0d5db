"""What a public field is: its name, what it means, its type, and how a record gives it.

Values are plain data that JSON can hold. Types and their values:

    text, chinese, markdown, link   a string, empty where unknown
    texts                           a list of strings
    number                          a decimal number as a string, such as "0.5", or None
    count                           a whole number or None
    flag                            True or False
    day                             "2024-04-26" or None
    moment                          "2024-04-26T08:00:00+00:00" or None
    date                            {"date", "precision", "text"} or None; the date is the
                                    period's last day, the text what readers see
    choice                          {"value", "label"} or None
    reference                       {"kind", "slug", "name", "name_zh", "address"} or None
    references                      a list of these
    rows                            a list of objects that hold the field's `parts`
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from policies.languages import ENGLISH


@dataclass(frozen=True, slots=True)
class Field:
    """A public field of a record, or of a row that hangs on one.

    Its label is in English, marked for pages to translate.

    `columns` are the model's fields that it tells. A change of one that is not `told`
    is no correction of the record: its address, or when it was saved last.

    `line` puts a row's value into words for a cell, where its parts side by side would not
    explain themselves; `layout` says how.

    `within` names the field without which this one says nothing: a section stands in an issue.
    """

    name: str
    label: str
    meaning: str
    type: str
    columns: tuple[str, ...]
    read: Callable[[Any], Any]
    parts: tuple[Field, ...] = ()
    told: bool = True
    line: Callable[[dict[str, Any]], str] | None = None
    layout: str = ""
    within: str = ""


def plain(kind: str, name: str, label: str, meaning: str, *, column: str = "") -> Field:
    """A field whose value stands in one column as it is."""
    column = column or name
    return Field(name, label, meaning, kind, (column,), attrgetter(column))


def text(name: str, label: str, meaning: str, *, column: str = "") -> Field:
    return plain("text", name, label, meaning, column=column)


def chinese(name: str, label: str, meaning: str, *, column: str = "") -> Field:
    return plain("chinese", name, label, meaning, column=column)


def markdown(name: str, label: str, meaning: str, *, column: str = "") -> Field:
    return plain("markdown", name, label, meaning, column=column)


def link(name: str, label: str, meaning: str, *, column: str = "") -> Field:
    return plain("link", name, label, meaning, column=column)


def count(name: str, label: str, meaning: str, *, column: str = "") -> Field:
    return plain("count", name, label, meaning, column=column)


def place(name: str, label: str, meaning: str) -> Field:
    """Where a record stands in its issue, which a corrected source moves: none of its content.

    Places are counted from 1; there is none without an issue.
    """

    def read(row: Any) -> int | None:
        return (getattr(row, name) or None) if row.issue_id else None

    return Field(name, label, meaning, "count", (name,), read, told=False, within="issue")


def number(name: str, label: str, meaning: str) -> Field:
    return Field(name, label, meaning, "number", (name,), lambda row: written(getattr(row, name)))


def day(name: str, label: str, meaning: str, *, column: str = "") -> Field:
    """A day that is known exactly."""
    column = column or name

    def read(row: Any) -> str | None:
        value = getattr(row, column)
        return value and value.isoformat()

    return Field(name, label, meaning, "day", (column,), read)


def moment(name: str, label: str, meaning: str, *, column: str) -> Field:
    """A point in time that says nothing about the record's content."""

    def read(row: Any) -> str | None:
        value = getattr(row, column)
        return value and value.isoformat(timespec="seconds")

    return Field(name, label, meaning, "moment", (column,), read, told=False)


def date(name: str, label: str, meaning: str) -> Field:
    """A date with its precision."""

    columns = (f"{name}_on", f"{name}_precision")
    return Field(name, label, meaning, "date", columns, lambda row: dated(getattr(row, name)))


def dated(value: Any) -> dict[str, str] | None:
    """A date with its precision as plain data."""
    return value and {
        "date": value.value.isoformat(),
        "precision": str(value.precision),
        "text": str(value),
    }


def choice(name: str, label: str, meaning: str, *, column: str = "", within: str = "") -> Field:
    """A word of a closed list, with its label in English; none where what it is `within` is."""
    column = column or name
    labels: dict[Any, dict[str, str]] = {}

    def read(row: Any) -> dict[str, str] | None:
        value, model = getattr(row, column), type(row)
        if not value or (within and getattr(row, within) is None):
            return None
        if model not in labels:
            with override(ENGLISH):
                choices = model._meta.get_field(column).flatchoices
                labels[model] = {key: str(label) for key, label in choices}
        return {"value": value, "label": labels[model].get(value, value)}

    return Field(name, label, meaning, "choice", (column,), read, within=within)


def reference(name: str, label: str, meaning: str, *, column: str = "") -> Field:
    """Another record that this one names."""
    column = column or name
    return Field(
        name, label, meaning, "reference", (column,), lambda row: referred(getattr(row, column))
    )


def references(name: str, label: str, meaning: str, *, read: str = "") -> Field:
    """Other records that this one names; `read` is the relation that gives the public ones."""

    def read_all(row: Any) -> list[dict[str, str] | None]:
        found = getattr(row, read or name)
        return [referred(other) for other in (found if read else found.all())]

    return Field(name, label, meaning, "references", (name,), read_all)


def rows(name: str, label: str, meaning: str, parts: tuple[Field, ...], *, read: str = "") -> Field:
    """Rows that hang on a record; `read` is the relation that gives the public ones."""

    def read_all(record: Any) -> list[dict[str, Any]]:
        found = getattr(record, read or name)
        return [
            {part.name: part.read(row) for part in parts}
            for row in (found if read else found.all())
        ]

    return Field(name, label, meaning, "rows", (), read_all, parts)


def slug() -> Field:
    return Field("slug", _("Slug"), "The record's name in addresses.", "text", ("slug",),
                 attrgetter("slug"), told=False)  # fmt: skip


def address() -> Field:
    return Field(
        "address", _("Address"), "Where the record stands on this site.", "text", (),
        lambda record: record.get_absolute_url(), told=False,
    )  # fmt: skip


def written(value: Decimal | None) -> str | None:
    """A number without needless zeros."""
    return None if value is None else format(value.normalize(), "f")


def referred(other: Any) -> dict[str, str] | None:
    """Another record by its slug, with its names and its address."""
    if other is None:
        return None
    has_page = hasattr(other, "get_absolute_url")
    return {
        "kind": other._meta.model_name,
        "slug": getattr(other, "slug", "") or other.published_on.isoformat(),
        "name": getattr(other, "display_title", "") or str(other),
        "name_zh": getattr(other, "title_zh", "") or getattr(other, "name_zh", ""),
        "address": other.get_absolute_url() if has_page else "",
    }
