"""Bullets with the meaning that their lead-in gives them."""

from __future__ import annotations

import pytest

from policies.newsletter.drafts import Piece
from policies.newsletter.paragraphs import Layout, make_blocks
from policies.newsletter.points import Summary, kind_of, lead_in_start, read_summary


def read(*lines: str) -> Summary:
    """A summary of paragraphs and, where a line begins with a dash, bullets."""
    pieces = [
        Piece(number, line.removeprefix("- "), gap=True, bullet=line.startswith("- "))
        for number, line in enumerate(lines, start=1)
    ]
    return read_summary(make_blocks(pieces, Layout(80, spaced=True)))


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Targets for 2026 are", "target"),
        ("The plan names the following goals for 2027", "target"),
        ("To qualify, a product must", "criterion"),
        ("It makes the following changes to the goals of 2023", "change"),
        ("The scheme is open in the following areas", "scope"),
        ("The plan names these measures", "measure"),
        ("It said", "other"),
        ("目标", "target"),
    ],
)
def test_a_lead_in_says_what_its_bullets_are(heading, kind):
    assert kind_of(heading) == kind


def test_the_last_sentence_before_bullets_is_their_lead_in_and_no_part_of_the_summary():
    summary = read("The MOT set rules. Goals for 2027 are:", "- Ten ports", "- More")
    assert summary.text == "The MOT set rules."
    assert [(one.heading, one.kind, str(one.due)) for one in summary.points] == [
        ("Goals for 2027 are", "target", "2027")
    ] * 2


def test_a_bullets_own_deadline_wins_over_that_of_its_lead_in():
    summary = read("Goals for 2027 are:", "- Ten ports by the end of 2026")
    assert str(summary.points[0].due) == "2026"


def test_a_lead_in_with_a_deadline_alone_makes_targets():
    assert read("By 2027, ports shall:", "- Grow").points[0].kind == "target"
    assert read("Ports shall:", "- Grow").points[0].kind == "other"


def test_a_short_paragraph_in_bold_leads_in_without_a_colon():
    assert read("**What changes?**", "- All").points[0].heading == "What changes?"


def test_paragraphs_after_the_bullets_stay_in_the_summary_and_keep_their_place():
    summary = read("Goals:", "- One", "It takes effect soon.", "Measures:", "- Two")
    assert summary.text == "It takes effect soon."
    assert [(one.text, one.after_paragraph) for one in summary.points] == [("One", 0), ("Two", 1)]


def test_bullets_without_a_lead_in_are_points_of_no_known_kind():
    (point,) = read("It said so.", "- One").points
    assert (point.heading, point.kind, point.due) == ("", "other", None)


@pytest.mark.parametrize("text", ["It grew, e.g. in Hefei", "Mr. Li of Co. Ltd. said"])
def test_an_abbreviation_ends_no_sentence(text):
    assert lead_in_start(text) == 0


def test_a_bullet_of_endless_text_is_kept_but_not_read():
    (point,) = read("Goals:", "- " + "5 percent " * 1000).points
    assert len(point.text) > 5000
    assert point.quantities == ()
