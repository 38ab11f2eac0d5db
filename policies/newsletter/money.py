"""Sums of money: "CNY 300 million (EUR 38.6 million)", "500-billion-yuan", "40 CNY (5.16 EUR)".

A sum in brackets after another is its conversion, not a sum of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from .document import Money
from .links import hidden_addresses
from .numbers import NUMBER, number_value, plain, scale_value

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

SIGN = re.compile(rf"(?<![A-Za-z])(?P<sign>{_SIGN})[ -]?$", re.IGNORECASE)
FIGURE = re.compile(NUMBER, re.IGNORECASE)
NAME = re.compile(rf"[ -]?(?P<name>{_NAME})(?![A-Za-z])", re.IGNORECASE)
# A currency in any case: variants instead of a flag, which makes the search slow.
_TOKENS = {
    form(token) for token in (*SIGNS, *NAMES) for form in (str.lower, str.upper, str.capitalize)
}
TOKEN = re.compile("|".join(map(re.escape, sorted(_TOKENS, key=len, reverse=True))))
# How far from the name of its currency a sum's number begins or ends, at most.
REACH = 80
CONVERSION = re.compile(
    r"\s?[(（]\s?(?:(?:or|equivalent to|equal to|i\.e\.|some|roughly|about|around|ca\.|circa"
    r"|approximately|approx\.?|almost|nearly|over|more than|≈|~|=|约)\s?){0,3}",
    re.IGNORECASE,
)
SHORT = re.compile(r" ?(?P<short>[kmb])(?![\w])", re.IGNORECASE)
DASH = re.compile(r" ?(?:-|–|—|to) ?")
AND = re.compile(r" and ")
MOST = 1000
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
    """The sums named in `text`, in order, with the passage as printed; the first 1,000 of them."""
    return tuple(
        Money(found.value, found.currency, text[found.start : found.end], found.eur)
        for found in islice(find_sums(text), MOST)
    )


def find_sums(text: str) -> Iterator[Sum]:
    """Every sum named in `text`, in order, with its place; a range gives its two ends."""
    text = hidden_addresses(text)
    position = 0
    for match in _figures(text):
        if match.start() < position:
            continue
        found = _range_at(text, match)
        if not found:
            alone = _sum_at(text, match)
            found = [_with_conversion(text, alone)] if alone else []
        if found:
            position = found[-1].end
            yield from found


def _figures(text: str) -> Iterator[re.Match[str]]:
    """The numbers near the name of a currency."""
    spans: list[tuple[int, int]] = []
    for token in TOKEN.finditer(text):
        start, end = max(0, token.start() - REACH), token.end() + REACH
        if spans and start <= spans[-1][1]:
            start = spans.pop()[0]
        spans.append((start, end))
    for start, end in spans:
        yield from FIGURE.finditer(text, start, end)


def _range_at(text: str, low: re.Match[str]) -> list[Sum]:
    """The two sums of a range such as "CNY 20-30 billion", or none."""
    between = text[max(0, low.start() - 8) : low.start()].casefold() == "between "
    dash = (AND if between else DASH).match(text, low.end())
    high = FIGURE.match(text, dash.end()) if dash else None
    if high is None or not (low["figures"] and high["figures"]):
        return []
    before = max(0, low.start() - 6)
    sign = SIGN.search(text[before : low.start()])
    name = NAME.match(text, high.end())
    if sign:
        start, end, code = before + sign.start(), high.end(), SIGNS[sign["sign"].upper()]
    elif name:
        start, end, code = low.start(), name.end(), NAMES[name["name"].casefold()]
    else:
        return []
    end = _with_conversion(text, Sum(start, end, number_value(high), code)).end
    scale = 1 if low["scale"] else scale_value(high["scale"] or "")
    return [
        Sum(start, end, plain(number_value(low) * scale), code),
        Sum(start, end, number_value(high), code),
    ]


def _sum_at(text: str, number: re.Match[str]) -> Sum | None:
    before = max(0, number.start() - 6)
    sign = SIGN.search(text[before : number.start()])
    if sign:
        code = SIGNS[sign["sign"].upper()]
        short = SHORT.match(text, number.end()) if number["figures"] else None
        factor = SHORT_VALUES[short["short"].casefold()] if short else 1
        end = short.end() if short else number.end()
        value = plain(number_value(number) * factor)
        return Sum(before + sign.start(), end, value, code)
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
