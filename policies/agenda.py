"""Which dates a search holds, and when, counted from the index; as plain data.

A date is counted once for each policy and kind: several targets of a policy that are
due at the same time are one. Dates known to the year stand in the year, those known to
the month in the month, never on a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_lazy
from pyroaring import BitMap

from policies.dated import Dated
from policies.filterkinds import ManyFilter, words
from policies.filterperiods import UNKNOWN, PeriodField, Stateless
from policies.filters import PolicyFilter
from policies.models.dates import read_period, write_period
from policies.newsletter.dates import DAY, PRECISIONS, PreciseDate
from policies.search.index import KindIndex
from policies.vocabulary import DateKind

KINDS: list[str] = DateKind.values


@lru_cache(maxsize=100_000)
def read(text: str) -> PreciseDate:
    """The day or period that the index, or an address, calls `text`. Raises ValueError."""
    period = read_period(text)
    return PreciseDate(*period) if period else PreciseDate(date.fromisoformat(text))


def holds(outer: PreciseDate, inner: PreciseDate) -> bool:
    """Whether a period lies within another."""
    return outer.start <= inner.start and inner.value <= outer.value


@dataclass(frozen=True, slots=True)
class Time:
    """The time that a calendar is asked for.

    `is_vague` asks for what is known to that year, quarter or month and no more exactly.
    """

    period: PreciseDate
    is_vague: bool = False

    def shows(self, when: PreciseDate) -> bool:
        """Whether a date is asked for."""
        return when == self.period if self.is_vague else holds(self.period, when)


def read_time(text: str) -> Time:
    """The time that an address calls `text`: 2024, or 2024-unknown. Raises ValueError."""
    named = text.removesuffix(f"-{UNKNOWN}")
    time = Time(read(named), named != text)
    if time.is_vague and time.period.precision == DAY:
        raise ValueError(text)
    return time


def write_time(time: Time) -> str:
    """`time` as an address calls it."""
    return write_period(time.period) + (f"-{UNKNOWN}" if time.is_vague else "")


class WhenField(PeriodField):
    """A day, month, quarter or year; with “unknown”, what is known no more exactly than that."""

    def to_python(self, value: Any) -> Any:
        value = str(value or "").strip()
        if not value:
            return None
        try:
            return read_time(value)
        except ValueError:
            text = gettext(
                "“%(value)s” is no time. Write a year, quarter, month or day: "
                "2024, 2024-Q2, 2024-04 or 2024-04-26; or 2024-unknown for what is known "
                "to that year only."
            )
            raise ValidationError(text % {"value": value}) from None


class WhenFilter(Stateless):
    """Policies with a date in a period, of the kinds that are asked for."""

    field_class = WhenField

    def ids(self, held: KindIndex, value: Time) -> BitMap:
        """The policies with such a date."""
        kinds = self.parent.kinds
        blocks = self.parent.blocks(held, value)
        return BitMap.union(BitMap(), *(block.ids for block in blocks if block.kind in kinds))


@dataclass(frozen=True, slots=True)
class Block:
    """The policies to which the same happens at the same time."""

    kind: str
    when: PreciseDate
    ids: BitMap

    @property
    def place(self) -> tuple[date, int, int]:
        """Its place in time: what is known exactly before what ends on the same day."""
        return self.when.value, PRECISIONS.index(self.when.precision), KINDS.index(self.kind)


class CalendarFilter(PolicyFilter):
    """Policies that have dates: of some kinds, at some time."""

    date = ManyFilter(
        field_name="dated", label=gettext_lazy("Dates"), options=words(DateKind.choices)
    )
    when = WhenFilter(label=gettext_lazy("When"))

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds of date asked for, else all."""
        chosen = self.form.cleaned_data.get("date") or ()
        return [option.value for option in chosen] or KINDS

    @cached_property
    def let_through(self) -> dict[str, BitMap]:
        """As elsewhere; what has no date at all is never found."""
        dated = [self.found.held.value("dated", kind) for kind in KINDS]
        return {"dated": BitMap.union(*dated)} | super().let_through

    def blocks(self, held: KindIndex, within: Time | None, *, year: int = 1) -> Iterator[Block]:
        """All that happens in a time, or from a year on, whoever it happens to, in no order."""
        first = f"{within.period.start.year if within else year:04}"
        for kind in KINDS:
            for text, ids in held.values.get(f"{kind}_in", {}).items():
                if within is None:
                    wanted = text[:4] >= first
                else:
                    wanted = text[:4] == first and within.shows(read(text))
                if wanted:
                    yield Block(kind, read(text), ids)

    def shows(self, dated: Dated) -> bool:
        """Whether a date of a policy found is asked for itself."""
        when = self.form.cleaned_data.get("when")
        return dated.kind in self.kinds and (when is None or when.shows(dated.when))


class ComingFilter(CalendarFilter):
    """The same; where no time is asked for, what comes from this month on."""

    @property
    def since(self) -> date:
        """The day from which dates count where no time is asked for."""
        return localdate().replace(day=1)

    @cached_property
    def let_through(self) -> dict[str, BitMap]:
        """As elsewhere, and what comes."""
        found = super().let_through
        if self.form.cleaned_data.get("when"):
            return found
        blocks = self.blocks(self.found.held, None, year=self.since.year)
        coming = [b.ids for b in blocks if b.kind in self.kinds and b.when.value >= self.since]
        return {"coming": BitMap.union(BitMap(), *coming)} | found


class Agenda:
    """The dates of what a calendar's search finds, of all kinds, in order of time."""

    def __init__(self, filterset: ComingFilter) -> None:
        self.filterset = filterset
        # A policy has a date of a kind that is asked for, or none of its dates is a block.
        self.found = filterset.ids("when", "date", "coming")

    def within(self, time: Time) -> list[Block]:
        """What happens in a time."""
        return sorted(self._found(time), key=lambda block: block.place)

    def coming(self) -> list[Block]:
        """What comes, or is not over yet."""
        day = self.filterset.since
        later = [block for block in self._found(None, day.year) if block.when.value >= day]
        return sorted(later, key=lambda block: block.place)

    def nearest(self, period: PreciseDate) -> tuple[PreciseDate | None, PreciseDate | None]:
        """The last period with a date before `period`, and the first behind it."""
        kinds = self.filterset.kinds
        whens = {block.when for block in self._found(None) if block.kind in kinds}
        before = [when for when in whens if when.value < period.start]
        behind = [when for when in whens if when.start > period.value]
        return max(before, default=None), min(behind, default=None)

    def _found(self, within: Time | None, year: int = 1) -> Iterator[Block]:
        for block in self.filterset.blocks(self.filterset.found.held, within, year=year):
            if ids := block.ids & self.found:
                yield Block(block.kind, block.when, ids)


def total(blocks: list[Block]) -> int:
    """How many dates they are."""
    return sum(len(block.ids) for block in blocks)


def policies_of(blocks: list[Block]) -> int:
    """How many policies have these dates."""
    return len(BitMap.union(BitMap(), *(block.ids for block in blocks)))


def beside(period: PreciseDate) -> tuple[PreciseDate | None, PreciseDate | None]:
    """The periods of the same length before and behind one; None where time ends."""
    before = behind = None
    if period.start > date.min:
        before = PreciseDate(period.start - timedelta(days=1), period.precision)
    if period.value < date.max:
        behind = PreciseDate(period.value + timedelta(days=1), period.precision)
    return before, behind
