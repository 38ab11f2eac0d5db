"""The months, quarters or years over which a search spreads, each with its records.

What is known to a year only stands in no month or quarter but in a period of its own, before
those of its year; so does among months what is known to a quarter. What has no date stands
last. Empty periods between two others are there, too, so that gaps show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pyroaring import BitMap

from policies.filteroptions import month_name, quarter_name
from policies.filters import TrackerFilterSet
from policies.languages import month_alone, quarter_alone

from .cells import Asked

UNKNOWN = "unknown"
# How many months and quarters a year has.
A_YEAR = {"month": 12, "quarter": 4}
# With none asked for, the first that needs no more periods than this is taken.
FEW = 36
# So many periods are shown at most; a longer run of years leaves out those without records.
MOST = 80


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter or year, what is known of a year only, or no date at all.

    `year` and `part`, counted from 1, say where it stands; both are 0 without a date, and
    `part` is 0 where only the year is known. `mark` is what an axis has room for, `written`
    what programs read: 2024-04, 2024-Q2, 2024, 2024-unknown or unknown.
    """

    year: int
    part: int
    label: str
    mark: str
    written: str
    ids: BitMap
    asked: Asked

    @property
    def is_vague(self) -> bool:
        """Whether its records cannot be told to fall in any shown period."""
        return self.part == 0


class Spreading:
    """The records of a search by the values of its filters by month and by quarter."""

    def __init__(self, filterset: TrackerFilterSet, base: BitMap) -> None:
        values = filterset.found.held.values
        self.held = {
            by: {value: found for value, ids in values.get(by, {}).items() if (found := base & ids)}
            for by in A_YEAR
        }

    def length(self, by: str) -> int:
        """How many months or quarters it takes from the first to the last."""
        return len(self._run(by))

    @property
    def fitting(self) -> str:
        """The smallest period of which a few are enough."""
        return next((by for by in A_YEAR if self.length(by) <= FEW), "year")

    @property
    def possible(self) -> list[str]:
        """The periods of which not too many are needed; years always."""
        return [by for by in A_YEAR if self.length(by) <= MOST] + ["year"]

    def periods(self, by: str) -> list[Period]:
        """All periods in order of time."""
        found = list(self._years() if by == "year" else self._parts(by))
        if ids := self.held["month"].get(UNKNOWN):
            label = month_name(UNKNOWN)
            found.append(Period(0, 0, label, "–", UNKNOWN, ids, {"month": [UNKNOWN]}))
        return found

    def _vague(self, by: str) -> list[int]:
        """The years of which no month, or no quarter, is known of some records."""
        return sorted(int(value[:4]) for value in self.held[by] if value.endswith(f"-{UNKNOWN}"))

    def _run(self, by: str) -> range:
        """The months or quarters, by their numbers, between the first and the last known.

        Years of which none is known reach to where they stand.
        """
        known = sorted(_number(value) for value in self.held[by] if value[-1].isdigit())
        first, last, vague = known[:1], known[-1:], self._vague(by)
        if vague:
            first.append(vague[0] * A_YEAR[by])
            last.append(vague[-1] * A_YEAR[by] - 1)
        return range(min(first), max(last) + 1) if first else range(0)

    def _parts(self, by: str) -> Iterator[Period]:
        """Months or quarters, those of which only the year is known before their year."""
        vague = self._vague(by)
        for number in self._run(by):
            while vague and vague[0] * A_YEAR[by] <= number:
                yield self._vague_year(by, vague.pop(0))
            yield self._part(by, number)
        for year in vague:
            yield self._vague_year(by, year)

    def _vague_year(self, by: str, year: int) -> Period:
        value = f"{year:04}-{UNKNOWN}"
        label = month_name(value) if by == "month" else quarter_name(value)
        return Period(year, 0, label, "?", value, self.held[by][value], {by: [value]})

    def _part(self, by: str, number: int) -> Period:
        year, part = number // A_YEAR[by], number % A_YEAR[by] + 1
        if by == "month":
            mark, written = month_alone(date(year, part, 1)), f"{year:04}-{part:02}"
            label = month_name(written)
        else:
            mark, written = quarter_alone(part), f"{year:04}-Q{part}"
            label = quarter_name(written)
        ids = self.held[by].get(written, BitMap())
        return Period(year, part, label, mark, written, ids, {by: [written]})

    def _years(self) -> Iterator[Period]:
        found: dict[int, list[BitMap]] = defaultdict(list)
        for value, ids in self.held["month"].items():
            if value != UNKNOWN:
                found[int(value[:4])].append(ids)
        run = range(min(found), max(found) + 1) if found else range(0)
        for year in run if len(run) <= MOST else sorted(found):
            ids, name = BitMap.union(BitMap(), *found.get(year, ())), f"{year:04}"
            yield Period(year, 1, name, name, name, ids, {"year": [name], "not_year": []})


def _number(value: str) -> int:
    """The months since year 0 of one written 2024-04, the quarters of one written 2024-Q2."""
    year, _, part = value.partition("-")
    if part.startswith("Q"):
        return int(year) * A_YEAR["quarter"] + int(part[1:]) - 1
    return int(year) * A_YEAR["month"] + int(part) - 1
