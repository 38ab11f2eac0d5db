"""By when: deadlines of bullets and of the lead-ins above them."""

from __future__ import annotations

import pytest

from policies.newsletter.deadlines import find_deadlines, heading_deadline


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("by 2027", "2027"),
        ("by the year 2027", "2027"),
        ("by the end of 2026", "2026"),
        ("by end-2026", "2026"),
        ("by late 2026", "2026"),
        ("before the end of June 2026", "June 2026"),
        ("no later than 1 March 2025", "1 March 2025"),
        ("by Q3 2025", "Q3 2025"),
        ("until March 2025", "March 2025"),
        ("到2027年", "2027"),
        ("2027年底前", "2027"),
    ],
)
def test_a_deadline_is_as_exact_as_it_is_printed(text, due):
    assert [str(one) for one in find_deadlines(f"Reach it {text}, at last")] == [due]


@pytest.mark.parametrize(
    "text", ["by 25 percent compared to 2023", "in 2023", "by June", "bye 2027"]
)
def test_other_years_are_no_deadlines(text):
    assert find_deadlines(text) == []


@pytest.mark.parametrize(
    ("heading", "due"),
    [
        ("Targets for 2026 are", "2026"),
        ("The plan names the following goals for 2027", "2027"),
        ("By the end of 2026, ports shall", "2026"),
        ("Goals to 2030", "2030"),
        ("Goals for 2024-2026", "2026"),
    ],
)
def test_a_lead_in_gives_its_bullets_a_deadline(heading, due):
    assert str(heading_deadline(heading)) == due


def test_a_lead_in_about_the_past_gives_none():
    assert heading_deadline("Changes compared to the version of August 2023") is None
