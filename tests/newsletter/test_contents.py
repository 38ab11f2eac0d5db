"""The list of contents makes no items."""

from __future__ import annotations

import pytest

from policies.newsletter.contents import contents_lines, has_leader
from policies.newsletter.lines import read_lines
from policies.newsletter.rows import read_row

BODY = """
1. Ports: A plan

At a glance: x

2. Locks: Rules

At a glance: x

Policy news
"""


def entries(text: str) -> list[str]:
    """The lines of `text` that are taken for its list of contents."""
    rows = [read_row(line) for line in read_lines(text)]
    return [rows[index].text for index in sorted(contents_lines(rows))]


@pytest.mark.parametrize(
    "contents",
    [
        "CONTENTS\n\n1. Ports: A plan.....\t2\n2. Locks: Rules.....\t3\nPolicy news 4",
        "In this issue\n\n1. Ports: A plan\n2. Locks: Rules\nPolicy news",
        "Contents\n1. Ports: A plan 2\n2. Locks: Rules 3\nPolicy news 4",
        "Contents\n- [Ports: A plan](#a)\n- [Locks: Rules](#b)\n- Policy news",
    ],
    ids=["dots", "repeated", "numbers", "links"],
)
def test_a_list_is_known_by_numbers_of_pages_or_by_what_it_repeats(contents):
    body = BODY if "[" not in contents else BODY.replace("1. ", "## ").replace("2. ", "## ")
    assert len(entries(f"{contents}\n{body}")) == 3


def test_dots_before_a_number_of_a_page_are_enough_without_a_heading():
    assert entries("Ports . . . . . 2\nPorts ..... 3 of them") == ["Ports . . . . . 2"]
    assert has_leader("Ports……2")
    assert not has_leader("Ports 2")


def test_a_headline_wrapped_in_the_list_belongs_to_it():
    found = entries("CONTENTS\n\n1. Ports: A very long\nplan..... 2\n" + BODY)
    assert found == ["1. Ports: A very long", "plan..... 2"]


def test_an_issue_without_a_list_has_no_entries():
    assert entries(BODY) == []
