"""Companies: all of them with what they do, and one with its ledger of events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from pyroaring import BitMap

from policies.companyledger import Counted, Ledger
from policies.companysums import total
from policies.facets import chips
from policies.filters import CompanyFilter, EventFilter, TrackerFilterSet
from policies.lags import Lag, lag
from policies.languages import names_of
from policies.models import Company, CorporateEvent, Policy
from policies.money import printed_sums
from policies.paging import turned
from policies.querystrings import rest
from policies.views.details import Record
from policies.views.lists import ORDER_NAMES, FilteredList, FoundPage
from policies.views.results import fetched

PAGE_SIZE = 25
# So many policies are shown that the events answer, with so many answers of all of them.
POLICIES, ANSWERS, ANSWERS_OF_ONE = 20, 100, 5
SUMMED = ("CNY", "EUR")


class CompanyList(FilteredList):
    filterset_class = CompanyFilter
    template_name = "policies/companies.html"
    title = gettext_lazy("Companies")
    noun = pgettext_lazy("after a number", "company")
    nouns = pgettext_lazy("after a number", "companies")
    row_template = "policies/rows/company.html"
    page_size = 50

    def rows(self):
        return Company.objects.published()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if context["errors"]:
            return context
        filterset: Any = context["filterset"]
        held, events = filterset.acts, filterset.events()
        asked = QueryDict(mutable=True)
        for name in filterset.of_events:
            asked.setlist(name, [v for v in self.request.GET.getlist(name) if v])
        for company in context["page"].object_list:
            ids = held.value("company", company.pk) & events
            asked["company"] = company.slug
            company.number = len(ids)
            company.url = f"{reverse('event_list')}?{asked.urlencode()}"
            company.sums = [total(held, ids, currency) for currency in SUMMED]
        return context


@dataclass(frozen=True, slots=True)
class Answered:
    """A policy that events answer: how many, and the first of them with how long they took."""

    policy: Policy
    events: Counted
    first: list[tuple[CorporateEvent, Lag]]

    @property
    def more(self) -> int:
        """How many of the events are not told one by one."""
        return self.events.count - len(self.first)


class CompanyDetail(Record):
    """A company with its events as a ledger; a query string narrows it as it does the list."""

    model = Company
    template_name = "policies/company.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.request.GET
        query = given.copy()
        query.setlist("company", [self.object.slug])
        filterset: TrackerFilterSet = EventFilter(query)
        errors = list(filterset.errors_by_parameter)
        if "company" in given:
            errors.append(("company", _("This page is of one company already.")))
        page, errors = turned(FoundPage(filterset), PAGE_SIZE, given, errors)
        context = super().get_context_data(**kwargs) | {
            "errors": errors,
            "filterset": filterset,
            "title": lazy(_named, str)(self.object),
        }
        return context if errors else context | _told(filterset, query, given, page)


def _named(company: Company) -> str:
    """The name of a company in the language in which it is read, as citations are in two."""
    return names_of(company)[0]


def _told(
    filterset: TrackerFilterSet, query: QueryDict, given: QueryDict, page: Any
) -> dict[str, Any]:
    ledger = Ledger(filterset, query)
    currencies = ledger.currencies
    page.object_list = fetched(filterset, _events(), list(page.object_list))
    for event in page.object_list:
        _tell(event, currencies)
    return {
        "ledger": ledger,
        "currencies": currencies,
        "chips": chips(filterset, given),
        "rest": rest(given, "sort"),
        "orders": [(key, ORDER_NAMES[key], key == filterset.order) for key in filterset.orders],
        "page": page,
        "answered": _answered(ledger, filterset),
    }


def _events() -> QuerySet:
    policies = Policy.objects.published_there().defer("imported")
    answers = Prefetch("answers", policies, "public_answers")
    events = CorporateEvent.objects.published().defer("imported")
    return events.prefetch_related("companies", "amounts", answers)


def _tell(event: Any, currencies: list[str]) -> None:
    """Hang on an event its amounts by currency, and how long it took to answer policies."""
    sums = printed_sums(event.amounts.all())
    event.sums = [(currency, sums.get(currency)) for currency in currencies]
    event.answered = [(policy, lag(policy.announced, event.happened))
                      for policy in event.public_answers]  # fmt: skip


def _answered(ledger: Ledger, filterset: TrackerFilterSet) -> dict[str, Any]:
    """The policies that most events of the ledger answer, and how many more there are."""
    found = ledger.answered()
    shown = dict(found[:POLICIES])
    policies = Policy.objects.published().defer("imported").in_bulk(list(shown))
    ids = BitMap.union(BitMap(), *shown.values())
    first = filterset.found.page(ids, "happened", 0, ANSWERS)
    events = CorporateEvent.objects.published().defer("imported").in_bulk(first)
    told = []
    for key, answering in shown.items():
        if key in policies:
            policy = policies[key]
            some = [events[e] for e in first if e in answering and e in events][:ANSWERS_OF_ONE]
            pairs = [(event, lag(policy.announced, event.happened)) for event in some]
            told.append(Answered(policy, ledger.answering(policy.slug, answering), pairs))
    return {"number": len(found), "more": len(found) - len(told), "policies": told}
