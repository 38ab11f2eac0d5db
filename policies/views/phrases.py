"""A phrase: where it first appeared and how it spread."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from policies import phrases
from policies.breakdown import Breakdown
from policies.facets import chips
from policies.filters import PolicyFilter, TrackerFilterSet
from policies.models import Term
from policies.search.respelling import phrase
from policies.search.thesaurus import also_searched
from policies.searchhelp import help_for
from policies.views.kept import kept
from policies.views.lists import PolicyList
from policies.views.results import fetched

EXAMPLES = 12


class PhraseBiography(TemplateView):
    """The first policy with some words, and the number of policies by year, issue and so on."""

    template_name = "policies/phrase.html"

    get = kept(TemplateView.get)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filterset: TrackerFilterSet = PolicyFilter(query)
        context = super().get_context_data(**kwargs) | {
            "title": _("Biography of a phrase"),
            "q": query.get("q", ""),
            "as_phrase": phrases.held_together(query.get("q", "")),
            "is_exact": bool(query.get("exact")),
            "errors": filterset.errors_by_parameter,
            "filterset": filterset,
            "notices": filterset.query.notices if filterset.query else [],
            "chips": chips(filterset, query),
            "kept": [
                (name, value)
                for name, values in query.lists()
                for value in values
                if name not in ("q", "exact", "page")
            ],
        }
        if not phrases.asks_for_words(filterset):
            terms = Term.objects.order_by("term_en")[:EXAMPLES]
            examples = [(term, phrase(term.term_en)) for term in terms]
            return context | {"examples": examples}
        return context | self._told(filterset)

    def _told(self, filterset: TrackerFilterSet) -> dict[str, Any]:
        query = self.request.GET
        named = phrases.named_closely(filterset)
        whole = phrases.spelt(query, named)
        asked = phrases.in_facts(whole)
        facts: TrackerFilterSet = PolicyFilter(asked)
        if facts.errors_by_parameter:
            return {"errors": facts.errors_by_parameter}
        commented = phrases.commented(whole, facts)
        context = {
            "has_words": True,
            "also": also_searched(named),
            "is_partial": facts.found.is_partial or commented.filterset.found.is_partial,
            "elsewhere": phrases.elsewhere(query),
            "commented": commented,
            "help": help_for(filterset, query),
        }
        rows = PolicyList().rows().select_related("issue")
        first = fetched(facts, rows, phrases.first_of(facts))
        if not first:
            in_comment = fetched(commented.filterset, rows, commented.first)
            return context | {"in_comment": next(iter(in_comment), None)}
        found = Breakdown(facts, asked)
        number, url = phrases.maybe_earlier(found, first[0])
        return (
            context
            | {
                "first": first[0],
                "count": len(found.base),
                "list_url": found.url({}),
                "earlier_number": number,
                "earlier_url": url,
            }
            | phrases.spread(found)
        )
