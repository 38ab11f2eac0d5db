"""The figures of a bullet: which value, compared how, in which unit, since which year.

Years, dates and numbers that are part of a name (5G, C919, Version 2.0) are no
figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from .comparators import (
    baseline_after,
    comparator_after,
    compared,
    comparison_before,
    way_after,
)
from .datewords import without_dates
from .document import AT_LEAST, AT_MOST, BY, EXACTLY, Quantity
from .links import hidden_addresses
from .money import find_sums
from .multiples import MULTIPLE
from .numbers import NUMBER, number_value, plain, scale_value
from .units import PERCENT, percent_after, unit_after

FIGURE = re.compile(NUMBER, re.IGNORECASE)
FRACTION = re.compile(
    r"(?<![\w-])(?:(?P<two>two[- ]thirds)|(?P<three>three[- ]quarters)"
    r"|(?P<third>(?:a|one)[- ]third(?= of\b))|(?P<quarter>(?:a|one)[- ]quarter(?= of (?!an?\b)))"
    r"|(?P<half>(?<!first )(?<!second )half(?= of\b)|(?<=\bby )half(?! (?:an?|the|years?)\b)))"
    r"(?![\w-])",
    re.IGNORECASE,
)
FRACTIONS = {"two": "66.7", "three": "75", "third": "33.3", "quarter": "25", "half": "50"}
# Words that make the number after them part of a name.
NAMING = re.compile(
    r"(?:\b(?:version|top|levels?|phase|no\.|nos\.|number|articles?|chapter|section|industry|stage"
    r"|tier|class|grade|batch|figure|table|step|day|part|web|scope|euro|page|item|type|model|form"
    r"|group|generation|category|round|china|vision|agenda|order|announcement|beijing|covid)[ -]"
    r"|[A-Z][A-Za-z]{0,20}-|(?:19|20)[0-9]{2}[-–]|第|〔|/)$",
    re.IGNORECASE,
)
GLUED = re.compile(r"[A-Za-z_/]|[.,][0-9]|-[A-Za-z]|年|月|日|号|(?:st|nd|rd|th)\b")
UNREAD = re.compile(r"(?<![\w./,-])[0-9]{1,15}(?:[.,/:][0-9]{1,15}){1,5}(?!\w)")
LONE = re.compile(r"(?<![\w./,:-])[0-9]{1,15}(?![\w])")
YEAR_LEAD = re.compile(
    r"\b(?:in|by|for|until|since|of|from|to|before|after|the|than|through|and)$", re.I
)
BASE = re.compile(r"\b(?:up|down) from $", re.IGNORECASE)
RANGE = re.compile(r" ?(?:-|–|—|to|or) ?$")
# What follows the first word of "three to five", "one or two", "between three and five".
ON_TO = re.compile(rf"(?: (?:to|or) | ?[-–—] ?)(?:{NUMBER})", re.IGNORECASE)
AND_TO = re.compile(rf" and (?:{NUMBER})", re.IGNORECASE)
LONGEST_GAP = 200


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its place: that of the number, and that of the whole passage.

    `way` says which way a change goes; it is empty for a level.
    """

    number_start: int
    start: int
    end: int
    comparator: str
    value: Decimal
    unit: str
    way: str = ""
    scale: Decimal = Decimal(1)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every figure in `text`, in order, with the passage as printed."""
    plain_text = hidden_addresses(text)
    shown = without_dates(plain_text)
    figures = _ranges(shown, sorted(_figures(shown), key=lambda figure: figure.number_start))
    found = []
    for index, figure in enumerate(figures):
        limit = figures[index + 1].number_start if index + 1 < len(figures) else len(text)
        base = baseline_after(plain_text, figure.end, min(limit, figure.end + LONGEST_GAP))
        end = base[1] if base else figure.end
        passage = text[figure.start : end]
        year = base[0] if base else None
        found.append(Quantity(figure.comparator, figure.value, figure.unit, passage, year))
    return tuple(found)


def has_unread_digits(text: str) -> bool:
    """Whether `text` holds a number that is neither a date nor a figure nor part of a name."""
    if not UNREAD.search(without_dates(hidden_addresses(text))):
        return False
    shown = _without_figures(text)
    return any(
        not NAMING.search(shown[max(0, match.start() - 24) : match.start()])
        for match in UNREAD.finditer(shown)
    )


def has_lone_digits(text: str) -> bool:
    """Whether `text` holds digits that are no part of a date, a figure, a name or 文号."""
    shown = _without_figures(text)
    return any(
        not NAMING.search(shown[max(0, match.start() - 24) : match.start()])
        and not GLUED.match(shown, match.end())
        and not (len(match[0]) == 4 and match[0].startswith(("19", "20")))
        for match in LONE.finditer(shown)
    )


def has_unread_multiple(text: str) -> bool:
    """Whether `text` tells a figure as a multiple or a part that is not read ("double")."""
    return MULTIPLE.search(text) is not None and MULTIPLE.search(_without_figures(text)) is not None


def _without_figures(text: str) -> str:
    """The text with dates, addresses and all figures that are read blanked out."""
    shown = without_dates(hidden_addresses(text))
    for figure in list(_figures(shown)):
        shown = shown[: figure.start] + " " * (figure.end - figure.start) + shown[figure.end :]
    return shown


def _figures(text: str) -> Iterator[Figure]:
    taken: list[tuple[int, int]] = []
    for found in find_sums(text):
        taken.append((found.start, found.end))
        yield _figure(text, found.start, found.end, found.value, found.currency)
    for match in FRACTION.finditer(text):
        taken.append(match.span())
        value = Decimal(FRACTIONS[match.lastgroup or "half"])
        yield _figure(text, match.start(), match.end(), value, PERCENT)
    taken.sort()
    position = 0
    for match in FIGURE.finditer(text):
        while position < len(taken) and taken[position][1] <= match.start():
            position += 1
        if position < len(taken) and taken[position][0] < match.end():
            continue
        figure = _counted(text, match)
        if figure:
            yield figure


def _counted(text: str, match: re.Match[str]) -> Figure | None:
    percent = percent_after(text, match.end())
    value = number_value(match)
    if percent:
        return _figure(text, match.start(), percent[1], value, percent[0])
    if _is_name(text, match):
        return None
    unit, end = unit_after(text, match.end())
    scaled = match["scale"] or match["spelt_scale"] or match["half"]
    factor = Decimal(scale_value(match["scale"] or match["spelt_scale"] or ""))
    if match["spelt"] and _begins_range(text, match):
        return replace(_figure(text, match.start(), end, value, unit), scale=factor)
    is_figure = unit or comparison_before(text, match.start()).comparator != EXACTLY
    if not match["figures"] and not scaled and (not is_figure or value == 1):
        return None
    if not scaled and _is_year(text, match, unit):
        return None
    return replace(_figure(text, match.start(), end, value, unit), scale=factor)


def _begins_range(text: str, match: re.Match[str]) -> bool:
    """Whether a spelt number is the lower end of a range ("three to five")."""
    between = text[max(0, match.start() - 8) : match.start()].casefold() == "between "
    return (AND_TO if between else ON_TO).match(text, match.end()) is not None


def _figure(text: str, start: int, end: int, value: Decimal, unit: str) -> Figure:
    before = comparison_before(text, start)
    after = comparator_after(text, end)
    bound, way = before.comparator, before.way
    if after:
        unit, end = (unit, after[1]) if unit else unit_after(text, after[1])
        bound = compared(way, after[0])
    if not way and (way := way_after(text, end)):
        bound = compared(way, bound)
    return Figure(start, before.start, end, bound, value, unit, way)


def _is_name(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    if NAMING.search(before) and match["figures"]:
        return not match["scale"]
    if GLUED.match(text, match.end()) and not match["scale"]:
        return unit_after(text, match.end())[0] == ""
    return False


def _is_year(text: str, match: re.Match[str], unit: str) -> bool:
    figures = match["figures"] or ""
    if not (len(figures) == 4 and figures.isdigit() and 1900 <= int(figures) < 2100):
        return False
    led = YEAR_LEAD.search(text[max(0, match.start() - 12) : match.start()].rstrip())
    return bool(led) or int(figures) % 100 != 0 or not unit


def _ranges(text: str, figures: list[Figure]) -> list[Figure]:
    """Ranges made bounds ("20-30 percent"), and the starts of changes dropped.

    "from 10 to 20" and "20, up from 10" keep 20.
    """
    made: list[Figure] = []
    for figure in figures:
        last = made[-1] if made else None
        if last and BASE.search(text[max(0, figure.start - 12) : figure.start]):
            continue
        if last and last.comparator in (EXACTLY, BY) and figure.comparator == EXACTLY:
            made[-1:] = _range(text, last, figure)
        else:
            made.append(figure)
    return made


def _range(text: str, last: Figure, figure: Figure) -> list[Figure]:
    between = text[last.end : figure.start]
    lead = text[max(0, last.start - 8) : last.start].casefold()
    if lead.endswith("from ") and between.strip() == "to":
        return [figure]
    spans = lead == "between " and between == " and "
    spans = spans or last.end == figure.end
    if last.unit not in ("", figure.unit) or not (spans or RANGE.fullmatch(between)):
        return [last, figure]
    start, way = last.start, last.way
    if lead == "between ":
        before = comparison_before(text, start - 8)
        start, way = before.start, before.way
    way = way or figure.way
    low, value = compared(way, AT_LEAST), last.value
    if last.scale == 1 and not last.unit and value * figure.scale <= figure.value:
        # "two to three million"
        value = plain(value * figure.scale)
    return [
        replace(
            last,
            comparator=low,
            value=value,
            unit=figure.unit,
            start=start,
            end=figure.end,
            way=way,
        ),
        replace(figure, comparator=compared(way, AT_MOST), start=start, way=way),
    ]
