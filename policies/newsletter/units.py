"""What a figure counts: a unit of measure, or the noun after the number."""

from __future__ import annotations

import re

PERCENT, POINTS = "percent", "percentage points"
PERCENTS = re.compile(
    r"[ -]?(?:percentage points?|pp\b|个百分点)|[ -]?(?:percent\b|per cent\b|%|％|‰)", re.I
)
MEASURES = [
    "kW",
    "MW",
    "GW",
    "TW",
    "kWh",
    "MWh",
    "GWh",
    "TWh",
    "kV",
    "EFLOPS",
    "PFLOPS",
    "EFlops",
    "nm",
    "mm",
    "cm",
    "km",
    "kg",
    "Mt",
    "Gt",
    "GB",
    "TB",
    "PB",
    "EB",
    "ZB",
    "Gbps",
    "Mbps",
    "Tbps",
    "MPa",
    "GHz",
    "MHz",
    "tce",
    "m²",
    "m³",
    "km²",
    "km/h",
    "Wh/kg",
]
_MEASURES = "|".join(sorted(MEASURES, key=len, reverse=True))
MEASURE = re.compile(rf"[ -]?({_MEASURES})(?![A-Za-z])")
FULL = re.compile(
    r"-(gigawatt|megawatt|kilowatt|kilometer|kilometre|meter|metre|ton|tonne|mu|hectare)s?(?![a-z])",
    re.IGNORECASE,
)
WORD = re.compile(r" ([A-Za-z][A-Za-z'’&-]{0,30})(?![\w])")
SKIPPED = {"other", "more", "additional", "further", "new"}
_STOPS = (
    "a an the and or of to by in for per from with without at on as than that which who whose when"
    " where while if is are was were be been being has have had will would can could may might must"
    " should shall do does did not no nor but so into onto over under above below between among"
    " through throughout during before after until till since within across against about around"
    " compared relative versus vs via including such also both each every all any some most this"
    " these those its their his her our your it they we he she i up down out off less fewer"
    " higher lower only even just then there here annually yearly"
)
STOPS = set(_STOPS.split())


def percent_after(text: str, position: int) -> tuple[str, int] | None:
    """The percentage unit that follows a figure, and where it ends, or None."""
    match = PERCENTS.match(text, position)
    if not match:
        return None
    points = "point" in match[0] or "pp" in match[0] or "点" in match[0]
    return (POINTS if points else PERCENT), match.end()


def unit_after(text: str, position: int) -> tuple[str, int]:
    """The unit that follows a figure, and where it ends; "" where no noun follows."""
    match = MEASURE.match(text, position)
    if match:
        return match[1], match.end()
    full = FULL.match(text, position)
    if full:
        return f"{full[1].casefold()}s", full.end()
    words: list[str] = []
    end = position
    while len(words) < 2:
        word = WORD.match(text, end)
        if not word or word[1].casefold() in STOPS:
            break
        end = word.end()
        if word[1].casefold() not in SKIPPED:
            words.append(word[1].casefold())
        if words and _is_plural(words[-1]):
            break
    return (" ".join(words), end) if words else ("", position)


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "ous"))
