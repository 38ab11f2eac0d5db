"""The home page, the plain lists and what the tracker says of itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.generic import ListView, TemplateView

from policies.filters import EventFilter, PolicyFilter, SectorFilter, TermFilter, TrackerFilterSet
from policies.models import (
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Sector,
    Target,
    Term,
)
from policies.search.bodies import ISSUERS
from policies.search.index import Index, current_index
from policies.search.thesaurus import also_searched
from policies.searchhelp import help_for
from policies.views.acting import counted, with_records
from policies.views.kept import kept
from policies.views.newest import due_next, newest_policies
from policies.views.results import unknown_beside_words
from policies.vocabulary import Section

LATEST = 6
BUSIEST = 8


def policies_by_sector() -> Counter[int]:
    """How many public policies each sector has with what is below it, by the sector's key."""
    sectors = current_index().kind("policy").values.get("sector", {})
    return Counter({int(key): len(policies) for key, policies in sectors.items()})


def _size(index: Index, kind: str) -> int:
    return len(index.kind(kind).everything)


class Home(TemplateView):
    template_name = "policies/home.html"

    get = kept(TemplateView.get)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        index = current_index()
        everything = index.kind("policy").everything
        return super().get_context_data(**kwargs) | {
            "counts": [
                ("policy_list", pgettext("after a number", "policies"), _size(index, "policy")),
                ("target_list", pgettext("after a number", "targets"), _size(index, "target")),
                (
                    "event_list",
                    pgettext("after a number", "corporate events"),
                    _size(index, "event"),
                ),
                (
                    "body_list",
                    pgettext("after a number", "issuing bodies"),
                    IssuingBody.objects.count(),
                ),
                ("glossary", pgettext("after a number", "terms"), Term.objects.count()),
            ],
            "latest": newest_policies(
                Policy.objects.prefetch_related(ISSUERS), index, everything, LATEST
            ),
            "due": due_next(index, LATEST),
            "issue": IssueList().get_queryset().first(),
            "bodies": self._busiest_bodies(),
            "sectors": self._busiest_sectors(),
        }

    def _busiest_bodies(self) -> Any:
        held = current_index().kind("policy")
        return with_records(IssuingBody, counted(held, "issuer", held.everything)[:BUSIEST])

    def _busiest_sectors(self) -> list[tuple[Sector, int]]:
        numbers = policies_by_sector()
        sectors = Sector.objects.in_bulk(list(numbers))
        pairs = [(sectors[key], number) for key, number in numbers.items()]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0].name_en))[:BUSIEST]


class About(TemplateView):
    template_name = "policies/about.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        policies, targets = Policy.objects.published(), Target.objects.published()
        return super().get_context_data(**kwargs) | {
            "issues": NewsletterIssue.objects.published(),
            "total": policies.count(),
            "targets": targets.count(),
            "events": CorporateEvent.objects.published().count(),
            "without_link": policies.filter(official_url="").count(),
            "without_zh": policies.filter(title_zh="").count(),
            "without_due": targets.filter(due_on=None).count(),
        }


@dataclass(frozen=True, slots=True)
class Branch:
    """A sector with the number of its policies and what is below it."""

    sector: Sector
    number: int
    below: list[Branch]


class SectorList(ListView):
    """The tree of sectors."""

    template_name = "policies/sectors.html"
    context_object_name = "branches"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        whole = {"title": gettext_lazy("Sectors"), "filterset": SectorFilter(QueryDict(""))}
        return super().get_context_data(**kwargs) | whole

    def get_queryset(self):
        numbers, below = policies_by_sector(), defaultdict(list)
        for sector in Sector.objects.all():
            below[sector.parent_id].append(sector)

        def branches(parent: int | None) -> list[Branch]:
            return [Branch(row, numbers[row.pk], branches(row.pk)) for row in below[parent]]

        return branches(None)


class IssueList(ListView):
    """The issues, each with its headlines and the number of its records.

    With words searched for, the issues that hold what is found, and how much of it.
    """

    template_name = "policies/issues.html"
    context_object_name = "issues"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        title = gettext_lazy("Newsletter issues")
        context = super().get_context_data(**kwargs) | {"title": title}
        if not query:
            return context | {"filterset": PolicyFilter(query)}
        asked: TrackerFilterSet = PolicyFilter(query)
        errors = unknown_beside_words(query) or asked.errors_by_parameter
        words = {
            "q": query.get("q", ""),
            "is_exact": bool(query.get("exact")),
            "errors": errors,
            "filterset": asked,
            "notices": asked.query.notices if asked.query else [],
        }
        if errors or asked.query is None or asked.query.is_empty:
            return context | words
        events: TrackerFilterSet = EventFilter(query)
        searches = [(asked, "policy_list", _policies), (events, "event_list", _events)]
        within = [(issue, list(_found_in(issue, searches, query))) for issue in context["issues"]]
        found = [(issue, lists) for issue, lists in within if lists]
        return (
            context
            | words
            | {
                "is_search": True,
                "found": found,
                "help": None if found else help_for(asked, query, (PolicyFilter, EventFilter)),
                "also": also_searched(asked.searched) if asked.searched else [],
                "is_partial": asked.found.is_partial or events.found.is_partial,
            }
        )

    def get_queryset(self):
        policies = Policy.objects.published_there()
        top = policies.filter(section=Section.TOP).order_by("position", "pk")
        return (
            NewsletterIssue.objects.published()
            .annotate(
                policy_number=_number_of(policies),
                event_number=_number_of(CorporateEvent.objects.published_there()),
            )
            .defer("source_text")
            .order_by("-published_on")
            .prefetch_related(Prefetch("policies", top, "top_items"))
        )


def _number_of(records: Any) -> Any:
    """How many of the records stand in an issue."""
    inside = records.filter(issue=OuterRef("pk")).order_by().values("issue")
    return Coalesce(Subquery(inside.annotate(number=Count("pk")).values("number")), 0)


def _found_in(
    issue: NewsletterIssue, searches: list[Any], query: QueryDict
) -> Iterator[tuple[str, str]]:
    """What of the searches stands in an issue: how many of what, and the address of the list."""
    day = issue.published_on.isoformat()
    address = query.copy()
    address["issue"] = day
    for search, name, told in searches:
        within = search.found.held.value("issue", day)
        number = search.ids().intersection_cardinality(within)
        if number:
            yield told(number), f"{reverse(name)}?{address.urlencode()}"


def _policies(number: int) -> str:
    return ngettext("%(number)d policy", "%(number)d policies", number) % {"number": number}


def _events(number: int) -> str:
    words = ngettext("%(number)d corporate event", "%(number)d corporate events", number)
    return words % {"number": number}


class Glossary(ListView):
    """The terms by their first letter."""

    template_name = "policies/glossary.html"
    context_object_name = "letters"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        whole = {"title": gettext_lazy("Glossary"), "filterset": TermFilter(QueryDict(""))}
        return super().get_context_data(**kwargs) | whole

    def get_queryset(self):
        terms = sorted(Term.objects.all(), key=lambda term: term.term_en.casefold())
        return [(letter, list(rows)) for letter, rows in groupby(terms, _first_letter)]


def _first_letter(term: Term) -> str:
    letter = term.term_en[:1].upper()
    return letter if letter.isascii() and letter.isalpha() else "0–9"
