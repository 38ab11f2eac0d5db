"""The filterable lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from policies.charts import spread
from policies.facets import chips, facets, whole_facet
from policies.filterperiods import UNKNOWN, UNSURE
from policies.filters import (
    BodyFilter,
    EventFilter,
    PolicyFilter,
    SectorFilter,
    TermFilter,
    TrackerFilterSet,
)
from policies.models import CorporateEvent, IssuingBody, Policy, Sector, Term
from policies.paging import turned
from policies.querystrings import joined, pairs, rest
from policies.search.bodies import ISSUERS
from policies.search.index import current_index
from policies.search.thesaurus import also_searched
from policies.searchhelp import help_for
from policies.views import pages, reading
from policies.views.kept import kept
from policies.views.results import fetched

ORDER_NAMES = {
    "relevance": _("Relevance"),
    "-announced": _("Newest first"),
    "announced": _("Oldest first"),
    "-added": _("Latest added"),
    "title": _("Title"),
    "due": _("Due soonest"),
    "-due": _("Due latest"),
    "-happened": _("Newest first"),
    "happened": _("Oldest first"),
    "name": _("Name"),
    "kind": _("Kind"),
    "abbreviation": _("Abbreviation"),
    "pinyin": _("Pinyin"),
    "-cny": _("Largest in CNY"),
    "-eur": _("Largest in EUR"),
    "-events": _("Most events"),
}

# How parameters end that stand in the field of dates.
DATES = ("_after", "_before", "_on")


def between_dates(filterset: TrackerFilterSet, query: QueryDict) -> dict[str, Any]:
    """The fields of a form of dates, and what else of the search it keeps."""
    return {
        "bounds": [
            (name, filter_.label, query.get(name, ""))
            for name, filter_ in filterset.filters.items()
            if name.endswith(DATES)
        ],
        "kept": [(name, value) for name, value in pairs(query) if not name.endswith(DATES)],
    }


class FoundPage:
    """The ids that a search finds, as a paginator counts and slices them."""

    def __init__(self, filterset: TrackerFilterSet) -> None:
        self.filterset = filterset

    def __len__(self) -> int:
        return len(self.filterset.ids())

    def __getitem__(self, place: slice) -> list[int]:
        return self.filterset.page(place.start, place.stop)


@dataclass(frozen=True, slots=True)
class Manner:
    """A manner in which a search can be looked at, with its address."""

    label: str
    url: str
    is_chosen: bool


class FilteredList(TemplateView):
    """A page of records that a query string finds, with facets, chips and orders."""

    template_name = "policies/searched.html"
    # The page that shows all where nothing is asked for, if it is not this list.
    plain: Any = None
    filterset_class: type[TrackerFilterSet]
    title: Any = ""
    row_template = ""
    noun: Any = ""
    nouns: Any = ""
    page_size = 25
    # The pages that show the same search, by what the addresses are called.
    manners: tuple[tuple[str, Any], ...] = ()

    def rows(self) -> QuerySet:
        """The records with what a row of the list shows."""
        raise NotImplementedError

    @kept
    def get(self, request, *args: Any, **kwargs: Any):
        if self.plain is not None and not request.GET:
            return self.plain.as_view()(request)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filterset = self.filterset_class(query)
        wrong = filterset.errors_by_parameter
        page, errors = turned(FoundPage(filterset), self.page_size, query, wrong)
        count = page.paginator.count
        page.object_list = fetched(filterset, self.rows(), list(page.object_list))
        return (
            super().get_context_data(**kwargs)
            | {
                "title": self.title,
                "filterset": filterset,
                "page": page,
                "count": count,
                "counted": self.noun if count == 1 else self.nouns,
                "is_partial": filterset.found.is_partial,
                "errors": errors,
                "facets": facets(filterset, query),
                "spread": None
                if errors or "by" not in filterset.filters
                else spread(filterset, query),
                "manners": [] if errors else self._manners(query),
                "chips": chips(filterset, query),
                "kept_by_search": [
                    (k, v) for k, v in pairs(query) if k not in ("q", "exact", "sort")
                ],
                "orders": [
                    (key, ORDER_NAMES[key], key == filterset.order) for key in filterset.orders
                ],
                "rest": rest(query, "sort"),
                "row_template": self.row_template,
                "q": query.get("q", ""),
                "is_exact": bool(query.get("exact")),
                "also": also_searched(filterset.searched) if filterset.searched else [],
                "notices": filterset.query.notices if filterset.query else [],
                "help": help_for(filterset, query),
            }
            | between_dates(filterset, query)
        )

    def _manners(self, query: QueryDict) -> list[Manner]:
        """The same search as a list and along time; orders are the pages' own."""
        asked = rest(query, "sort")
        return [
            Manner(str(label), joined(address, asked), self.request.path == address)
            for name, label in self.manners
            for address in [reverse(name)]
        ]


class AllValues(TemplateView):
    """All values of a facet that is too long to stand beside its list."""

    template_name = "policies/values.html"
    of: Any = None
    list_name = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query, name = self.request.GET, kwargs["name"]
        filterset: TrackerFilterSet = self.of.filterset_class(query)
        if name not in filterset.facets:
            raise Http404(f"There is no facet “{name}”.")
        path, errors = reverse(self.list_name), filterset.errors_by_parameter
        return super().get_context_data(**kwargs) | {
            "title": self.of.title,
            "filterset": filterset,
            "nouns": self.of.nouns,
            "count": len(filterset.ids()),
            "errors": errors,
            "facet": None if errors else whole_facet(filterset, query, name, path),
            "back": f"{path}?{query.urlencode()}",
        }


def _left_out(query) -> dict[str, Any]:
    """How many policies a search leaves out since nobody can tell whether they applied then."""
    asked = query.get("in_force_on")
    if not asked or asked.startswith(UNKNOWN):
        return {}
    unknown = rest(query, in_force_on=f"{UNSURE}{asked}")
    return {
        "left_out": len(PolicyFilter(QueryDict(unknown)).ids()),
        "left_out_url": f"?{unknown}",
    }


class PolicyList(FilteredList):
    filterset_class = PolicyFilter
    template_name = "policies/policies.html"
    title = _("Policies")
    noun = pgettext_lazy("after a number", "policy")
    nouns = pgettext_lazy("after a number", "policies")
    row_template = "policies/rows/policy.html"
    manners = (
        ("policy_list", _("List")), ("policy_timeline", _("Timeline")), ("calendar", _("Calendar")),
        ("coverage", _("Coverage")), ("phrase", _("First appearance")), ("promised", _("Promised")),
    )  # fmt: skip

    def rows(self):
        return Policy.objects.published().defer("imported").prefetch_related(ISSUERS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context |= reading.beside(self.request, context["page"].object_list)
        return context if context["errors"] else context | _left_out(self.request.GET)


class EventList(FilteredList):
    filterset_class = EventFilter
    title = _("Corporate events")
    noun = pgettext_lazy("after a number", "event")
    nouns = pgettext_lazy("after a number", "events")
    row_template = "policies/rows/event.html"
    manners = (("event_list", _("List")), ("event_timeline", _("Timeline")))

    def rows(self):
        return CorporateEvent.objects.published().defer("imported").prefetch_related("companies")


class BodyList(FilteredList):
    filterset_class = BodyFilter
    title = _("Issuing bodies")
    noun = pgettext_lazy("after a number", "body")
    nouns = pgettext_lazy("after a number", "bodies")
    row_template = "policies/rows/body.html"
    template_name = "policies/bodies.html"
    page_size = 60

    def rows(self):
        return IssuingBody.objects.select_related("parent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        policies = current_index().kind("policy")
        joint = policies.value("joint", "1")
        for body in context["page"].object_list:
            issued = policies.value("issuer", body.pk)
            body.jointly = issued.intersection_cardinality(joint)
            body.alone = len(issued) - body.jointly
        return context


class SectorList(FilteredList):
    filterset_class = SectorFilter
    plain = pages.SectorList
    title = _("Sectors")
    noun = pgettext_lazy("after a number", "sector")
    nouns = pgettext_lazy("after a number", "sectors")
    row_template = "policies/rows/sector.html"

    def rows(self):
        return Sector.objects.select_related("parent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        numbers = pages.policies_by_sector()
        for sector in context["page"].object_list:
            sector.number = numbers[sector.pk]
        return context


class Glossary(FilteredList):
    filterset_class = TermFilter
    plain = pages.Glossary
    title = _("Glossary")
    noun = pgettext_lazy("after a number", "term")
    nouns = pgettext_lazy("after a number", "terms")
    row_template = "policies/rows/term.html"

    def rows(self):
        return Term.objects.select_related("sector")
