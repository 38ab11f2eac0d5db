"""What the calendar shows of a time: dates with their policies, days of a month, months of a year.

Takes counted dates and says them as plain data; which dates there are is told by `agenda`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import prefetch_related_objects
from django.http import QueryDict

from policies.agenda import KINDS, Block, Time, total, write_time
from policies.dated import Dated, dates_of
from policies.models import Policy
from policies.newsletter.dates import DAY, MONTH, QUARTER, YEAR, PreciseDate, period_end
from policies.search.bodies import BODIES, ISSUERS
from policies.search.index import Index
from policies.vocabulary import DateKind

# So many dates stand on a day of a month.
ON_A_DAY = 4
Row = tuple[str, PreciseDate, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """What happens to a policy at a time: one date, or several of its targets together."""

    kind: str
    when: PreciseDate
    policy: Policy
    dates: list[Dated]


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another time, and how many dates stand there."""

    when: PreciseDate
    url: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month: its first dates, how many more there are, and where to see them all."""

    way: Way
    entries: list[Entry]

    @property
    def more(self) -> int:
        return self.way.count - len(self.entries)

    @property
    def weekday(self) -> int:
        """From 1, a Monday, to 7."""
        return self.way.when.value.isoweekday()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a year's table: a part of the year, and how many dates of each kind are in it.

    `is_whole` tells of what is known no more exactly than that; `url` is the address of all
    that is in that part.
    """

    way: Way
    cells: list[Way]
    is_whole: bool
    url: str


class Shown:
    """Dates as a paginator counts and slices them, each with its policy's id."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks

    def __len__(self) -> int:
        return total(self.blocks)

    def __getitem__(self, place: slice) -> list[Row]:
        start, stop, found = place.start, place.stop, []
        for block in self.blocks:
            size = len(block.ids)
            if stop > 0 and start < size:
                keys = block.ids[max(start, 0) : min(stop, size)]
                found += [(block.kind, block.when, key) for key in keys]
            start, stop = start - size, stop - size
        return found


class Addresses:
    """Where other times of the same calendar stand."""

    def __init__(self, query: QueryDict) -> None:
        self._query = query.copy()
        for dropped in ("page", "when"):
            self._query.pop(dropped, None)

    def of(self, when: PreciseDate | None, kind: str = "", *, is_vague: bool = False) -> str:
        """A time, with all kinds that are asked for or with one."""
        asked = copy(self._query)
        if kind:
            asked.setlist("date", [kind])
        if when:
            asked["when"] = write_time(Time(when, is_vague))
        return f"?{asked.urlencode()}"


def entries(rows: Iterable[Row]) -> dict[Row, Entry]:
    """The dates of the rows with their policies, read together; without what changed since."""
    rows = list(rows)
    policies = Policy.objects.published().defer("imported", "comment")
    read = policies.in_bulk({key for _, _, key in rows})
    for of, name in ((DateKind.DUE, "targets"), (DateKind.DEADLINE, "deadlines")):
        having = {key for kind, _, key in rows if kind == of and key in read}
        prefetch_related_objects([read[key] for key in having], name)
    found = {}
    for kind, when, key in rows:
        all_dates = dates_of(read[key], (kind,)) if key in read else ()
        if dates := [one for one in all_dates if one.when == when]:
            found[kind, when, key] = Entry(kind, when, read[key], dates)
    return found


def read_issuers(index: Index, shown: Iterable[Entry]) -> None:
    """Read of the policies of some entries at once who issued them."""
    policies = list({entry.policy.pk: entry.policy for entry in shown}.values())
    prefetch_related_objects(policies, ISSUERS)
    BODIES.give(index, policies)


def days(blocks: list[Block], month: PreciseDate) -> Iterator[tuple[PreciseDate, list[Row], int]]:
    """Each day of a month with its first dates, and how many it has."""
    known = {when: list(same) for when, same in groupby(_exact(blocks), lambda b: b.when)}
    for number in range(1, month.value.day + 1):
        when = PreciseDate(month.value.replace(day=number), DAY)
        shown = Shown(known.get(when, []))
        yield when, shown[0:ON_A_DAY], len(shown)


def _exact(blocks: list[Block]) -> Iterator[Block]:
    return (block for block in blocks if block.when.precision == DAY)


def lines(blocks: list[Block], when: PreciseDate, addresses: Addresses) -> Iterator[Line]:
    """A line for the year or quarter itself, for each quarter of a year, and for each month."""
    inside: dict[date, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.when.precision in (DAY, MONTH):
            inside[period_end(block.when.value, MONTH)].append(block)
    yield from _line(blocks, when, addresses, is_whole=True)
    for number in range(when.start.month, when.value.month + 1):
        month = PreciseDate(date(when.value.year, number, 1), MONTH)
        if when.precision == YEAR and number % 3 == 1:
            yield from _line(blocks, PreciseDate(month.value, QUARTER), addresses, is_whole=True)
        yield from _line(inside.get(month.value, []), month, addresses, is_whole=False)


def _line(
    blocks: list[Block], when: PreciseDate, addresses: Addresses, *, is_whole: bool
) -> Iterator[Line]:
    kept = [block for block in blocks if not is_whole or block.when == when]
    if not kept and is_whole:
        return
    cells = [
        Way(
            when,
            addresses.of(when, kind, is_vague=is_whole),
            total([b for b in kept if b.kind == kind]),
        )
        for kind in KINDS
    ]
    way = Way(when, addresses.of(when, is_vague=is_whole), total(kept))
    yield Line(way, cells, is_whole, addresses.of(when))


def grouped(rows: list[Row], found: dict[Row, Entry]) -> list[tuple[PreciseDate, list[Entry]]]:
    """Entries in their order, by when."""
    return [
        (when, [found[row] for row in same if row in found])
        for when, same in groupby(rows, lambda row: row[1])
    ]


def wider(time: Time) -> Iterator[PreciseDate]:
    """The times that a time lies in, the widest first."""
    when = time.period
    for precision in (YEAR, MONTH) if when.precision == DAY else (YEAR,):
        if when.precision != precision:
            yield PreciseDate(when.value, precision)
    if time.is_vague:
        yield when
