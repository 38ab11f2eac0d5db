"""Every form in which newsletters print a date is found, and nothing else is."""

from __future__ import annotations

import pytest

from policies.newsletter.datewords import find_dates, find_years, first_date, without_dates


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("April 26, 2024", "26 April 2024"),
        ("26 April 2024", "26 April 2024"),
        ("Apr. 26, 2024", "26 April 2024"),
        ("APRIL 26 2024", "26 April 2024"),
        ("April 02, 2024", "2 April 2024"),
        ("26th of April, 2024", "26 April 2024"),
        ("Sept. 3rd, 2024", "3 September 2024"),
        ("2024-04-26", "26 April 2024"),
        ("2024/4/26", "26 April 2024"),
        ("26.04.2024", "26 April 2024"),
        ("2024年4月26日", "26 April 2024"),
        ("2024 年 4 月", "April 2024"),
        ("April 2024", "April 2024"),
        ("Q3 2025", "Q3 2025"),
        ("third quarter of 2025", "Q3 2025"),
        ("the second half of 2025", "Q4 2025"),
        ("H1 2025", "Q2 2025"),
        ("some time in 2024", "2024"),
    ],
)
def test_a_printed_date_is_read_as_exactly_as_it_is_printed(text, date):
    assert str(first_date(text).precise()) == date


@pytest.mark.parametrize(
    "text",
    ["", "it may 3 times", "1,200 ships", "version 2.0", "Marching 5", "20241", "〔2024〕53号"],
)
def test_what_is_no_date_is_not_taken_for_one(text):
    assert first_date(text) is None


def test_a_date_without_a_year_is_found_and_stays_without():
    found = first_date("on April 10")
    assert (found.month, found.day, found.year, found.precise()) == (4, 10, None, None)


def test_a_day_that_no_calendar_has_is_no_date():
    assert first_date("February 30, 2024").precise() is None


def test_all_dates_of_a_text_are_found_in_order():
    found = [str(one.in_year(2024).precise()) for one in find_dates("April 2 - April 30, May 8")]
    assert found == ["2 April 2024", "30 April 2024", "8 May 2024"]


def test_years_alone_are_found_apart_from_other_numbers():
    text = "from 2023 to 2027, 2,024 of 2030-odd, A2025"
    assert [one.year for one in find_years(text)] == [2023, 2027, 2030]


def test_blanked_dates_leave_all_else_in_place():
    text = "by June 2026 reach 40"
    shown = without_dates(text)
    assert "2026" not in shown
    assert shown.index("40") == text.index("40")
