"""What an alert would have sent lately: the records found, by the day on which they came here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

from django.db.models import Exists, OuterRef
from django.utils import timezone
from pyroaring import BitMap

from policies.models import PublicVersion
from policies.vocabulary import VersionKind

from .reasons import Entry, entries
from .searches import Search

DAYS = 90
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Day:
    """The records of one day: how many, and those that are shown."""

    day: date
    count: int
    entries: list[Entry]


class Preview:
    """What `search` would have brought in the last days up to `today`."""

    def __init__(self, search: Search, today: date | None = None) -> None:
        self.search = search
        self.today = today or timezone.localdate()
        self.since = self.today - timedelta(days=DAYS)

    @cached_property
    def by_day(self) -> dict[date, BitMap]:
        """The records found by the day on which each was first public here, the newest first."""
        held = self.search.filterset.found.held.values.get("added")
        days = self._from_versions() if held is None else self._from_index(held)
        return {day: days[day] for day in sorted(days, reverse=True)}

    @cached_property
    def ids(self) -> BitMap:
        """All of them."""
        return BitMap.union(*self.by_day.values()) if self.by_day else BitMap()

    @property
    def days(self) -> int:
        """How many daily mails that would have been."""
        return len(self.by_day)

    @property
    def weeks(self) -> int:
        """How many weekly mails that would have been."""
        return len({day - timedelta(days=day.weekday()) for day in self.by_day})

    @cached_property
    def shown(self) -> list[Day]:
        """The newest records by day, those of a day in the order of their list."""
        days = dict(self._first_days())
        placed = self.search.in_order(BitMap().union(*days.values()))
        keys = [(day, key) for day, ids in days.items() for key in placed if key in ids][:SHOWN]
        told = {entry.key: entry for entry in entries(self.search, [key for _, key in keys])}
        return [
            Day(day, len(days[day]), [told[key] for _, key in group if key in told])
            for day, group in groupby(keys, key=lambda pair: pair[0])
        ]

    def _first_days(self) -> Iterator[tuple[date, BitMap]]:
        """As many of the newest days as hold what is shown."""
        count = 0
        for day, ids in self.by_day.items():
            if count >= SHOWN:
                return
            count += len(ids)
            yield day, ids

    @property
    def more(self) -> int:
        """How many there are besides those shown."""
        return max(0, len(self.ids) - SHOWN)

    def _from_index(self, held: dict[str, BitMap]) -> dict[date, BitMap]:
        first = self.since.isoformat()
        days = {date.fromisoformat(day): ids for day, ids in held.items() if day >= first}
        return {day: there for day, ids in days.items() if (there := ids & self.search.ids)}

    def _from_versions(self) -> dict[date, BitMap]:
        days: dict[date, BitMap] = {}
        for day, key in self._first_versions():
            if day >= self.since and key in self.search.ids:
                days.setdefault(day, BitMap()).add(key)
        return days

    def _first_versions(self) -> Iterator[tuple[date, int]]:
        versions = PublicVersion.objects.filter(kind=self.search.exported.model._meta.model_name)
        earlier = versions.filter(record_id=OuterRef("record_id"), pk__lt=OuterRef("pk"))
        start = timezone.now() - timedelta(days=DAYS + 2)
        first = versions.filter(change=VersionKind.PUBLISHED, since__gte=start)
        for since, key in first.exclude(Exists(earlier)).values_list("since", "record_id"):
            yield timezone.localdate(since), key
