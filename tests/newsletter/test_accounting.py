"""No text breaks the parser, and none of its lines is lost or taken twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.newsletter import NotANewsletter, parse_issue
from policies.newsletter.lines import read_lines

PIECES = [
    "MAY 8, 2024 (REPORTING PERIOD: APRIL 2 - APRIL 30)",
    "January 3, 2025",
    "HARBOUR",
    "CONTENTS",
    "1. Ports: A plan..... 2",
    "HARBOUR TOP 5",
    "1. Ports: A plan",
    "2) Locks: Rules",
    "## Tolls",
    "At a glance: The MOT issued a plan. Targets for 2026 are:",
    "at a glance:",
    "At a glance",
    "HARBOUR comment: Fine.",
    "Our take",
    "**Comment** – Fine",
    "Article: Port Plan (港口方案 (试行)) ([Link](#))",
    "article:",
    "| Article | Plan (方案) |",
    "Issuing bodies: MOT, MIIT and six others",
    "Issuing body:",
    "MOT",
    "Date: April 26, 2024",
    "Date:",
    "Effective: soon",
    "文号：财〔2024〕1号",
    "Sources: [A](#), [B](https://example.org/)",
    "- Raise output by over 25 percent compared to 2023",
    "– cutting an hour",
    "• CNY 300 million (EUR 38.6 million)",
    "  ◦ nested",
    "1. numbered",
    "(2) numbered",
    "The rules take effect on June 1.",
    "a line that goes on",
    "NOTEWORTHY",
    "Policy news",
    "policy news:",
    "Corporate news",
    "Events",
    "- *April 2:* The MOF and MEE launched a fund ([MOF notice](#))",
    "_11 April:_ The MOT issued a list",
    "April 31: no such day",
    "4月2日：财政部发布通知",
    "- undated",
    "AUTHORS",
    "Authors: Ada Example and Bo Sample",
    "Ada Example",
    "Analyst, HARBOUR",
    "EDITORS",
    "PUBLISHER",
    "HARBOUR | Institute",
    "www.example.org",
    "From: Ada <ada@example.org>",
    "---------- Forwarded message ---------",
    "Page 3 of 7",
    "3",
    "Harbour Monthly | 3",
    "* * *",
    "[",
    "](#)",
    "((((",
    "“",
    "\u00ad",
    "\u2028x",
    "x" * 300,
    "工信部" * 50,
]
ENDS = ["\n", "\n\n", "\r\n", "\r", "\n\n\n", "\n    ", "\n\t", " ", "\x0b", "\x85"]


@st.composite
def newsletters(draw) -> str:
    """Text made of what newsletters are made of, in any order."""
    pieces = draw(st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=40))
    return "".join(piece + draw(st.sampled_from(ENDS)) for piece in pieces)


def check(text: str) -> None:
    lines = read_lines(text)
    try:
        issue = parse_issue(text)
    except NotANewsletter:
        return
    placed = [one.line for one in issue.placements]
    left = [one.line for one in issue.leftovers]
    assert sorted(placed + left) == [line.number for line in lines]
    texts = {line.number: line.text for line in lines}
    assert all(one.text == texts[one.line] for one in issue.leftovers)
    assert all(one.line is None or one.line in texts for one in issue.warnings)
    for item in issue.items:
        assert item.lines[0] in texts
        assert item.lines[1] in texts
        assert item.lines[0] <= item.lines[1]


@settings(max_examples=200, deadline=None)
@given(newsletters())
def test_a_text_made_of_a_newsletters_pieces_loses_no_line(text):
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=600))
def test_an_arbitrary_text_loses_no_line(text):
    check(text)


@settings(max_examples=100, deadline=None)
@given(newsletters(), st.text(max_size=100))
def test_an_arbitrary_text_after_a_head_and_an_item_loses_no_line(text, rest):
    check(f"{PIECES[0]}\n\n1. Ports\n\nAt a glance: x\n\n{text}{rest}")
