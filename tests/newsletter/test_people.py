"""The people behind an issue."""

from __future__ import annotations

import pytest

from policies.newsletter.drafts import Piece
from policies.newsletter.people import is_name, people_on, read_people


def read(*groups: tuple[str, list[str]]) -> list[tuple[str, str]]:
    """Names and roles in groups of a heading and its lines."""
    pieces = [
        (heading, [Piece(number, line) for number, line in enumerate(lines, start=1)])
        for heading, lines in groups
    ]
    return [(one.name, one.role) for one in read_people(pieces)[0]]


def test_a_job_below_a_name_is_the_role_even_over_two_lines():
    lines = ["Ada Example", "Director Communications", "and Publications, HARBOUR"]
    assert read(("EDITORS", lines)) == [
        ("Ada Example", "Director Communications and Publications, HARBOUR")
    ]


def test_without_a_job_the_heading_is_the_role():
    assert read(("AUTHORS", ["Ada Example", "Bo Sample"])) == [
        ("Ada Example", "Author"),
        ("Bo Sample", "Author"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Ada Example, Analyst",
        "Ada Example (Analyst)",
        "Ada Example | Analyst",
        "- Ada Example – Analyst",
    ],
)
def test_a_job_on_the_line_of_the_name_is_the_role(line):
    assert read(("Author", [line])) == [("Ada Example", "Analyst")]


@pytest.mark.parametrize(
    "line", ["Ada Example, Bo Sample", "Ada Example and Bo Sample", "Ada Example; Bo Sample"]
)
def test_several_names_on_a_line_are_several_people(line):
    assert [one.name for one in people_on(line)] == ["Ada Example", "Bo Sample"]


def test_people_whom_a_page_end_ran_together_are_told_apart():
    groups = ("AUTHORS", ["Ada Example", "Analyst, HARBOUR"])
    torn = ["Bo Sample", "Director, HARBOUR Cy Other", "Editor, HARBOUR"]
    assert read(groups, ("EDITORS", torn)) == [
        ("Ada Example", "Analyst, HARBOUR"),
        ("Bo Sample", "Director, HARBOUR"),
        ("Cy Other", "Editor, HARBOUR"),
    ]


def test_a_line_that_names_nobody_is_left_over():
    people, _, left = read_people([("AUTHORS", [Piece(7, "x" * 200)])])
    assert (people, [one.line for one in left]) == ([], [7])


@pytest.mark.parametrize("name", ["Ada Example", "Vincent van Dijk", "Li Na", "J. Doe", "王小明"])
def test_names_are_names(name):
    assert is_name(name)


@pytest.mark.parametrize("text", ["Lead Analyst", "Ada", "and Publications", "10179 Berlin", ""])
def test_jobs_and_other_lines_are_none(text):
    assert not is_name(text)
