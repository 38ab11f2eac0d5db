"""The kinds of columns that a sheet has: how a cell is read, and how a value is written.

Reading what was written gives the value again. A cell that cannot be read
raises ValueError in words for the editor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from import_export.fields import Field

from policies.models.dates import read_period, write_period
from policies.models.prose import with_plain_ends
from policies.newsletter.dates import DAY, PreciseDate

from .known import Known, Names, unknown

LONGEST_TEXT = 200_000
DAY_FORMS = re.compile(
    r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|(\d{4})年(\d{1,2})月(\d{1,2})日"
)
MONTH_FORMS = re.compile(r"(\d{4})(?:[/.](\d{1,2})|年(\d{1,2})月)|(\d{4})年")
SWAPPED = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}")
NO_DATE = (
    "is no date: type a day as 2024-04-26, a month as 2024-04, a quarter as 2024-Q2 "
    "or a year as 2024."
)
PART = re.compile(r'\s*(?:"((?:[^"]|"")*)"(\s*\*)?|([^;；、\n]*))\s*(?:[;；、\n]|$)')


class Column(Field):
    """One column: its plain name, what to write there, an example, and the headings it answers to.

    `attribute` is the model's field. A column that is `readonly` is written into
    files and never read from them.
    """

    def __init__(
        self,
        attribute: str,
        name: str = "",
        *,
        tells: str,
        example: str = "",
        also: Iterable[str] = (),
        readonly: bool = False,
        width: int = 18,
    ) -> None:
        super().__init__(attribute, name or attribute, readonly=readonly)
        self.tells, self.example, self.also, self.width = tells, example, tuple(also), width

    def read(self, text: str, known: Known) -> Any:
        """The value that `text` means."""
        raise NotImplementedError

    def show(self, value: Any, known: Known) -> str:
        """`value` as the cell has it."""
        return "" if value is None else str(value)

    def get(self, record: Any) -> Any:
        """The record's value."""
        return getattr(record, self.attribute)

    def put(self, record: Any, value: Any) -> None:
        """Set the record's value, in memory."""
        setattr(record, self.attribute, value)

    @property
    def stored(self) -> tuple[str, ...]:
        """The fields of the record that hold the value; none where rows of their own do."""
        return (self.attribute,)

    def cell(self, record: Any, known: Known) -> str:
        """The record's value as the cell has it."""
        return self.show(self.get(record), known)


class Plain(Column):
    """A column of one field of the model, read under the field's own rules."""

    def __init__(self, model: type[models.Model], attribute: str, name: str = "", **kwargs: Any):
        super().__init__(attribute, name, **kwargs)
        self.field: Any = model._meta.get_field(attribute)

    def checked(self, value: Any) -> Any:
        """`value` as the field takes it; raises ValueError with all that is wrong with it."""
        try:
            return self.field.clean(value, None)
        except ValidationError as problem:
            raise ValueError(" ".join(problem.messages)) from problem


class Text(Plain):
    """Words; spaces around them are no part of them."""

    def read(self, text: str, known: Known) -> str:
        value = with_plain_ends(text).strip()
        if len(value) > LONGEST_TEXT:
            raise ValueError(f"The text is longer than {LONGEST_TEXT:,} characters.")
        return self.checked(value) if value else ""


class Link(Text):
    """A web address; one without a scheme is taken as https, as in the forms."""

    def read(self, text: str, known: Known) -> str:
        value = text.strip()
        try:
            return super().read(f"https://{value}" if value and ":" not in value else value, known)
        except ValueError as problem:
            raise ValueError(f"“{value[:200]}”: {problem}") from problem


class Choice(Plain):
    """One word of a closed list, by its value or by its label; empty is the usual one."""

    def read(self, text: str, known: Known) -> str:
        wanted = _folded(text)
        if not wanted:
            if not self.field.blank and not self.field.has_default():
                raise ValueError(f"It is needed: {self._allowed()}.")
            return self.field.get_default()
        for value, label in self.field.flatchoices:
            if wanted in (_folded(value), _folded(str(label))):
                return value
        raise ValueError(f"“{text.strip()}” is not in the list: {self._allowed()}.")

    def _allowed(self) -> str:
        return ", ".join(value for value, _ in self.field.flatchoices if value)


class Number(Plain):
    """A figure, exactly: no thousands, no percent sign, a point before the decimals."""

    def read(self, text: str, known: Known) -> Any:
        typed = text.strip()
        if not typed:
            if self.field.null:
                return None
            return self.field.get_default()
        if "%" in typed or "％" in typed:
            raise ValueError(
                f"“{typed}” is a percentage: type {typed.strip('%％ ')} as a plain number"
                " and “percent” as its unit."
            )
        if "," in typed or "，" in typed:
            raise ValueError(
                f"“{typed}” has a comma: type 1200 for a thousand two hundred, or 1.2."
            )
        try:
            value = Decimal(typed.replace("−", "-"))
        except InvalidOperation as problem:
            raise ValueError(f"“{typed}” is no number.") from problem
        if not value.is_finite():
            raise ValueError(f"“{typed}” is no number.")
        if isinstance(self.field, models.DecimalField):
            return self.checked(value)
        if value != value.to_integral_value():
            raise ValueError(f"“{typed}” is not a whole number.")
        return self.checked(int(value))

    def show(self, value: Any, known: Known) -> str:
        if value is None:
            return ""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


class Day(Plain):
    """A day of the calendar."""

    def read(self, text: str, known: Known) -> date | None:
        if not text.strip():
            return None
        value = read_date(text)
        if value.precision != DAY:
            raise ValueError(f"“{text.strip()}” is no day: type it as 2024-04-26.")
        return value.value

    def show(self, value: Any, known: Known) -> str:
        return value.isoformat() if value else ""


class Period(Column):
    """A date as exactly as its source: the attribute is one of the record's precise dates."""

    def read(self, text: str, known: Known) -> PreciseDate | None:
        return read_date(text) if text.strip() else None

    def show(self, value: Any, known: Known) -> str:
        return write_period(value) if value else ""

    @property
    def stored(self) -> tuple[str, ...]:
        return f"{self.attribute}_on", f"{self.attribute}_precision"


class One(Column):
    """One related record by slug or name."""

    def __init__(self, attribute: str, name: str, kind: str, where: str, **kwargs: Any) -> None:
        super().__init__(attribute, name, **kwargs)
        self.kind, self.where = kind, where

    def read(self, text: str, known: Known) -> Any:
        if not text.strip():
            return None
        names: Names = getattr(known, self.where)
        found = names.find(text)
        if found is None:
            raise ValueError(unknown(text.strip(), self.kind, names))
        return found

    def show(self, value: Any, known: Known) -> str:
        return value.slug if value else ""


class Several(One):
    """Related records, each by slug or name, in one cell."""

    def read(self, text: str, known: Known) -> list[Any]:
        names: Names = getattr(known, self.where)
        found, problems = {}, []
        for name, *_ in parts(text):
            record = names.find(name)
            if record is None:
                problems.append(unknown(name, self.kind, names))
            else:
                found[record.pk] = record
        if problems:
            raise ValueError(" ".join(problems))
        return list(found.values())

    def show(self, value: Any, known: Known) -> str:
        return "; ".join(sorted(record.slug for record in value))

    def get(self, record: Any) -> list[Any]:
        if self.attribute in draft(record):
            return draft(record)[self.attribute]
        return list(getattr(record, self.attribute).all()) if record.pk else []

    def put(self, record: Any, value: Any) -> None:
        draft(record)[self.attribute] = value

    @property
    def stored(self) -> tuple[str, ...]:
        return ()


class Told(Column):
    """What a sheet only tells, such as the state; it is never read from one."""

    def __init__(self, name: str, told: Callable[[Any], str], **kwargs: Any) -> None:
        super().__init__(name, readonly=True, **kwargs)
        self.told = told

    def get(self, record: Any) -> str:
        return self.told(record)


def draft(record: Any) -> dict[str, list[Any]]:
    """What a sheet wants of the record's related rows, until it is written."""
    return record.__dict__.setdefault("drafted", {})


class Part(NamedTuple):
    """A name in a cell; `marked` with a * behind it, `whole` in double quotes."""

    name: str
    marked: bool
    whole: bool = False


def parts(text: str) -> list[Part]:
    """The names in a cell, parted by “;”, “、” or a new line.

    A name in double quotes stays whole, whatever it holds.
    """
    found = []
    place = 0
    while place < len(text):
        part = PART.match(text, place)
        if part is None:
            break
        place = max(part.end(), place + 1)
        if part[1] is not None:
            found.append(Part(part[1].replace('""', '"'), bool(part[2]), True))
            continue
        name = part[3].strip()
        marked = name.endswith("*")
        name = name.rstrip("*").rstrip() if marked else name
        if name or marked:
            found.append(Part(name, marked))
    return found


def quoted(name: str, *, always: bool = False) -> str:
    """`name` so that `parts` gives it whole again; in double quotes only where it needs them."""
    if always or re.search(r'[;；、\n"*]|^\s|\s$', name):
        return '"' + name.replace('"', '""') + '"'
    return name


def read_date(text: str) -> PreciseDate:
    """The date that an editor or a Chinese list writes; raises ValueError in words."""
    typed = text.strip()
    period = read_period(typed)
    if period is not None:
        return PreciseDate(period[0], period[1].value)
    try:
        if day := DAY_FORMS.fullmatch(typed):
            year, month, number = (day[1], day[3], day[4]) if day[1] else (day[5], day[6], day[7])
            return PreciseDate.of(int(year), int(month), int(number))
        if found := MONTH_FORMS.fullmatch(typed):
            month = found[2] or found[3]
            return PreciseDate.of(int(found[1] or found[4]), int(month) if month else None)
    except ValueError as problem:
        raise ValueError(f"“{typed}” is no day of the calendar.") from problem
    if SWAPPED.fullmatch(typed):
        raise ValueError(f"“{typed}”: which is the day, which the month? Type it as 2024-04-26.")
    raise ValueError(f"“{typed}” {NO_DATE}")


def same(one: str, other: str) -> bool:
    """Whether two cells say the same; how their lines end does not matter."""
    return one == other or with_plain_ends(one) == with_plain_ends(other)


def _folded(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text.strip().casefold())
