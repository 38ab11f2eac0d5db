"""Sums of money, their currency and their conversion."""

from __future__ import annotations

import pytest

from policies.newsletter.money import find_money


@pytest.mark.parametrize(
    ("text", "value", "currency", "eur"),
    [
        ("CNY 300 million (EUR 38.6 million)", "300000000", "CNY", "38600000"),
        ("40 CNY (5.16 EUR)", "40", "CNY", "5.16"),
        ("500-billion-yuan (approx. 65 billion euros)", "500000000000", "CNY", "65000000000"),
        ("RMB 20bn", "20000000000", "CNY", None),
        ("¥5,000", "5000", "CNY", None),
        ("3.5 billion yuan (USD 480 million)", "3500000000", "CNY", None),
        ("500亿元", "50000000000", "CNY", None),
        ("USD 1.2 billion", "1200000000", "USD", None),
        ("US$3m", "3000000", "USD", None),
        ("2 million US dollars", "2000000", "USD", None),
        ("HKD 8 million", "8000000", "HKD", None),
        ("€40 million", "40000000", "EUR", None),
        ("half a million euros", "500000", "EUR", None),
        ("100 million yen", "100000000", "JPY", None),
        ("CNY 20 million（约 EUR 2.6 million）", "20000000", "CNY", "2600000"),
    ],
)
def test_a_sum_is_read_with_its_currency_and_its_euros(text, value, currency, eur):
    (found,) = find_money(f"It offers {text} for ports.")
    assert (str(found.value), found.currency, found.text) == (value, currency, text)
    assert (str(found.eur) if found.eur is not None else None) == eur


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("CNY 20-30 million", ["20000000", "30000000"]),
        ("between 5 and 6 billion yuan", ["5000000000", "6000000000"]),
        ("CNY 20 billion, with a total of CNY 105 billion", ["20000000000", "105000000000"]),
        ("EUR 3 million and USD 4 million", ["3000000", "4000000"]),
    ],
)
def test_several_sums_and_the_ends_of_a_range_are_all_found(text, values):
    assert [str(one.value) for one in find_money(text)] == values


@pytest.mark.parametrize(
    "text", ["", "the euro zone", "57 percent", "a CNY bond", "40 hulls", "[5](https://e.org/€5x)"]
)
def test_what_is_no_sum_is_not_taken_for_one(text):
    assert find_money(text) == ()
