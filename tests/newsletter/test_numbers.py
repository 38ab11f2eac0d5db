"""Numbers in figures and in words."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from policies.newsletter.numbers import NUMBER, number_value, plain, scale_value

FIND = re.compile(NUMBER, re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", "5"),
        ("1,200", "1200"),
        ("1 200", "1200"),
        ("12,345,678", "12345678"),
        ("3.5 million", "3500000"),
        ("0.25", "0.25"),
        ("500-billion", "500000000000"),
        ("20bn", "20000000000"),
        ("1.5tn", "1500000000000"),
        ("5万", "50000"),
        ("3亿", "300000000"),
        ("thirty", "30"),
        ("twenty-five", "25"),
        ("five hundred thousand", "500000"),
        ("half a million", "500000"),
        ("a hundred", "100"),
        ("a dozen", "12"),
        ("CNY20", "20"),
    ],
)
def test_a_number_has_the_value_it_is_read_with(text, value):
    assert number_value(FIND.search(text)) == Decimal(value)


@pytest.mark.parametrize("text", ["5G", "C919", "tension", "a car", "v1", "someone"])
def test_a_number_inside_a_word_is_none(text):
    match = FIND.search(text)
    assert match is None or not match["figures"] or match.end() < len(text)


def test_scales_multiply():
    assert scale_value("hundred thousand") == 100_000
    assert scale_value("") == 1


def test_a_value_prints_without_exponent_and_without_idle_zeros():
    assert str(plain(Decimal("3.86E+7"))) == "38600000"
    assert str(plain(Decimal("2.50"))) == "2.5"
