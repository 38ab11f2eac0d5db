"""The ledger of targets: a list with a chart of the years in which they fall due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from policies.charts import horizon
from policies.filters import TargetFilter, TrackerFilterSet
from policies.lineage import mark
from policies.models import Target
from policies.querystrings import rest
from policies.search.bodies import ISSUERS_OF_TARGETS
from policies.views.lists import FilteredList

SPLITS = (("status", _("by status")), ("sector", _("by sector")))


@dataclass(frozen=True, slots=True)
class QuickLink:
    """What is often asked for, with the number that it finds; chosen, the link drops it."""

    label: str
    count: int
    url: str
    chosen: bool


class TargetList(FilteredList):
    filterset_class = TargetFilter
    template_name = "policies/ledger.html"
    title = _("Targets")
    noun = pgettext_lazy("after a number", "target")
    nouns = pgettext_lazy("after a number", "targets")
    row_template = "policies/rows/target.html"

    def rows(self):
        targets = Target.objects.published().select_related("policy").defer("policy__imported")
        return targets.prefetch_related(ISSUERS_OF_TARGETS, "policy__sectors")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if context["errors"]:
            return context
        mark(context["page"].object_list)
        query, filterset = self.request.GET, context["filterset"]
        split = query.get("split") or "status"
        return context | {
            "chart": horizon(filterset, query, split),
            "splits": [(label, _with(query, split=key), key == split) for key, label in SPLITS],
            "quick_links": list(_quick_links(filterset, query)),
            "by_year": filterset.order in ("due", "-due"),
        }


def _quick_links(filterset: TrackerFilterSet, query: QueryDict):
    rest = filterset.ids("due")
    for option in filterset.filters["due"].options():
        chosen = query.getlist("due") == [option.value]
        yield QuickLink(
            gettext("Due %(when)s") % {"when": option.label}
            if option.value != "overdue"
            else option.label.capitalize(),
            rest.intersection_cardinality(_due(filterset, option.value)),
            _with(query, due="" if chosen else option.value),
            chosen,
        )


def _due(filterset: TrackerFilterSet, value: str):
    filter_: Any = filterset.filters["due"]
    return filter_.ids(filterset.found.held, [o for o in filter_.options() if o.value == value])


def _with(query: QueryDict, **values: str) -> str:
    return f"?{rest(query, *values, **values)}"
