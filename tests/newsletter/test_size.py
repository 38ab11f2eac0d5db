"""Large texts are read, and what is no newsletter is refused."""

from __future__ import annotations

import pytest

from policies.newsletter import NotANewsletter, parse_issue

HEAD = "MAY 8, 2024 (REPORTING PERIOD: APRIL 2 - APRIL 30)\n\nHARBOUR\n\n"
ITEM = """\
{0}. Ports: A plan for ports

At a glance: The MOT issued a plan for ports. Targets for 2027 are:

- Raise output by over 25 percent compared to 2023, to more than 1,200 ships and 40 ports
- Spend CNY 300 million (EUR 38.6 million) on locks, gates and lights along the lower river

HARBOUR comment: {1}

Article: Port Plan (港口方案 (试行)) ([Link](#))

Issuing bodies: MOT, MIIT, NDRC

Date: April 26, 2024

"""
COMMENT = "The plan is bold, and nobody says who pays for it in the end, ports or provinces. " * 20


def test_ten_megabytes_are_read_whole():
    item = ITEM.format(1, COMMENT)
    count = 10_000_000 // len(item.encode())
    issue = parse_issue(HEAD + item * count)
    assert len(issue.items) == count
    assert {len(item.points) for item in issue.items} == {2}
    assert issue.leftovers == ()


@pytest.mark.parametrize(
    "piece", ["(", "[", "*", "1,", "[a](", "by the ", "April 3, ", "工信部", "\t", "5 yuan ("]
)
def test_an_endless_run_of_anything_is_read(piece):
    text = f"{HEAD}1. Ports\n\nAt a glance: x\n\nArticle: {piece * (1_000_000 // len(piece))}"
    assert len(parse_issue(text).items) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n",
        "A recipe\n\nTake two eggs.\n\n- flour\n- milk",
        "Dear Ada,\n\nsee you on April 3, 2024.\n",
        "import os\n\nprint(1)\n",
        "MAY 8, 2024",
        "a\n" * 200_001,
    ],
    ids=["empty", "blank", "recipe", "letter", "code", "date", "lines"],
)
def test_what_is_no_newsletter_is_refused_in_one_line(text):
    with pytest.raises(NotANewsletter) as caught:
        parse_issue(text)
    assert str(caught.value).startswith("no newsletter")
    assert "\n" not in str(caught.value)
