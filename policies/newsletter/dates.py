"""Dates that are only as exact as their source.

A newsletter says "2027", "April 2024" or "26 April 2024". A `PreciseDate`
keeps which of these was said: it holds the last day of the period meant, so
that sorting and "due within" come out right, and a precision, so that nobody
ever reads 31 December where the source only named a year.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

DAY, MONTH, QUARTER, YEAR = "day", "month", "quarter", "year"
PRECISIONS = (DAY, MONTH, QUARTER, YEAR)


def period_start(value: date, precision: str) -> date:
    """The first day of the day, month, quarter or year that holds `value`."""
    if precision == DAY:
        return value
    if precision == MONTH:
        return value.replace(day=1)
    if precision == QUARTER:
        return date(value.year, value.month - (value.month - 1) % 3, 1)
    return date(value.year, 1, 1)


def period_end(value: date, precision: str) -> date:
    """The last day of the day, month, quarter or year that holds `value`."""
    if precision == DAY:
        return value
    if precision == MONTH:
        month = value.month
    elif precision == QUARTER:
        month = value.month + 2 - (value.month - 1) % 3
    else:
        month = 12
    return date(value.year, month, calendar.monthrange(value.year, month)[1])


@dataclass(frozen=True, slots=True, order=True)
class PreciseDate:
    """A date known to the day, month, quarter or year.

    `value` is always the last day of its period: `PreciseDate.of(2027)` holds
    31 December 2027 with precision "year" and prints as "2027".
    """

    value: date
    precision: str = DAY

    def __post_init__(self) -> None:
        if self.precision not in PRECISIONS:
            raise ValueError(f"unknown precision {self.precision!r}")
        object.__setattr__(self, "value", period_end(self.value, self.precision))

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> PreciseDate:
        """The date of a year, a month or a day; raises ValueError if there is no such day."""
        if month is None:
            return cls(date(year, 12, 31), YEAR)
        if day is None:
            return cls(date(year, month, 1), MONTH)
        return cls(date(year, month, day), DAY)

    @property
    def start(self) -> date:
        """The first day of the period."""
        return period_start(self.value, self.precision)

    def __str__(self) -> str:
        if self.precision == YEAR:
            return str(self.value.year)
        if self.precision == QUARTER:
            return f"Q{(self.value.month + 2) // 3} {self.value.year}"
        if self.precision == MONTH:
            return f"{calendar.month_name[self.value.month]} {self.value.year}"
        return f"{self.value.day} {calendar.month_name[self.value.month]} {self.value.year}"
