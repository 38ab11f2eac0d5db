"""The reporting period of an issue, and the year of a date printed without one.

Newsletters print "APRIL 2 - APRIL 30" or "April 10:" and leave the year to the
reader; a period may cross a new year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .dates import PreciseDate
from .datewords import MONTH, DateWords, find_dates

PERIOD = re.compile(
    r"\b(?:reporting period|period under review|period|covering|covers|coverage)\b|报告期",
    re.IGNORECASE,
)
SAME_MONTH = re.compile(rf"({MONTH}) ?([0-9]{{1,2}}) ?(?:-|–|—|to) ?([0-9]{{1,2}})(?![0-9])")
SAME_MONTH_AFTER = re.compile(rf"(?<![\w])([0-9]{{1,2}}) ?(?:-|–|—|to) ?([0-9]{{1,2}}) ({MONTH})")


@dataclass(frozen=True, slots=True)
class Times:
    """When an issue appeared and what time it reports on, as far as known.

    `reference` is the day by which a date without a year is placed.
    """

    published: date | None = None
    start: date | None = None
    end: date | None = None
    month: PreciseDate | None = None

    @property
    def reference(self) -> date | None:
        """The last day that the issue can speak of as past."""
        return self.end or self.published or (self.month.value if self.month else None)


def read_period(text: str, published: date | None) -> tuple[date, date] | None:
    """The first and last day that `text` names ("April 2 - April 30"), or None.

    A missing year comes from the other end or, before `published`, from there.
    """
    spread = SAME_MONTH.sub(r"\1 \2 - \1 \3", SAME_MONTH_AFTER.sub(r"\1 \3 - \2 \3", text))
    found = list(find_dates(spread))[:2]
    if not found:
        return None
    first, last = found[0], found[-1]
    end = _year_before(last, published) if last.year is None else last.precise()
    if end is None:
        return None
    start = _year_before(first, end.value) if first.year is None else first.precise()
    if start is None or start.start > end.value:
        return None
    return start.start, end.value


def with_year(words: DateWords, times: Times) -> PreciseDate | None:
    """The date meant by `words`, the year taken from the issue's times where none is printed."""
    if words.year is not None:
        return words.precise()
    if times.start and times.end:
        for year in range(times.start.year, times.end.year + 1):
            found = words.in_year(year).precise()
            if found and found.value >= times.start and found.start <= times.end:
                return found
        return _nearest(words, times.end)
    return _year_before(words, times.reference)


def coming(words: DateWords, times: Times) -> PreciseDate | None:
    """The date meant by `words`, the first since the period began where no year is printed."""
    since = times.start or times.reference
    if words.year is not None or since is None:
        return words.precise()
    years = range(since.year, since.year + 2)
    found = [made for year in years if (made := words.in_year(year).precise())]
    return next((made for made in found if made.value >= since), None)


def _year_before(words: DateWords, limit: date | None) -> PreciseDate | None:
    if limit is None:
        return None
    # Eight years hold a 29 February.
    for year in range(limit.year, limit.year - 9, -1):
        found = words.in_year(year).precise() if year > 0 else None
        if found and found.start <= limit:
            return found
        if found is None and not (words.month == 2 and words.day == 29):
            return None
    return None


def _nearest(words: DateWords, to: date) -> PreciseDate | None:
    years = (to.year - 1, to.year, to.year + 1)
    found = [made for year in years if (made := words.in_year(year).precise())]
    return min(found, key=lambda made: abs((made.value - to).days), default=None)
