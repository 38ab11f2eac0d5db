"""Which companies a query string finds: those with an event that meets what is asked of events."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from policies.companysums import by_value, companies_in, money_of
from policies.filterkinds import ManyFilter, Options, Wellformed, words
from policies.filteroptions import (
    ANY_COUNTRY,
    ANY_CURRENCY,
    ANY_YEAR,
    REGIONS,
    SECTORS,
    countries,
    currencies,
    years,
)
from policies.filtersets import declared
from policies.models import Company
from policies.search.index import KindIndex
from policies.vocabulary import EventKind


def _of_events(
    name: str, label: Any, options: Options, wellformed: Wellformed | None = None
) -> dict[str, ManyFilter]:
    return {name: ManyFilter(field_name=name, label=label, options=options, wellformed=wellformed)}


_CompanyFilters: Any = declared(
    _of_events("kind", _("Kind of event"), words(EventKind.choices))
    | _of_events("sector", _("Sector"), SECTORS)
    | _of_events("region", _("Region"), REGIONS)
    | _of_events("year", _("Year of event"), years("event"), ANY_YEAR)
    | _of_events("currency", _("Currency"), currencies, ANY_CURRENCY)
    | {
        "country": ManyFilter(
            field_name="country", label=_("Based in"), options=countries, wellformed=ANY_COUNTRY
        )
    }
)


class CompanyFilter(_CompanyFilters):
    """Companies that public events name, with an event that meets all filters of events at once."""

    record_kind, model = "company", Company
    default_order = "name"
    facets = ("kind", "sector", "year", "currency", "region", "country")
    of_events = ("kind", "sector", "region", "year", "currency")
    sums: ClassVar[dict[str, str]] = {"-cny": "CNY", "-eur": "EUR"}

    @property
    def orders(self) -> list[str]:
        """The orders that may be asked for, those by events and sums of money last."""
        return [*super().orders, "-events", *self.sums]

    @cached_property
    def acts(self) -> KindIndex:
        """The index of the events that companies act in."""
        return self.index.kind("event")

    def narrows(self, name: str) -> KindIndex:
        """Events for the filters of events, companies for the others."""
        return self.acts if name in self.of_events else self.found.held

    def events(self, *without: str) -> BitMap:
        """The events that meet all filters of events at once."""
        kept = [self.let_through.get(name) for name in self.of_events if name not in without]
        asked = [ids for ids in kept if ids is not None]
        return BitMap.intersection(self.acts.everything, *asked)

    def ids(self, *without: str) -> BitMap:
        """The companies found; none where a parameter is wrong."""
        if self.errors_by_parameter:
            return BitMap()
        found = self.found.matching
        if "country" in self.let_through and "country" not in without:
            found = found & self.let_through["country"]
        if any(name in self.let_through and name not in without for name in self.of_events):
            found = found & companies_in(self.acts, self.events(*without))
        return found

    def counts(self, name: str, *without: str) -> dict[str, int]:
        """How many companies found have an event, or a country, with each value."""
        if name not in self.of_events:
            return super().counts(name, *without)
        return by_value(self.acts, self.events(*without), name, self.ids(*without))

    def page(self, start: int, stop: int) -> list[int]:
        """The companies from place `start` up to `stop`; among equals by name."""
        if self.order != "-events" and self.order not in self.sums:
            return super().page(start, stop)
        ids = self.ids()
        named = self.found.page(ids, "name", 0, len(ids))
        figures = self.figures(named)
        return sorted(named, key=lambda key: (key not in figures, -figures.get(key, 0)))[start:stop]

    def figures(self, companies: list[int]) -> dict[int, Any]:
        """What the order goes by, of the companies that have it: a number of events or a sum."""
        events = self.events()
        own = {key: self.acts.value("company", key) & events for key in companies}
        if self.order == "-events":
            return {key: len(ids) for key, ids in own.items()}
        money = money_of(self.acts, self.sums[self.order])
        named = {key: [money[event] for event in ids if event in money] for key, ids in own.items()}
        return {key: sum(values) for key, values in named.items() if values}
