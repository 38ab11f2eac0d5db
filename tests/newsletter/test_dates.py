"""Dates keep how exactly they are known."""

from __future__ import annotations

from datetime import date

import pytest

from policies.newsletter.dates import MONTH, QUARTER, YEAR, PreciseDate


@pytest.mark.parametrize(
    ("parts", "last", "printed"),
    [
        ((2027,), date(2027, 12, 31), "2027"),
        ((2024, 2), date(2024, 2, 29), "February 2024"),
        ((2024, 4, 26), date(2024, 4, 26), "26 April 2024"),
    ],
)
def test_a_date_holds_the_last_day_of_its_period_and_prints_as_said(parts, last, printed):
    made = PreciseDate.of(*parts)
    assert (made.value, str(made)) == (last, printed)


@pytest.mark.parametrize(
    ("precision", "first"),
    [(YEAR, date(2025, 1, 1)), (QUARTER, date(2025, 7, 1)), (MONTH, date(2025, 8, 1))],
)
def test_a_period_begins_on_its_first_day(precision, first):
    assert PreciseDate(date(2025, 8, 9), precision).start == first


def test_a_quarter_prints_as_its_number():
    assert str(PreciseDate(date(2025, 8, 9), QUARTER)) == "Q3 2025"


def test_a_day_that_no_calendar_has_is_refused():
    with pytest.raises(ValueError, match="day"):
        PreciseDate.of(2023, 2, 29)


def test_an_unknown_precision_is_refused():
    with pytest.raises(ValueError, match="decade"):
        PreciseDate(date(2025, 1, 1), "decade")


def test_dates_sort_by_the_end_of_their_period():
    year, day = PreciseDate.of(2025), PreciseDate.of(2025, 6, 1)
    assert sorted([year, day]) == [day, year]
