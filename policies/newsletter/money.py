"""Sums of money: "CNY 300 million (EUR 38.6 million)", "500-billion-yuan", "40 CNY (5.16 EUR)".

A sum in brackets after another is its conversion, not a sum of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .document import Money
from .links import hidden_addresses
from .numbers import NUMBER, number_value, plain

BEFORE = {
    "CNY": "CNY RMB ¥ ￥ CN¥",
    "EUR": "EUR €",
    "USD": "USD US$ $",
    "HKD": "HKD HK$",
    "JPY": "JPY JP¥",
    "GBP": "GBP £",
    "TWD": "TWD NT$",
    "KRW": "KRW ₩",
    "SGD": "SGD S$",
}
AFTER = {
    "CNY": "chinese yuan/yuan/renminbi/rmb/cny/人民币/元",
    "EUR": "euros/euro/eur/欧元/€",
    "USD": "us dollars/us dollar/u.s. dollars/us-dollars/dollars/dollar/usd/美元",
    "HKD": "hong kong dollars/hk dollars/hkd/港元",
    "JPY": "japanese yen/yen/jpy/日元",
    "GBP": "pounds sterling/british pounds/gbp/英镑",
    "TWD": "taiwan dollars/twd",
    "KRW": "korean won/krw",
    "SGD": "singapore dollars/sgd",
}
SIGNS = {sign: code for code, signs in BEFORE.items() for sign in signs.split()}
NAMES = {name: code for code, names in AFTER.items() for name in names.split("/")}
_SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
_NAME = "|".join(re.escape(name) for name in sorted(NAMES, key=len, reverse=True))

FIRST = re.compile(rf"(?<![A-Za-z])(?P<sign>{_SIGN})[ -]?(?={NUMBER})", re.IGNORECASE)
FIGURE = re.compile(NUMBER, re.IGNORECASE)
NAME = re.compile(rf"[ -]?(?P<name>{_NAME})(?![A-Za-z])", re.IGNORECASE)
TOKENS = sorted({token.casefold() for token in (*SIGNS, *NAMES)} - {"us dollars", "us dollar"})
CONVERSION = re.compile(
    r"\s?[(（]\s?(?:(?:or|equivalent to|equal to|i\.e\.|some|roughly|about|around|ca\.|circa"
    r"|approximately|approx\.?|almost|nearly|over|more than|≈|~|=|约)\s?){0,3}",
    re.IGNORECASE,
)
SHORT = re.compile(r" ?(?P<short>[kmb])(?![\w])", re.IGNORECASE)
SHORT_VALUES = {"k": 1000, "m": 10**6, "b": 10**9}
CLOSE = re.compile(r"[^()（）]{0,30}[)）]")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum with its place in the text; `end` is after its conversion."""

    start: int
    end: int
    value: Decimal
    currency: str
    eur: Decimal | None = None


def find_money(text: str) -> tuple[Money, ...]:
    """Every sum named in `text`, in order, with the passage as printed."""
    return tuple(
        Money(found.value, found.currency, text[found.start : found.end], found.eur)
        for found in find_sums(text)
    )


def find_sums(text: str) -> Iterator[Sum]:
    """Every sum named in `text`, in order, with its place."""
    lowered = text.lower()
    if not any(token in lowered for token in TOKENS):
        return
    text = hidden_addresses(text)
    position = 0
    for match in FIGURE.finditer(text):
        if match.start() < position:
            continue
        found = _sum_at(text, match)
        if found:
            found = _with_conversion(text, found)
            position = found.end
            yield found


def _sum_at(text: str, number: re.Match[str]) -> Sum | None:
    for size in range(5, 0, -1):
        sign = FIRST.match(text, max(0, number.start() - size))
        if sign and sign.end() == number.start():
            code = SIGNS[sign["sign"].upper()]
            short = SHORT.match(text, number.end()) if number["figures"] else None
            factor = SHORT_VALUES[short["short"].casefold()] if short else 1
            end = short.end() if short else number.end()
            return Sum(sign.start(), end, plain(number_value(number) * factor), code)
    name = NAME.match(text, number.end())
    if not name:
        return None
    return Sum(number.start(), name.end(), number_value(number), NAMES[name["name"].casefold()])


def _with_conversion(text: str, found: Sum) -> Sum:
    opening = CONVERSION.match(text, found.end)
    if not opening:
        return found
    number = FIGURE.search(text, opening.end(), opening.end() + 40)
    other = _sum_at(text, number) if number else None
    if other is None or other.start > opening.end() + 4:
        return found
    close = CLOSE.match(text, other.end)
    if not close:
        return found
    eur = other.value if other.currency == "EUR" and found.currency != "EUR" else None
    return Sum(found.start, close.end(), found.value, found.currency, eur)
