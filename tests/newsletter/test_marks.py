"""Bullets, numbers, headings and emphasis at the edge of a line."""

from __future__ import annotations

import pytest

from policies.newsletter.marks import (
    after_bullet,
    after_number,
    is_heading_mark,
    is_rule,
    undecorated,
)


@pytest.mark.parametrize("mark", list("-*•–—·●▪◦‣○■►➢"))
def test_every_bullet_is_known(mark):
    assert after_bullet(f"{mark} Ports") == "Ports"


@pytest.mark.parametrize("mark", ["a)", "(b)", "iii)"])
def test_a_letter_in_brackets_is_a_bullet(mark):
    assert after_bullet(f"{mark} ports") == "ports"


def test_a_bullet_of_word_is_known_before_a_capital_alone():
    assert after_bullet("o Ports") == "Ports"
    assert after_bullet("o ports") is None


@pytest.mark.parametrize(
    "text", ["*April 2:* text", "**Bold** text", "-5 percent", "Ports", "-", ""]
)
def test_other_beginnings_are_no_bullets(text):
    assert after_bullet(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. One", (1, "One")),
        ("2) Two", (2, "Two")),
        ("(3) Three", (3, "Three")),
        ("4、四", (4, "四")),
        ("1.5 percent", None),
        ("2024. A year", None),
        ("A. One", None),
    ],
)
def test_a_list_number_is_told_from_a_figure(text, found):
    assert after_number(text) == found


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("## Heading", "Heading"),
        ("## Heading ##", "Heading"),
        ("**bold**", "bold"),
        ("_italic_", "italic"),
        ("***both***", "both"),
        ("*one* and *two*", "*one* and *two*"),
        ("**", "**"),
    ],
)
def test_decoration_is_taken_off_where_it_holds_all_of_a_line(text, bare):
    assert undecorated(text) == bare


def test_hashes_make_a_heading_only_with_words():
    assert is_heading_mark("# One")
    assert not is_heading_mark("###")


@pytest.mark.parametrize("text", ["---", "* * *", "_____", "|---|---|", "•"])
def test_a_drawn_line_is_a_rule(text):
    assert is_rule(text)
    assert not is_rule(text + " x")
