"""Short dated notes and the sources that end them."""

from __future__ import annotations

import pytest

from policies.newsletter import parse_issue
from policies.newsletter.notes import trailing_sources

HEAD = "MAY 8, 2024 (REPORTING PERIOD: APRIL 2 - APRIL 30)\n\nPolicy news\n\n"


@pytest.mark.parametrize(
    ("text", "summary", "labels"),
    [
        ("So. ([A](#))", "So. ", ["A"]),
        ("So ([A](#), [B](https://example.org/))", "So ", ["A", "B"]),
        ("So ([A](#)) ([B](#)).", "So ", ["A", "B"]),
        ("So ([A](#); [B](#) and [C](#))", "So ", ["A", "B", "C"]),
        ("So (MOF notice, Daily article)", "So ", ["MOF notice", "Daily article"]),
        ("So（财政部通知）", "So", ["财政部通知"]),
        ("So ([A](https://example.org/x_(1)))", "So ", ["A"]),
        ("So (EUR 5 million)", "So (EUR 5 million)", []),
        ("So (as it said in its notice)", "So (as it said in its notice)", []),
        ("So [A](#)", "So [A](#)", []),
        ("So ([A](#) and a lot of other words beside)", None, []),
    ],
)
def test_the_brackets_that_end_a_note_name_its_sources(text, summary, labels):
    cut, sources = trailing_sources(text)
    assert text[:cut] == (text if summary is None else summary)
    assert [one.label for one in sources] == labels


@pytest.mark.parametrize(
    "label",
    [
        "*April 9:*",
        "**April 9:**",
        "_9 April:_",
        "April 9:",
        "Apr. 9 –",
        "April 9 |",
        "4月9日：",
        "2024-04-09:",
        "*April 9, 2024:*",
    ],
)
@pytest.mark.parametrize("bullet", ["- ", "• ", "1. ", ""])
def test_a_note_is_dated_however_its_date_is_set(label, bullet):
    (item,) = parse_issue(f"{HEAD}{bullet}{label} The MOF issued a plan").items
    assert (str(item.date), item.summary) == ("9 April 2024", "The MOF issued a plan")


def test_a_note_that_begins_with_on_and_a_day_has_that_day():
    (item,) = parse_issue(f"{HEAD}- On April 9, the MOF issued a plan").items
    assert (str(item.date), item.issuing_bodies) == ("9 April 2024", ("MOF",))


def test_notes_below_a_day_of_its_own_have_that_day():
    text = f"{HEAD}April 9\n\n- The MOF issued a plan\n- The MEE issued a list\n\nApril 10\n\n- x"
    days = [str(item.date) for item in parse_issue(text).items]
    assert days == ["9 April 2024", "9 April 2024", "10 April 2024"]


def test_a_second_paragraph_of_a_note_is_known_by_its_indent():
    text = f"{HEAD}- April 9: The MOF met.\n\n  And so on ([A](#)).\n\nAnd no more."
    issue = parse_issue(text)
    assert issue.items[0].summary == "The MOF met. And so on"
    assert [one.text for one in issue.leftovers] == ["And no more."]


def test_a_note_of_several_days_has_the_first_and_a_warning():
    issue = parse_issue(f"{HEAD}- April 9-11: The MOF met")
    assert str(issue.items[0].date) == "9 April 2024"
    assert "5: the note names several days: the first is taken" in [
        f"{one.line}: {one.text}" for one in issue.warnings
    ]


def test_a_note_broken_by_the_end_of_a_page_is_one():
    text = f"{HEAD}- April 9: The MOF\n\n7\n\nissued a plan ([MOF](#))\n- April 10: The MOT met"
    issue = parse_issue(text)
    assert [item.lines for item in issue.items] == [(5, 9), (10, 10)]
    assert issue.items[0].summary == "The MOF issued a plan"
