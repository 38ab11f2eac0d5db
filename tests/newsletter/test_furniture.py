"""Page numbers, running lines and contact lines."""

from __future__ import annotations

import pytest

from policies.newsletter.furniture import heads_mail, is_contact, is_page_mark, running_lines
from policies.newsletter.lines import read_lines
from policies.newsletter.rows import read_row


@pytest.mark.parametrize(
    "text", ["3", "- 3 -", "Page 3", "page 3 of 7", "3 / 7", "3|", "Seite 3", "第3页", "----"]
)
def test_page_numbers_and_rules_are_marks(text):
    assert is_page_mark(text)


@pytest.mark.parametrize("text", ["3 ports", "2024", "Page", "A", "1. Ports", "12345"])
def test_other_short_lines_are_none(text):
    assert not is_page_mark(text)


@pytest.mark.parametrize(
    "text",
    [
        "For more information, please contact:",
        "desk@example.org",
        "[desk@example.org](mailto:desk@example.org)",
        "Tel.: +49 30 1234",
        "www.example.org",
        "© 2031 Harbour",
        "Unsubscribe",
    ],
)
def test_ways_to_reach_the_publisher_are_contacts(text):
    assert is_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "From: Ada <ada@example.org>",
        "Sent: Monday, 5 May",
        "Subject: FW: The issue",
        "---------- Forwarded message ---------",
        "-----Original Message-----",
        "Begin forwarded message:",
        "Date: Wed, 4 Jun 2031 10:00",
        "Von: Ada",
    ],
)
def test_headers_of_mails_are_known(text):
    assert heads_mail(text)


def test_a_date_label_heads_no_mail():
    assert not heads_mail("Date: April 26, 2024")


def running(text: str) -> list[int]:
    """The numbers of the lines that run."""
    rows = [read_row(line) for line in read_lines(text)]
    return [rows[index].number for index in sorted(running_lines(rows))]


PAGE = "\n\nHarbour Monthly | {0}\n\nText of page {0}.\n"


def test_a_line_on_three_pages_runs_even_with_other_numbers():
    text = "Policy news\n" + "".join(PAGE.format(number) for number in (1, 2, 3))
    assert running(text) == [4, 9, 14]


def test_a_line_on_two_pages_does_not_run():
    assert running("Policy news\n" + PAGE.format(1) + PAGE.format(2)) == []


def test_a_sentence_that_stands_three_times_does_not_run():
    assert running("Policy news\n\n" + "The MOF said so.\n\n" * 3) == []


def test_the_title_above_all_headings_stays():
    text = "Harbour Monthly\n\nPolicy news\n" + "\n\nHarbour Monthly\n\nSome text.\n" * 3
    assert 1 not in running(text)
    assert len(running(text)) == 3
