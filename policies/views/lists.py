"""The filterable lists."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.urls import reverse
from django.views.generic import TemplateView

from policies.facets import chips, facets, whole_facet
from policies.filters import (
    BodyFilter,
    CompanyFilter,
    EventFilter,
    PolicyFilter,
    SectorFilter,
    TermFilter,
    TrackerFilterSet,
)
from policies.models import Company, CorporateEvent, IssuingBody, Policy, Sector, Term
from policies.search.index import current_index
from policies.search.thesaurus import also_searched
from policies.searchhelp import help_for
from policies.views import pages
from policies.views.results import fetched

ORDER_NAMES = {
    "relevance": "Relevance",
    "-announced": "Newest first",
    "announced": "Oldest first",
    "-added": "Latest added",
    "title": "Title",
    "due": "Due soonest",
    "-due": "Due latest",
    "-happened": "Newest first",
    "happened": "Oldest first",
    "name": "Name",
    "kind": "Kind",
    "abbreviation": "Abbreviation",
    "pinyin": "Pinyin",
}

# How parameters end that stand in the field of dates.
DATES = ("_after", "_before", "_on")


class FoundPage:
    """The ids that a search finds, as a paginator counts and slices them."""

    def __init__(self, filterset: TrackerFilterSet) -> None:
        self.filterset = filterset

    def __len__(self) -> int:
        return len(self.filterset.ids())

    def __getitem__(self, place: slice) -> list[int]:
        return self.filterset.page(place.start, place.stop)


class FilteredList(TemplateView):
    """A page of records that a query string finds, with facets, chips and orders."""

    template_name = "policies/searched.html"
    # The page that shows all where nothing is asked for, if it is not this list.
    plain: Any = None
    filterset_class: type[TrackerFilterSet]
    title = ""
    row_template = ""
    noun = ""
    nouns = ""
    page_size = 25

    def rows(self) -> QuerySet:
        """The records with what a row of the list shows."""
        raise NotImplementedError

    def get(self, request, *args: Any, **kwargs: Any):
        if self.plain is not None and not request.GET:
            return self.plain.as_view()(request)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filterset = self.filterset_class(query)
        errors = list(filterset.errors_by_parameter)
        paginator: Any = Paginator(cast(Any, FoundPage(filterset)), self.page_size)
        page = paginator.get_page(query.get("page"))
        asked = query.get("page", "1")
        if asked != str(page.number):
            errors.append(
                ("page", f"There is no page “{asked}”; the last one is {paginator.num_pages}.")
            )
        page.object_list = fetched(filterset, self.rows(), list(page.object_list))
        rest = query.copy()
        rest.pop("page", None)
        rest.pop("sort", None)
        return super().get_context_data(**kwargs) | {
            "title": self.title,
            "filterset": filterset,
            "page": page,
            "count": paginator.count,
            "counted": self.noun if paginator.count == 1 else self.nouns,
            "is_partial": filterset.found.is_partial,
            "errors": errors,
            "facets": facets(filterset, query),
            "chips": chips(filterset, query),
            "bounds": [
                (name, filter_.label, query.get(name, ""))
                for name, filter_ in filterset.filters.items()
                if name.endswith(DATES)
            ],
            "kept": [(k, v) for k, v in _pairs(query) if not k.endswith(DATES)],
            "kept_by_search": [(k, v) for k, v in _pairs(query) if k not in ("q", "exact", "sort")],
            "orders": [(key, ORDER_NAMES[key], key == filterset.order) for key in filterset.orders],
            "rest": rest.urlencode(),
            "row_template": self.row_template,
            "q": query.get("q", ""),
            "is_exact": bool(query.get("exact")),
            "also": also_searched(filterset.searched) if filterset.searched else [],
            "notices": filterset.query.notices if filterset.query else [],
            "help": help_for(filterset, query),
        }


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
            "nouns": self.of.nouns,
            "count": len(filterset.ids()),
            "errors": errors,
            "facet": None if errors else whole_facet(filterset, query, name, path),
            "back": f"{path}?{query.urlencode()}",
        }


def _left_out(query) -> dict[str, Any]:
    """How many policies a search leaves out since nobody can tell whether they applied then."""
    asked = query.get("in_force_on")
    if not asked or asked == "unknown":
        return {}
    rest = query.copy()
    rest.pop("page", None)
    rest["in_force_on"] = "unknown"
    return {
        "left_out": len(PolicyFilter(rest).ids()),
        "left_out_url": f"?{rest.urlencode()}",
    }


def _pairs(query):
    return [(key, v) for key, values in query.lists() if key != "page" for v in values]


class PolicyList(FilteredList):
    filterset_class = PolicyFilter
    title, noun, nouns = "Policies", "policy", "policies"
    row_template = "policies/rows/policy.html"

    def rows(self):
        issuers = Prefetch("issuers", to_attr="issuers_read")
        return Policy.objects.published().defer("imported").prefetch_related(issuers)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | _left_out(self.request.GET)


class EventList(FilteredList):
    filterset_class = EventFilter
    title, noun, nouns = "Corporate events", "event", "events"
    row_template = "policies/rows/event.html"

    def rows(self):
        return CorporateEvent.objects.published().defer("imported").prefetch_related("companies")


class BodyList(FilteredList):
    filterset_class = BodyFilter
    title, noun, nouns = "Issuing bodies", "body", "bodies"
    row_template = "policies/rows/body.html"
    template_name = "policies/bodies.html"
    page_size = 200

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


class CompanyList(FilteredList):
    filterset_class = CompanyFilter
    plain = pages.CompanyList
    title, noun, nouns = "Companies", "company", "companies"
    row_template = "policies/rows/company.html"

    def rows(self):
        return Company.objects.published()


class SectorList(FilteredList):
    filterset_class = SectorFilter
    plain = pages.SectorList
    title, noun, nouns = "Sectors", "sector", "sectors"
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
    title, noun, nouns = "Glossary", "term", "terms"
    row_template = "policies/rows/term.html"

    def rows(self):
        return Term.objects.select_related("sector")
