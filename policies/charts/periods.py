"""The months, quarters or years over which a search spreads, each with its records.

What is known to a year or a quarter only stands in no month but in a period of its own,
before the months of its year; what has no date stands last. Empty periods between two
others are there, too, so that gaps show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pyroaring import BitMap

from policies.filteroptions import month_name
from policies.filters import TrackerFilterSet
from policies.languages import dated, month_alone
from policies.newsletter.dates import QUARTER, PreciseDate

from .cells import Asked

UNKNOWN = "unknown"
MONTHS_OF_A = {"month": 1, "quarter": 3, "year": 12}
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
    """The records of a search by the values of its filter by month."""

    def __init__(self, filterset: TrackerFilterSet, base: BitMap) -> None:
        held = filterset.found.held.values.get("month", {})
        self.held = {value: found for value, ids in held.items() if (found := base & ids)}
        self._known = sorted(_number(value) for value in self.held if value[-1].isdigit())
        self._vague = sorted(int(v[:4]) for v in self.held if v.endswith(f"-{UNKNOWN}"))

    def length(self, by: str) -> int:
        """How many periods of this size it takes from the first to the last."""
        run = self._run()
        return len(range(run.start // MONTHS_OF_A[by], -(-run.stop // MONTHS_OF_A[by])))

    @property
    def fitting(self) -> str:
        """The smallest period of which a few are enough."""
        return next((by for by in ("month", "quarter") if self.length(by) <= FEW), "year")

    @property
    def possible(self) -> list[str]:
        """The periods of which not too many are needed; years always."""
        return [by for by in ("month", "quarter") if self.length(by) <= MOST] + ["year"]

    def periods(self, by: str) -> list[Period]:
        """All periods in order of time."""
        found = list(self._years() if by == "year" else self._parts(MONTHS_OF_A[by]))
        if ids := self.held.get(UNKNOWN):
            label = month_name(UNKNOWN)
            found.append(Period(0, 0, label, "–", UNKNOWN, ids, {"month": [UNKNOWN]}))
        return found

    def _run(self) -> range:
        """The months, by their numbers, between the first and the last that are known.

        Years of which no month is known reach to where they stand.
        """
        first, last = list(self._known[:1]), list(self._known[-1:])
        if self._vague:
            first.append(self._vague[0] * 12)
            last.append(self._vague[-1] * 12 - 1)
        return range(min(first), max(last) + 1) if first else range(0)

    def _parts(self, size: int) -> Iterator[Period]:
        """Months or quarters, those of which only the year is known before their year."""
        vague = list(self._vague)
        run = self._run()
        for number in range(run.start // size, -(-run.stop // size)):
            while vague and vague[0] * 12 <= number * size:
                yield self._vague_year(vague.pop(0))
            yield self._part(number, size)
        yield from map(self._vague_year, vague)

    def _vague_year(self, year: int) -> Period:
        value = f"{year:04}-{UNKNOWN}"
        ids = self.held[value]
        return Period(year, 0, month_name(value), "?", value, ids, {"month": [value]})

    def _part(self, number: int, size: int) -> Period:
        months = range(number * size, (number + 1) * size)
        values = [v for n in months if (v := f"{n // 12:04}-{n % 12 + 1:02}") in self.held]
        year, last = months[-1] // 12, date(months[-1] // 12, months[-1] % 12 + 1, 1)
        if size == 1:
            part, mark, written = last.month, month_alone(last), f"{year:04}-{last.month:02}"
            label = dated(PreciseDate.of(year, last.month))
        else:
            part, mark = (last.month + 2) // 3, f"Q{last.month // 3}"
            written = f"{year:04}-{mark}"
            label = dated(PreciseDate(last, QUARTER))
        ids = BitMap.union(BitMap(), *(self.held[value] for value in values))
        return Period(year, part, label, mark, written, ids, {"month": values})

    def _years(self) -> Iterator[Period]:
        found: dict[int, list[BitMap]] = defaultdict(list)
        for value, ids in self.held.items():
            if value != UNKNOWN:
                found[int(value[:4])].append(ids)
        run = range(min(found), max(found) + 1) if found else range(0)
        for year in run if len(run) <= MOST else sorted(found):
            ids, name = BitMap.union(BitMap(), *found.get(year, ())), f"{year:04}"
            yield Period(year, 1, name, name, name, ids, {"year": [name], "not_year": []})


def _number(month: str) -> int:
    """The months since year 0 of one written 2024-04."""
    return int(month[:4]) * 12 + int(month[5:]) - 1
