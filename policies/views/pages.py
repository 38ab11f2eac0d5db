"""The home page, the plain lists and what the tracker says of itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils.timezone import localdate
from django.views.generic import ListView, TemplateView

from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyIssuer,
    Sector,
    Target,
    Term,
)
from policies.trees import ancestors
from policies.vocabulary import Section

LATEST = 6
BUSIEST = 8


def policies_by_sector() -> Counter[int]:
    """How many public policies each sector has with what is below it, by the sector's key."""
    above = ancestors(Sector)
    rows = Policy.sectors.through.objects.filter(policy__in=Policy.objects.published())
    pairs = {
        (policy, key)
        for policy, sector in rows.values_list("policy_id", "sector_id")
        for key in above[sector]
    }
    return Counter(key for _, key in pairs)


class Home(TemplateView):
    template_name = "policies/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        policies, targets = Policy.objects.published(), Target.objects.published()
        return super().get_context_data(**kwargs) | {
            "counts": [
                ("policy_list", "policies", policies.count()),
                ("target_list", "targets", targets.count()),
                ("event_list", "corporate events", CorporateEvent.objects.published().count()),
                ("body_list", "issuing bodies", IssuingBody.objects.count()),
                ("glossary", "terms", Term.objects.count()),
            ],
            "latest": policies.prefetch_related("issuers__body", "sectors")[:LATEST],
            "due": targets.filter(due_on__gte=localdate()).select_related("policy")[:LATEST],
            "issue": IssueList().get_queryset().first(),
            "bodies": self._busiest_bodies(),
            "sectors": self._busiest_sectors(),
        }

    def _busiest_bodies(self) -> Any:
        return (
            PolicyIssuer.objects.filter(policy__in=Policy.objects.published(), body__isnull=False)
            .values("body__slug", "body__abbreviation", "body__name_en")
            .annotate(number=Count("policy"))
            .order_by("-number", "body__name_en")[:BUSIEST]
        )

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


class CompanyList(ListView):
    template_name = "policies/companies.html"
    context_object_name = "companies"

    def get_queryset(self):
        public = Q(events__in=CorporateEvent.objects.published())
        number = Count("events", filter=public, distinct=True)
        return Company.objects.published().annotate(number=number).order_by("name_en", "pk")


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

    def get_queryset(self):
        numbers, below = policies_by_sector(), defaultdict(list)
        for sector in Sector.objects.all():
            below[sector.parent_id].append(sector)

        def branches(parent: int | None) -> list[Branch]:
            return [Branch(row, numbers[row.pk], branches(row.pk)) for row in below[parent]]

        return branches(None)


class IssueList(ListView):
    """The issues, each with its headlines and the number of its records."""

    template_name = "policies/issues.html"
    context_object_name = "issues"

    def get_queryset(self):
        policies, events = Policy.objects.published(), CorporateEvent.objects.published()
        top = policies.filter(section=Section.TOP).order_by("position", "pk")
        return (
            NewsletterIssue.objects.published()
            .annotate(
                policy_number=Count("policies", filter=Q(policies__in=policies), distinct=True),
                event_number=Count("events", filter=Q(events__in=events), distinct=True),
            )
            .defer("source_text")
            .order_by("-published_on")
            .prefetch_related(Prefetch("policies", top, "top_items"))
        )


class Glossary(ListView):
    """The terms by their first letter."""

    template_name = "policies/glossary.html"
    context_object_name = "letters"

    def get_queryset(self):
        terms = sorted(Term.objects.all(), key=lambda term: term.term_en.casefold())
        return [(letter, list(rows)) for letter, rows in groupby(terms, _first_letter)]


def _first_letter(term: Term) -> str:
    letter = term.term_en[:1].upper()
    return letter if letter.isascii() and letter.isalpha() else "0–9"
