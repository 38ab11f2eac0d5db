"""Two columns, a date and its precision, read and written as one `PreciseDate`.

How an editor types such a date, in a form or in a sheet, stands here too.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from policies.newsletter.dates import PreciseDate, period_end
from policies.vocabulary import Precision

from .words import WordField

_PERIODS = {
    Precision.YEAR: re.compile(r"(\d{4})"),
    Precision.QUARTER: re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE),
    Precision.MONTH: re.compile(r"(\d{4})-(0?[1-9]|1[0-2])"),
}


def read_period(text: str) -> tuple[date, Precision] | None:
    """The last day and the precision of "2027", "2027-Q2" or "2027-06"; None for other text."""
    for precision, pattern in _PERIODS.items():
        found = pattern.fullmatch(text.strip())
        if found and int(found[1]):
            part = int(found[2]) if found.lastindex == 2 else 1
            month = part * 3 if precision == Precision.QUARTER else part
            return period_end(date(int(found[1]), month, 1), precision), precision
    return None


def write_period(value: PreciseDate) -> str:
    """`value` as an editor types it: the shortest form that names its period."""
    day = value.value
    return {
        Precision.YEAR: f"{day.year:04}",
        Precision.QUARTER: f"{day.year:04}-Q{(day.month + 2) // 3}",
        Precision.MONTH: f"{day.year:04}-{day.month:02}",
    }.get(Precision(value.precision), day.isoformat())


class Precise:
    """Gives a record's `<name>_on` and `<name>_precision` as one `PreciseDate` or None."""

    def __init__(self, name: str) -> None:
        self.date_field = f"{name}_on"
        self.precision_field = f"{name}_precision"

    def __get__(self, record: Any, owner: type | None = None) -> Any:
        if record is None:
            return self
        value = getattr(record, self.date_field)
        if value is None:
            return None
        return PreciseDate(value, getattr(record, self.precision_field) or Precision.DAY.value)

    def __set__(self, record: Any, value: PreciseDate | None) -> None:
        setattr(record, self.date_field, value.value if value else None)
        setattr(record, self.precision_field, value.precision if value else "")


def date_field(verbose_name: str, help_text: str = "") -> models.DateField:
    """The column for the last day of the period meant."""
    return models.DateField(verbose_name, null=True, blank=True, db_index=True, help_text=help_text)


def precision_field() -> models.CharField:
    """The column for how exactly the date beside it is known."""
    return WordField(
        "precision",
        max_length=8,
        choices=Precision.choices,
        blank=True,
        default="",
        help_text="How exactly the source names the date. Left as typed: "
        "2027 is a year, 2027-06 a month, 2027-Q2 a quarter, 2027-06-30 a day.",
    )


def paired(model: str, *names: str) -> list[models.CheckConstraint]:
    """Constraints that a date has a precision and no precision stands without a date."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{name}_on__isnull": True, f"{name}_precision": ""})
            | Q(**{f"{name}_on__isnull": False, f"{name}_precision__in": Precision.values}),
            name=f"{model}_{name}_precise",
            violation_error_message="A date needs a precision, and a precision a date.",
        )
        for name in names
    ]


class PreciseDates(models.Model):
    """A record with such dates: whatever is saved becomes the end of its period."""

    precise_dates: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def settle_dates(self) -> None:
        """Make each date its period's end; a date without precision is a day."""
        for name in self.precise_dates:
            Precise(name).__set__(self, Precise(name).__get__(self))

    def clean(self) -> None:
        self.settle_dates()
        super().clean()

    def save(self, *args, **kwargs):
        self.settle_dates()
        super().save(*args, **kwargs)
