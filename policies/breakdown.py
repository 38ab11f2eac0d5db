"""A search of policies taken apart: by issue, section, body, sector, year and month.

Each part has the address of the list that holds just what it counts. Parts of an issue,
a section, a year or a month add up to the search; bodies and sectors overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from pyroaring import BitMap

from policies.charts.cells import Addresses, Asked
from policies.filterkinds import Option, body_lines
from policies.filters import TrackerFilterSet
from policies.models import IssuingBody, Sector
from policies.search.index import KindIndex

STEPS = 4
# A longer run of years leaves out those without records.
LONGEST_RUN = 60


@dataclass(frozen=True, slots=True)
class Part:
    """Records that are told apart, and the parameters that find them; `record` names them."""

    label: str
    ids: BitMap
    asked: Asked
    record: Any = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records; the address of their list, empty for none; how much, from 0 to 4."""

    count: int
    url: str
    step: int = 0
    share: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A part with its number, and where it is divided again, the number of each column.

    `beside` are numbers of other records that are not part of it.
    """

    label: str
    record: Any
    total: Counted
    cells: list[Counted] = field(default_factory=list)
    beside: list[Counted] = field(default_factory=list)


class Breakdown:
    """The policies that a query string finds, in parts; whatever the parts, one question each."""

    def __init__(self, filterset: TrackerFilterSet, query: QueryDict) -> None:
        self.filterset = filterset
        self.base = filterset.ids()
        self._query = query
        self._addresses = Addresses(query)
        self._path = reverse("policy_list")

    @property
    def held(self) -> KindIndex:
        """What the index has of policies."""
        return self.filterset.found.held

    def url(self, asked: Asked) -> str:
        """The list of policies with these parameters besides those of the search."""
        return self._path + self._addresses.url(asked)

    def one_of(self, name: str) -> list[Part]:
        """A part for each value of a filter of which a policy has one at most."""
        return [self._valued(name, option) for option in self._options(name)]

    def lacking(self, *only: str) -> list[Part]:
        """A part for each thing that policies may lack."""
        given = self._query.getlist("lacks")
        return [
            Part(
                str(option.label),
                self.base & self.held.value("lacks", option.key),
                {"lacks": list(dict.fromkeys([*given, option.value]))},
            )
            for option in self._options("lacks")
            if not only or option.value in only
        ]

    def issues(self) -> list[Part]:
        """The issues, latest first, and what stands in none."""
        none = self.lacking("issue")[0]
        return [*self.one_of("issue"), Part(_("In no issue"), none.ids, none.asked)]

    def years(self) -> list[Part]:
        """Each year from the first to the last, those without a policy too; unknown at the end."""
        found = {option.value: self._valued("year", option) for option in self._options("year")}
        numbers = sorted(int(year) for year, part in found.items() if part.ids)
        run = range(numbers[0], numbers[-1] + 1) if numbers else range(0)
        shown = map(str, run if len(run) <= LONGEST_RUN else numbers)
        known = [found.get(year) or Part(year, BitMap(), {}) for year in shown]
        return [*known, self._valued("month", Option("unknown", "unknown", _("No date")))]

    def bodies(self) -> list[Part]:
        """What each body issued itself, the most first; bodies that were renamed as asked for."""
        lines = body_lines() if self._query.get("as_one") else {}
        given = self._query.getlist("issuer_all")
        found: dict[int, BitMap] = {}
        for key, ids in self.held.values.get("issuer", {}).items():
            first = lines.get(int(key), (int(key),))[0]
            found[first] = found.get(first, BitMap()) | (ids & self.base)
        named = IssuingBody.objects.in_bulk(list(found))
        parts = [
            Part(body.name_en, ids, {"issuer_all": list(dict.fromkeys([*given, body.slug]))}, body)
            for key, ids in found.items()
            if (body := named.get(key))
        ]
        return sorted(parts, key=lambda part: (-len(part.ids), part.label))

    def sectors(self) -> list[Part]:
        """What each sector holds with what is below it, the most first.

        Where sectors are chosen, one within them can stand in their place; any other is
        asked for besides.
        """
        given = self._query.getlist("sector_all")
        chosen = [self.held.value("sector", o.key) for o in self._chosen("sector")]
        whole = BitMap.union(*chosen) if chosen else self.held.everything
        parts = []
        for sector in Sector.objects.all():
            ids = self.held.value("sector", sector.pk)
            besides = list(dict.fromkeys([*given, sector.slug]))
            asked = {"sector": [sector.slug]} if ids <= whole else {"sector_all": besides}
            parts.append(Part(sector.name_en, ids & self.base, asked, sector))
        return sorted(parts, key=lambda part: (-len(part.ids), part.label))

    def counted(self, ids: BitMap, asked: Asked, *, largest: int = 0) -> Counted:
        """A number with the address of its list, measured against the largest."""
        count = len(ids)
        if not count:
            return Counted(0, "")
        largest = largest or count
        share = max(1, round(100 * count / largest))
        return Counted(count, self.url(asked), -(-STEPS * count // largest), share)

    def rows(self, parts: Iterable[Part]) -> list[Row]:
        """The parts with their numbers, each as a share of the largest."""
        held = list(parts)
        largest = max((len(part.ids) for part in held), default=0)
        return [
            Row(part.label, part.record, self.counted(part.ids, part.asked, largest=largest))
            for part in held
        ]

    def divided(self, parts: Iterable[Part], columns: list[Part]) -> list[Row]:
        """The parts, each divided by the columns; how much a cell is, against all others."""
        held = [(part, [part.ids & column.ids for column in columns]) for part in parts]
        largest = max((len(ids) for _, cells in held for ids in cells), default=0)
        return [
            Row(
                part.label,
                part.record,
                self.counted(part.ids, part.asked),
                [
                    self.counted(ids, part.asked | column.asked, largest=largest)
                    for ids, column in zip(cells, columns, strict=True)
                ],
            )
            for part, cells in held
        ]

    def _valued(self, name: str, option: Option) -> Part:
        ids = self.base & self.held.value(name, option.key)
        return Part(str(option.label), ids, {name: [option.value]})

    def _options(self, name: str) -> list[Option]:
        filter_: Any = self.filterset.filters[name]
        return filter_.options()

    def _chosen(self, name: str) -> Iterator[Option]:
        chosen = self._query.getlist(name)
        return (option for option in self._options(name) if option.value in chosen)
