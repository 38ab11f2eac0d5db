"""The words before and behind a figure that compare it."""

from __future__ import annotations

import pytest

from policies.newsletter.comparators import (
    baseline_after,
    comparator_after,
    compared,
    comparison_before,
)
from policies.newsletter.directions import DOWN, EITHER, UP
from policies.newsletter.document import ABOUT, AT_LEAST, AT_MOST, EXACTLY
from policies.vocabulary import Comparator


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("by over ", "change by at least"),
        ("growth of more than ", "increase by at least"),
        ("growth of no more than ", "increase by at most"),
        ("raise output by over ", "increase by at least"),
        ("reduction of at least ", "decrease by at least"),
        ("a reduction in road noise of at least ", "decrease by at least"),
        ("Cut noise by over ", "decrease by at least"),
        ("Lower emissions by at least ", "decrease by at least"),
        ("Shorten approval by no less than ", "decrease by at least"),
        ("fall more than ", "decrease by at least"),
        ("Bring emissions down by more than ", "decrease by at least"),
        ("Cut noise by up to ", "decrease by at most"),
        ("Reduce staff by less than ", "decrease by at most"),
        ("prices rise by no more than ", "increase by at most"),
        ("prices must not rise by more than ", "increase by at most"),
        ("yields must not fall by more than ", "decrease by at most"),
        ("the growth rate falls by at least ", "decrease by at least"),
        ("Raise the reduction rate by at least ", "increase by at least"),
        ("Cut rising costs by at least ", "decrease by at least"),
        ("Limit the increase in costs, and cut waste by over ", "decrease by at least"),
        ("Cut noise. Prices change by over ", "change by at least"),
        ("Raise output and, with the aim of reducing dust, cut fumes by over ",
         "decrease by at least"),
        ("Expand scrubbers with the aim of reducing dust by over ", "decrease by at least"),
        ("Raise yields of cut flowers by over ", "increase by at least"),
        ("Build low-carbon, cost-cutting plants by over ", "change by at least"),
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
)  # fmt: skip
def test_words_before_a_figure_compare_it(words, comparator):
    assert comparison_before(f"{words}5", len(words)).comparator == comparator


@pytest.mark.parametrize(
    ("words", "comparator"),
    [(" or more", "at least"), (" or less", "at most"), ("以上", "at least"), ("以内", "at most")],
)
def test_words_behind_a_figure_compare_it(words, comparator):
    assert comparator_after(f"5{words}", 1)[0] == comparator


def test_every_comparison_that_is_read_can_be_stored():
    read = {
        compared(way, bound)
        for way in ("", UP, DOWN, EITHER)
        for bound in (AT_LEAST, AT_MOST, EXACTLY, ABOUT)
    }
    assert read == set(Comparator.values)


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
