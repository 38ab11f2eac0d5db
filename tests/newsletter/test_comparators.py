"""The words before and behind a figure that compare it."""

from __future__ import annotations

import pytest

from policies.newsletter.comparators import baseline_after, comparator_after, comparison_before


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("by over ", "increase by at least"),
        ("growth of more than ", "increase by at least"),
        ("by ", "change by"),
        ("reduce ", "change by"),
        ("at least ", "at least"),
        ("no less than ", "at least"),
        ("exceeding ", "at least"),
        ("超过", "at least"),
        ("up to ", "at most"),
        ("no more than ", "at most"),
        ("不超过", "at most"),
        ("around ", "about"),
        ("~", "about"),
        ("to ", "equal"),
        ("", "equal"),
        ("handover ", "equal"),
    ],
)
def test_words_before_a_figure_compare_it(words, comparator):
    assert comparison_before(f"{words}5", len(words)).comparator == comparator


@pytest.mark.parametrize(
    ("words", "comparator"),
    [(" or more", "at least"), (" or less", "at most"), ("以上", "at least"), ("以内", "at most")],
)
def test_words_behind_a_figure_compare_it(words, comparator):
    assert comparator_after(f"5{words}", 1)[0] == comparator


def test_other_words_behind_a_figure_do_not():
    assert comparator_after("5 orders", 1) is None


@pytest.mark.parametrize(
    "words",
    [" compared to 2023", " from 2023 levels", " on 2023", " over the 2023 level", " versus 2023"],
)
def test_a_year_that_a_change_is_counted_from_is_its_base(words):
    text = f"by 5 percent{words}"
    found = baseline_after(text, len("by 5 percent"), len(text))
    assert found is None or found[0] == 2023
    assert found is not None or words == " over the 2023 level"


def test_a_deadline_is_no_base():
    assert baseline_after("5 percent by 2027", 9, 17) is None
