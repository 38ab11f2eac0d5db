"""Numbers in figures and words: "1,200", "3.5 million", "thirty", "half a million", "5万".

Gives the value alone. What is counted is left to `quantities` and `money`.
"""

from __future__ import annotations

import re
from decimal import Decimal

ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
ONES += " sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = {word: value for value, word in enumerate(ONES.split(), start=1)}
WORDS |= {word: value * 10 for value, word in enumerate(TENS.split(), start=2)}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "万亿": 10**12,
    "亿": 10**8,
    "万": 10**4,
}
DIGITS_ZH = {character: value for value, character in enumerate("一二三四五六七八九", 1)}
_ONE = "|".join(sorted(ONES.split(), key=len, reverse=True))
_TEN = "|".join(TENS.split())
SCALE = r"(?:dozen|hundred|thousand|million|billion|trillion|[mb]n\b|tn\b|万亿|亿|万)(?:s of)?"
# A figure does not begin inside a word (5G, C919), except behind a currency: "CNY20".
_CODES = ["CNY", "RMB", "EUR", "USD", "HKD", "JPY", "GBP", "TWD", "KRW", "SGD"]
_BEGIN = r"(?:(?<![A-Za-z0-9_.,])" + "".join(f"|(?<={code})" for code in _CODES) + ")"
_GROUPED = "[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,3}(?: [0-9]{3}){1,4}"
FIGURES = rf"{_BEGIN}(?:{_GROUPED}|[0-9]{{1,15}})(?:\.[0-9]{{1,9}})?(?![0-9])"
SPELT = rf"(?:{_TEN})(?:[- ](?:{_ONE}))?|{_ONE}"
# A number, with its scale where it has one: "5", "5 trillion", "five hundred thousand".
NUMBER = (
    rf"(?P<figures>{FIGURES})(?:[- ]?(?P<scale>{SCALE}))?"
    rf"|(?<![\w-])(?P<spelt>{SPELT})(?![a-z])"
    rf"(?:[- ](?P<spelt_scale>(?:hundred )?{SCALE})(?![a-z]))?"
    r"|(?<![\w-])(?P<half>half an?|a quarter of an?|an?) "
    r"(?P<half_scale>(?:hundred )?(?:dozen|hundred|thousand|million|billion|trillion))(?![a-z])"
)


def scale_value(words: str) -> int:
    """The factor that a scale stands for: 1 for none, 100,000 for "hundred thousand"."""
    value = 1
    for word in words.casefold().replace("-", " ").split():
        value *= SCALES.get(word, 1)
    return value


def spelt_value(words: str) -> int:
    """The value of a spelt number below one hundred: 25 for "twenty-five"."""
    return sum(WORDS[word] for word in words.casefold().replace("-", " ").split())


def number_value(match: re.Match[str]) -> Decimal:
    """The value of a match of NUMBER."""
    if match["figures"]:
        value = Decimal(match["figures"].replace(",", "").replace(" ", ""))
        return plain(value * scale_value(match["scale"] or ""))
    if match["spelt"]:
        return Decimal(spelt_value(match["spelt"]) * scale_value(match["spelt_scale"] or ""))
    part = {"h": "0.5", "q": "0.25"}.get(match["half"].casefold().removeprefix("a ")[0], "1")
    return plain(Decimal(part) * scale_value(match["half_scale"]))


def plain(value: Decimal) -> Decimal:
    """The value without an exponent and without zeros after the point: 38600000, not 3.86E+7."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    return value.normalize()


def chinese_value(figures: str) -> int | None:
    """The value of a Chinese numeral below one hundred, or of figures; None for any other."""
    if figures.isdecimal():
        return int(figures)
    tens, ten, ones = figures.rpartition("十")
    if not ten:
        return DIGITS_ZH.get(figures)
    return DIGITS_ZH.get(tens, 1) * 10 + DIGITS_ZH.get(ones, 0)
