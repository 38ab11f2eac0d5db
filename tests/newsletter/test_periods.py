"""The reporting period, and the years that dates leave out."""

from __future__ import annotations

from datetime import date

import pytest

from policies.newsletter.datewords import first_date
from policies.newsletter.periods import Times, coming, read_period, with_year

NEW_YEAR = Times(date(2025, 1, 24), date(2024, 12, 15), date(2025, 1, 20))


@pytest.mark.parametrize(
    ("text", "published", "period"),
    [
        ("APRIL 2 - APRIL 30", date(2024, 5, 8), ("2024-04-02", "2024-04-30")),
        ("April 2 to 30", date(2024, 5, 8), ("2024-04-02", "2024-04-30")),
        ("2 – 30 April 2024", None, ("2024-04-02", "2024-04-30")),
        ("DECEMBER 15 - JANUARY 20", date(2025, 1, 24), ("2024-12-15", "2025-01-20")),
        ("20 December 2023 – 31 January 2024", None, ("2023-12-20", "2024-01-31")),
        ("May 2024", date(2024, 6, 3), ("2024-05-01", "2024-05-31")),
        ("2024-04-02 - 2024-04-30", None, ("2024-04-02", "2024-04-30")),
    ],
)
def test_a_period_is_read_with_its_years(text, published, period):
    first, last = read_period(text, published)
    assert (first.isoformat(), last.isoformat()) == period


@pytest.mark.parametrize(
    "text", ["", "the spring", "April 30, 2024 - April 2, 2024", "May 2 - May 9"]
)
def test_what_is_no_period_or_lacks_its_year_is_unknown(text):
    assert read_period(text, None) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("December 20", "20 December 2024"),
        ("January 5", "5 January 2025"),
        ("December 10", "10 December 2024"),
        ("January 23", "23 January 2025"),
        ("March 3, 2023", "3 March 2023"),
    ],
)
def test_the_year_of_a_note_follows_from_a_period_over_new_year(text, day):
    assert str(with_year(first_date(text), NEW_YEAR)) == day


def test_without_a_period_a_date_lies_before_the_issue():
    times = Times(published=date(2025, 1, 24))
    assert str(with_year(first_date("December 20"), times)) == "20 December 2024"
    assert str(with_year(first_date("January 5"), times)) == "5 January 2025"


def test_without_any_date_of_the_issue_the_year_stays_unknown():
    assert with_year(first_date("April 10"), Times()) is None


def test_a_coming_date_lies_after_the_period_began():
    assert str(coming(first_date("March 1"), NEW_YEAR)) == "1 March 2025"
    assert str(coming(first_date("December 1"), NEW_YEAR)) == "1 December 2025"


def test_the_29th_of_february_falls_in_a_leap_year():
    times = Times(published=date(2025, 1, 24))
    assert str(with_year(first_date("February 29"), times)) == "29 February 2024"
