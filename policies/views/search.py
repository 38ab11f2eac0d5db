"""Searching everything at once, and suggestions while a reader types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from policies.answers import refused
from policies.filters import PolicyFilter, TrackerFilterSet
from policies.languages import is_chinese
from policies.search.kinds import KINDS
from policies.search.suggest import suggestions
from policies.search.thesaurus import also_searched
from policies.searchhelp import help_for
from policies.views import companies, ledger, lists
from policies.views.kept import kept
from policies.views.results import fetched, unknown_beside_words

SHOWN = 3
PARTS = (
    (lists.PolicyList, "policy_list"),
    (ledger.TargetList, "target_list"),
    (lists.EventList, "event_list"),
    (lists.BodyList, "body_list"),
    (companies.CompanyList, "company_list"),
    (lists.Glossary, "glossary"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """What a search finds of one kind: how many, the best few, and the address of all.

    `named` are those of the best of which the words are the very name; with `is_partial`
    there may be more than were counted.
    """

    name: str
    title: str
    noun: str
    count: int
    rows: list[Any]
    named: list[Any]
    is_partial: bool
    row_template: str
    url: str


class SearchEverything(TemplateView):
    """A count for each kind of record and the best few of each."""

    template_name = "policies/search.html"

    get = kept(TemplateView.get)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        errors = unknown_beside_words(query)
        known = query.copy()
        for name, _ in errors:
            known.pop(name)
        asked: TrackerFilterSet = PolicyFilter(known)
        errors += asked.errors_by_parameter
        has_words = asked.query is not None and not asked.query.is_empty
        parts = [self._part(view, name) for view, name in PARTS] if has_words and not errors else []
        count = sum(part.count for part in parts)
        return (
            super().get_context_data(**kwargs)
            | {
                "q": query.get("q", ""),
                "is_exact": bool(query.get("exact")),
                "errors": errors,
                "filterset": asked,
                "title": gettext_lazy("Search everything"),
                "parts": parts,
                "named": [record for part in parts for record in part.named],
                "words_url": f"{reverse('phrase')}?{query.urlencode()}" if _is_told(parts) else "",
                "count": count,
                "is_partial": any(part.is_partial for part in parts),
                "has_words": has_words,
                "also": also_searched(asked.searched) if asked.searched else [],
                "notices": asked.query.notices if asked.query else [],
            }
            | (_helped(asked, query) if has_words and not count and not errors else {})
        )

    def _part(self, view: Any, name: str) -> Part:
        filterset = view.filterset_class(self.request.GET)
        ids = filterset.ids()
        rows = fetched(filterset, view().rows(), filterset.page(0, SHOWN))
        return Part(
            name=name,
            title=view.title,
            noun=view.noun if len(ids) == 1 else view.nouns,
            count=len(ids),
            rows=rows,
            named=[
                row for row in rows if any(row.pk in called for called in filterset.found.called)
            ],
            is_partial=filterset.found.is_partial,
            row_template=view.row_template,
            url=f"{reverse(name)}?{self.request.GET.urlencode()}",
        )


def _helped(asked: TrackerFilterSet, query: QueryDict) -> dict[str, Any]:
    """What helps where nothing is found: ways out, and the lists of all records."""
    kinds = [view.filterset_class for view, _ in PARTS]
    return {
        "help": help_for(asked, query, kinds),
        "whole": [
            (view.title, reverse(name), len(view.filterset_class(QueryDict()).ids()))
            for view, name in PARTS
        ],
    }


def _is_told(parts: list[Part]) -> bool:
    """Whether there is a biography of the words: some policy has them."""
    return any(part.count for part in parts if part.name == "policy_list")


@require_safe
def suggest(request) -> HttpResponse:
    """Options for what is typed so far, as a fragment of HTML: such as find records of each `kind`
    that is named, of any where none is.
    """
    kinds = request.GET.getlist("kind")
    told = gettext("“%(value)s” is not known. Allowed: {allowed}.").format(allowed=", ".join(KINDS))
    wrong = [("kind", told % {"value": kind}) for kind in kinds if kind not in KINDS]
    if wrong:
        return refused(wrong)
    found = suggestions(request.GET.get("q", ""), in_chinese=is_chinese(), kinds=kinds)
    return render(request, "partials/suggestions.html", {"suggestions": found})
