"""What a company did, as tables whose every number leads to the events that it counts.

The events are those of a search, so that the tables of a narrowed search add up to it.
Sums of money stay within one currency; a joint event counts in full for each company.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict
from django.urls import reverse
from pyroaring import BitMap

from policies.charts.cells import Addresses, Asked
from policies.companysums import total
from policies.filters import TrackerFilterSet
from policies.money import EUR, NONE
from policies.search.index import KindIndex

FIRST = ("CNY", EUR)


@dataclass(frozen=True, slots=True)
class Counted:
    """So many events, the list that holds them, and the sum that they name where one is asked."""

    count: int
    url: str
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: a label, all that it stands for, and that in parts."""

    label: str
    all: Counted
    cells: list[Counted]


@dataclass(frozen=True, slots=True)
class Table:
    """Lines under heads; the last line has all of them. In each line the parts add up, but for
    events with sums in several currencies."""

    heads: list[str]
    lines: list[Line]
    foot: Line


class Ledger:
    """The tables of a search of events."""

    def __init__(self, filterset: TrackerFilterSet, query: QueryDict) -> None:
        self.filterset, self.ids = filterset, filterset.ids()
        self.held: KindIndex = filterset.found.held
        rest = query.copy()
        rest.pop("sort", None)
        self._chosen = [value for value in rest.getlist("currency") if value]
        self._addresses, self._path = Addresses(rest), reverse("event_list")

    @property
    def whole(self) -> Counted:
        """All events of the search."""
        return self._counted(self.ids, {})

    @property
    def without_amount(self) -> Counted:
        """The events that name no sum of money."""
        return self._counted(self._having("currency", NONE), {"currency": [NONE]})

    @property
    def currencies(self) -> list[str]:
        """The currencies that the events name, those that the newsletter prints always first."""
        found = [key for key in self._values("currency") if key != NONE]
        chosen = [key for key in found if key in self._chosen or not self._chosen]
        return sorted(chosen, key=lambda key: (FIRST.index(key) if key in FIRST else 9, key))

    def by_year(self) -> Table:
        """The kinds of events by year, latest first; unknown years last."""
        years = sorted(self._values("year"), key=lambda year: (year.isdigit(), year), reverse=True)
        labels = {option.value: option.label for option in self.filterset.filters["year"].options()}
        return self._table(
            [labels.get(year, year) for year in years],
            lambda ids, asked: [
                self._counted(ids & self.held.value("year", year), asked | _one("year", year))
                for year in years
            ],
        )

    def by_currency(self) -> Table:
        """The kinds of events with what they name in each currency, and those without."""
        currencies = self.currencies
        kinds = [*currencies, *([NONE] if self.without_amount.count else [])]

        def cells(ids: BitMap, asked: Asked) -> list[Counted]:
            return [
                self._counted(
                    ids & self.held.value("currency", key), asked | _one("currency", key), key
                )
                for key in kinds
            ]

        return self._table(kinds, cells)

    def answered(self) -> list[tuple[int, BitMap]]:
        """The policies that the events answer, with these, the most answered first."""
        answering = self._having("has", "answers")
        asked = {o.key for o in self.filterset.form.cleaned_data.get("answers") or ()}
        found = [
            (int(key), shared)
            for key, ids in self.held.values.get("answers", {}).items()
            if (not asked or key in asked) and (shared := ids & answering)
        ]
        found.sort(key=lambda pair: (-len(pair[1]), -pair[0]))
        return found

    def answering(self, slug: str, ids: BitMap) -> Counted:
        """The events that answer the policy called `slug`."""
        return self._counted(ids, _one("answers", slug))

    def _table(self, heads: list[str], cells) -> Table:
        labels = {option.key: option.label for option in self.filterset.filters["kind"].options()}
        lines = []
        for kind in sorted(self._values("kind"), key=lambda key: str(labels.get(key, key))):
            ids, asked = self._having("kind", kind), _one("kind", kind)
            lines.append(Line(labels.get(kind, kind), self._counted(ids, asked), cells(ids, asked)))
        return Table(heads, lines, Line("", self.whole, cells(self.ids, {})))

    def _values(self, name: str) -> list[str]:
        return [key for key in self.held.values.get(name, {}) if self._having(name, key)]

    def _having(self, name: str, key: str) -> BitMap:
        return self.ids & self.held.value(name, key)

    def _counted(self, ids: BitMap, asked: Asked, currency: str = "") -> Counted:
        summed = total(self.held, ids, currency) if currency not in ("", NONE) else None
        return Counted(len(ids), self._path + self._addresses.url(asked), summed)


def _one(name: str, value: str) -> Asked:
    return {name: [value]}
