"""Finding dates in running text, in the forms that newsletters print.

Gives what is printed: a date may lack its year or name no real day. Which
year is meant is left to `periods`, which date counts to the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .dates import QUARTER, PreciseDate

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMES = (
    "January|February|March|April|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
# "may" in small letters is a verb.
MONTH = rf"(?:{NAMES}|{NAMES.upper()}|{NAMES.lower()}|May|MAY)\b\.?"
DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?(?![0-9%])"
YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}

DATE = re.compile(
    rf"(?<![^\W_])(?:"
    rf"(?P<m1>{MONTH}) ?(?P<d1>{DAY})(?:,? (?P<y1>{YEAR}))?"
    rf"|(?P<m3>{MONTH}),? (?:of )?(?P<y3>{YEAR})"
    rf"|(?P<d2>{DAY})(?: of)? (?P<m2>{MONTH})(?:,? (?P<y2>{YEAR}))?"
    rf"|(?P<y4>{YEAR})(?P<sep>[-/.])(?P<n4>[0-9]{{1,2}})(?P=sep)(?P<d4>[0-9]{{1,2}})(?![0-9])"
    r"|(?P<d5>[0-9]{1,2})\.(?P<n5>[0-9]{1,2})\.(?P<y5>(?:19|20)[0-9]{2})(?![0-9])"
    r"|Q(?P<q7>[1-4])(?: of)? ?(?P<y7>(?:19|20)[0-9]{2})(?![0-9])"
    r"|(?:the )?(?P<q8>first|second|third|fourth|last) quarter of (?P<y8>(?:19|20)[0-9]{2})"
    r"|(?:the )?(?P<h9>first|second) half of (?P<y9>(?:19|20)[0-9]{2})"
    r"|H(?P<h10>[12]) (?P<y10>(?:19|20)[0-9]{2})(?![0-9])"
    r")"
    r"|(?:(?P<y6>(?:19|20)[0-9]{2}) ?年 ?)?(?<![0-9])(?P<n6>[0-9]{1,2}) ?月"
    r"(?: ?(?P<d6>[0-9]{1,2}) ?日)?"
)
BARE_YEAR = re.compile(
    r"(?<![\w.,/〔\[-])(?:19|20)[0-9]{2}(?![\w%〕\]]|[.,][0-9])|(?:19|20)[0-9]{2}(?= ?年)"
)
# The groups of each form: month, day, year; and part of the year, year, quarters in the part.
NAMED = (("m1", "d1", "y1"), ("m2", "d2", "y2"), ("m3", None, "y3"))
FIGURED = (("n4", "d4", "y4"), ("n5", "d5", "y5"), ("n6", "d6", "y6"))
PARTS = (("q7", "y7", 1), ("q8", "y8", 1), ("h9", "y9", 2), ("h10", "y10", 2))


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date as printed, with its place in the text; what is not printed is None."""

    start: int
    end: int
    year: int | None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None

    def precise(self) -> PreciseDate | None:
        """The date meant, or None where the year is missing or there is no such day."""
        if self.year is None:
            return None
        try:
            if self.quarter:
                return PreciseDate(date(self.year, self.quarter * 3, 1), QUARTER)
            return PreciseDate.of(self.year, self.month, self.day)
        except ValueError:
            return None

    def in_year(self, year: int) -> DateWords:
        """The same day and month in a given year."""
        return DateWords(self.start, self.end, year, self.month, self.day, self.quarter)


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[DateWords]:
    """The dates in `text`, in order; a year alone is not among them (see `find_years`)."""
    for match in DATE.finditer(text, start, len(text) if end is None else end):
        yield _read(match)


def find_years(text: str) -> Iterator[DateWords]:
    """The years in `text` that stand alone."""
    for match in BARE_YEAR.finditer(text):
        yield DateWords(match.start(), match.end(), int(match[0][:4]))


def without_dates(text: str) -> str:
    """The text with its dates blanked out and everything else kept in its place."""
    return DATE.sub(lambda match: " " * len(match[0]), text)


def first_date(text: str) -> DateWords | None:
    """The first date in `text`, else the first year that stands alone, else None."""
    return next(find_dates(text), None) or next(find_years(text), None)


def date_at(text: str, position: int) -> DateWords | None:
    """The date that stands in `text` exactly at `position`, or None."""
    match = DATE.match(text, position)
    return _read(match) if match else None


def _read(match: re.Match[str]) -> DateWords:
    start, end = match.span()
    for month, day, year in NAMED:
        if match[month]:
            number = MONTHS.index(match[month][:3].casefold()) + 1
            return DateWords(
                start, end, _int(match[year]), number, _int(match[day] if day else None)
            )
    for month, day, year in FIGURED:
        if match[month]:
            return DateWords(start, end, _int(match[year]), int(match[month]), _int(match[day]))
    for part, year, size in PARTS:
        if match[part]:
            count = ORDINALS.get(match[part]) or int(match[part])
            # A half of a year is kept as the quarter that it ends with.
            return DateWords(start, end, int(match[year]), quarter=count * size)
    raise AssertionError(f"no form of date: {match[0]!r}")


def _int(printed: str | None) -> int | None:
    return int(printed.rstrip("stndrh")) if printed else None
