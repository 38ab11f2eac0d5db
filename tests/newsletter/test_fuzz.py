"""Texts damaged in every way go to the parser as they are: none breaks it, no line is lost."""

from __future__ import annotations

from random import Random

import pytest

from tests.fuzz.damage import OF_KIND, hostile
from tests.fuzz.sources import file_of
from tests.fuzz.trial import parsed

TEXTS, SLICE = 600, 100


def damaged(number: int) -> str:
    """A text damaged twice, and then strewn with hostile words."""
    chance = Random(f"text {number}")
    data = file_of("txt", number)
    for damage in chance.choices(OF_KIND["txt"], k=2):
        data = damage(chance, data or b" ")
    return hostile(chance, data).decode("utf-8", "surrogateescape")


@pytest.mark.parametrize("first", range(0, TEXTS, SLICE))
def test_no_damaged_text_breaks_the_parser_or_loses_a_line(first):
    outcomes = [parsed(damaged(number)) for number in range(first, first + SLICE)]
    assert "parsed" in outcomes
