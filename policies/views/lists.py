"""The filterable lists."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.views.generic import TemplateView

from policies.facets import chips, facets
from policies.filters import BodyFilter, EventFilter, PolicyFilter, TargetFilter, TrackerFilterSet
from policies.models import CorporateEvent, IssuingBody, Policy, Target

PAGE_SIZE = 25
ORDER_NAMES = {
    "-announced": "Newest first",
    "announced": "Oldest first",
    "-added": "Latest added",
    "title": "Title",
    "due": "Due soonest",
    "-due": "Due latest",
    "-happened": "Newest first",
    "happened": "Oldest first",
    "name": "Name",
    "abbreviation": "Abbreviation",
}


class FilteredList(TemplateView):
    """A page of records that a query string finds, with facets, chips and orders."""

    template_name = "policies/list.html"
    filterset_class: type[TrackerFilterSet]
    title = ""
    row_template = ""
    noun = ""
    nouns = ""

    def queryset(self):
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filterset = self.filterset_class(query, queryset=self.queryset())
        errors = filterset.errors_by_parameter()
        pages = Paginator(filterset.ordered(), PAGE_SIZE)
        page = pages.get_page(query.get("page"))
        asked = query.get("page", "1")
        if asked != str(page.number):
            errors.append(
                ("page", f"There is no page “{asked}”; the last one is {pages.num_pages}.")
            )
        rest = query.copy()
        rest.pop("page", None)
        rest.pop("sort", None)
        sort = query.get("sort") or filterset.default_order
        return super().get_context_data(**kwargs) | {
            "title": self.title,
            "page": page,
            "count": pages.count,
            "counted": self.noun if pages.count == 1 else self.nouns,
            "errors": errors,
            "facets": facets(filterset, query),
            "chips": chips(filterset, query),
            "bounds": [
                (name, filter_.label, query.get(name, ""))
                for name, filter_ in filterset.filters.items()
                if name.endswith(("_after", "_before"))
            ],
            "kept": [(k, v) for k, v in _pairs(query) if not k.endswith(("_after", "_before"))],
            "orders": [(key, ORDER_NAMES[key], key == sort) for key in filterset.orders],
            "rest": rest.urlencode(),
            "row_template": self.row_template,
        }


def _pairs(query):
    return [(key, v) for key, values in query.lists() if key != "page" for v in values]


class PolicyList(FilteredList):
    filterset_class = PolicyFilter
    title, noun, nouns = "Policies", "policy", "policies"
    row_template = "policies/rows/policy.html"

    def queryset(self):
        return Policy.objects.published().prefetch_related("issuers__body", "sectors")


class TargetList(FilteredList):
    filterset_class = TargetFilter
    title, noun, nouns = "Targets", "target", "targets"
    row_template = "policies/rows/target.html"

    def queryset(self):
        return Target.objects.published().select_related("policy")


class EventList(FilteredList):
    filterset_class = EventFilter
    title, noun, nouns = "Corporate events", "event", "events"
    row_template = "policies/rows/event.html"

    def queryset(self):
        return CorporateEvent.objects.published().prefetch_related("companies", "sectors")


class BodyList(FilteredList):
    filterset_class = BodyFilter
    title, noun, nouns = "Issuing bodies", "body", "bodies"
    row_template = "policies/rows/body.html"

    def queryset(self):
        return IssuingBody.objects.select_related("parent")
