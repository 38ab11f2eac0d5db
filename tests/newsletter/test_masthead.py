"""The head of an issue."""

from __future__ import annotations

import pytest

from policies.newsletter import parse_issue
from policies.newsletter.drafts import Piece
from policies.newsletter.masthead import Masthead, read_masthead


def read(*lines: str) -> Masthead:
    return read_masthead([Piece(number, line, gap=True) for number, line in enumerate(lines, 1)])


@pytest.mark.parametrize(
    ("lines", "published", "start", "end"),
    [
        (
            ["MAY 8, 2024 (REPORTING PERIOD: APRIL 2 - APRIL 30)"],
            "2024-05-08",
            "2024-04-02",
            "2024-04-30",
        ),
        (
            ["JANUARY 24, 2025 (REPORTING PERIOD: DECEMBER 15 - JANUARY 20)"],
            "2025-01-24",
            "2024-12-15",
            "2025-01-20",
        ),
        (
            ["Harbour", "Issue of 3 June 2024", "Covering May 2024"],
            "2024-06-03",
            "2024-05-01",
            "2024-05-31",
        ),
        (
            ["Harbour Monthly | 14 January 2025", "10 December 2024 – 9 January 2025"],
            "2025-01-14",
            "2024-12-10",
            "2025-01-09",
        ),
        (
            ["MAY 8, 2024 (REPORTING PERIOD: APRIL 2", "- APRIL 30)"],
            "2024-05-08",
            "2024-04-02",
            "2024-04-30",
        ),
        (["2025年1月14日"], "2025-01-14", None, None),
        (["MARCH 2025"], None, None, None),
        (["Harbour"], None, None, None),
        ([], None, None, None),
    ],
)
def test_the_day_and_the_period_are_read_and_never_made_up(lines, published, start, end):
    times = read(*lines).times
    assert [one and one.isoformat() for one in (times.published, times.start, times.end)] == [
        published,
        start,
        end,
    ]


def test_the_title_is_what_is_left_in_up_to_four_lines():
    head = read("MAY 8, 2024", "HARBOUR", "China Industries")
    assert (head.title, head.first_line) == ("HARBOUR China Industries", "HARBOUR")


def test_what_is_unknown_is_doubted():
    told = {warning.text for warning in read("Harbour").warnings}
    assert told == {
        "the issue names no day of publication",
        "the issue names no reporting period",
    }


def test_a_period_that_is_not_understood_is_doubted():
    told = [one.text for one in read("May 8, 2024", "Reporting period: week 19").warnings]
    assert "the reporting period is not understood" in told


def test_the_day_and_the_period_are_read_from_the_end_of_an_issue_too():
    text = "Policy news\n\n- April 3: The MOF met.\n\nEDITORS\n\nAda Example\n\n"
    issue = parse_issue(text + "MAY 8, 2024 (REPORTING PERIOD: APRIL 2 - APRIL 30)")
    assert (str(issue.published), str(issue.items[0].date)) == ("2024-05-08", "3 April 2024")
    assert [one.role for one in issue.people] == ["Editor"]


def test_long_lines_are_left_over():
    head = read("Harbour", "A sentence that goes on. " * 12)
    assert [one.line for one in head.leftovers] == [2]
