"""What a line is, and what is left of it when it is cleaned."""

from __future__ import annotations

import pytest

from policies.newsletter.lines import clean, join, read_lines


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_alike_whatever_ends_them(end):
    text = end.join(["one", "", "three", "  ", "five"])
    assert [(line.number, line.text, line.gap) for line in read_lines(text)] == [
        (1, "one", True),
        (3, "three", True),
        (5, "five", True),
    ]


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("semi\u00adconductor", "semiconductor"),
        ("zero\u200bwidth", "zerowidth"),
        ("a\u00a0b\tc   d", "a b c d"),
        ("\u3000全角\u3000", "全角"),
        ("a \\*star\\* and \\[bracket\\]", "a *star* and [bracket]"),
        ("\ufeff", ""),
    ],
)
def test_a_line_loses_what_cannot_be_seen(raw, cleaned):
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("two", "words", "two words"),
        ("港口", "方案", "港口方案"),
        ("港口（", "试行", "港口（试行"),
        ("港口", "plan", "港口 plan"),
        ("", "x", "x"),
    ],
)
def test_parts_are_joined_as_their_script_asks(first, second, joined):
    assert join(first, second) == joined


def test_tabs_count_as_indent():
    assert [line.indent for line in read_lines("a\n  b\n\tc")] == [0, 2, 4]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("high-", "tech firms", "high-tech firms"),
        ("small-", "and medium-sized", "small- and medium-sized"),
        ("ports -", "all of them", "ports - all of them"),
        ("2024-", "2026", "2024- 2026"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_goes_on_with_its_word(first, second, joined):
    assert join(first, second) == joined
