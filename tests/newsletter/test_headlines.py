"""Which lines head a long item."""

from __future__ import annotations

import pytest

from policies.newsletter.headlines import before_glance, is_numbered_headline
from policies.newsletter.lines import read_lines
from policies.newsletter.rows import Row, read_row


def rows(text: str) -> list[Row]:
    return [read_row(line) for line in read_lines(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1. Ports: A plan\n\nAt a glance: x", 1),
        ("Ports: A plan\n\nAt a glance: x", 1),
        ("## Ports\n\nAT A GLANCE: x", 1),
        ("1. Ports: A plan that\ngoes on\n\nAt a glance: x", 2),
        ("1. Ports\n\nSummary: x", 1),
        ("Ports\n\nSummary: x", 0),
        ("It ends here.\n\nAt a glance: x", 0),
        ("- Ports\n\nAt a glance: x", 0),
        ("1. Ports\n\nA paragraph\n\nAt a glance: x", 0),
        ("1. Ports", 0),
    ],
)
def test_a_headline_stands_directly_before_its_summary(text, count):
    assert before_glance(rows(text), 0) == count


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("1. Ports\n\nThe MOT issued", True),
        ("1. Ports\n2. Locks", False),
        ("(1) Ports\n\nThe MOT", False),
        ("Ports\n\nThe MOT", False),
        ("1. Ports", False),
    ],
)
def test_a_number_alone_heads_an_item_where_no_list_goes_on(text, heads):
    assert is_numbered_headline(rows(text), 0) is heads
