"""From when a document is in effect."""

from __future__ import annotations

from datetime import date

import pytest

from policies.newsletter.effective import find_effective
from policies.newsletter.periods import Times

TIMES = Times(date(2025, 1, 14), date(2024, 12, 10), date(2025, 1, 9))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The rules come into effect on June 1, 2025.", "1 June 2025"),
        ("They enter into force on 1 March 2025.", "1 March 2025"),
        ("It takes effect March 1.", "1 March 2025"),
        ("It takes effect on January 1.", "1 January 2025"),
        ("It took effect on November 5.", "5 November 2024"),
        ("They have been in force since December 20.", "20 December 2024"),
        ("Effective from July 2025, ports pay.", "July 2025"),
        ("effective 2026", "2026"),
        ("自2025年3月1日起施行", "1 March 2025"),
        ("The scheme will be implemented from 1 May 2025.", "1 May 2025"),
    ],
)
def test_a_sentence_says_from_when_a_document_is_in_effect(text, day):
    assert str(find_effective(text, TIMES)) == day


@pytest.mark.parametrize(
    "text",
    ["", "an effective plan", "implemented in 2023", "by June 2025", "take effect soon, by law"],
)
def test_other_sentences_say_nothing_of_it(text):
    assert find_effective(text, TIMES) is None


def test_without_the_times_of_the_issue_no_year_is_made_up():
    assert find_effective("It takes effect on March 1.", Times()) is None
