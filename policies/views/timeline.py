"""Any search of policies or events along time: the same query string, grouped by year and month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _

from policies.charts import in_time
from policies.filters import EventFilter, PolicyFilter
from policies.languages import dated, month_alone
from policies.newsletter.dates import MONTH, QUARTER, YEAR, PreciseDate
from policies.views.lists import EventList, FilteredList, PolicyList


class InTime:
    """A FilterSet whose pages follow time, whatever was searched for."""

    default_order: str
    order: str

    @property
    def orders(self) -> list[str]:
        """From the earliest on, or from the latest back."""
        name = self.default_order.lstrip("-")
        return [name, f"-{name}"]

    def page(self, start: int, stop: int) -> list[int]:
        """The ids from place `start` up to `stop`."""
        found: Any = self
        return in_time(found, start, stop)


class PolicyTimes(InTime, PolicyFilter):
    """Policies along time."""


class EventTimes(InTime, EventFilter):
    """Corporate events along time."""


@dataclass(frozen=True, slots=True)
class Month:
    """Records of one month, or of a quarter or year of which no month is known."""

    name: str
    rows: list[Any]


@dataclass(frozen=True, slots=True)
class Year:
    """The months of a year that a page shows."""

    name: str
    months: list[Month]


class Timeline(FilteredList):
    """A list whose pages are divided into years and months by the date called `dated`."""

    template_name = "policies/timeline.html"
    dated = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"years": years(context["page"].object_list, attrgetter(self.dated))}


class PolicyTimeline(Timeline, PolicyList):
    filterset_class = PolicyTimes
    row_template = "policies/rows/timeline_policy.html"
    dated = "announced"


class EventTimeline(Timeline, EventList):
    filterset_class = EventTimes
    row_template = "policies/rows/timeline_event.html"
    dated = "happened"


def years(records: Iterable[Any], known: Any) -> list[Year]:
    """Records in their order under their years and months; `known` gives their date."""
    return [
        Year(
            str(year) if year else _("No date"),
            [
                Month(_month_name(year, month), list(rows))
                for month, rows in groupby(of_year, lambda row: _month(known(row)))
            ],
        )
        for year, of_year in groupby(records, lambda row: _year(known(row)))
    ]


def _year(known: PreciseDate | None) -> int:
    return known.value.year if known else 0


def _month(known: PreciseDate | None) -> PreciseDate | None:
    """The month of a date, or the quarter where no more is known."""
    if known is None or known.precision == YEAR:
        return None
    return PreciseDate(known.value, QUARTER if known.precision == QUARTER else MONTH)


def _month_name(year: int, month: PreciseDate | None) -> str:
    if month is None:
        return _("Month unknown") if year else ""
    return dated(month) if month.precision == QUARTER else month_alone(month.value, "F")
