"""Two to four policies side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView

from policies.compare import FEWEST, MOST, Several, Single, aligned, several, single
from policies.filterslugs import SlugsField, slugs_in
from policies.inforce import status_in_words
from policies.models import Policy
from policies.views import reading
from policies.vocabulary import LegalStatus, PointKind

PARAMETERS = ("policy", "reading")
# What a policy has one of: the field, what readers call it, how it is shown.
DATES = (
    ("announced", gettext_lazy("Announced")),
    ("document", gettext_lazy("Document dated")),
    ("effective", gettext_lazy("In effect from")),
    ("expires", gettext_lazy("Expires")),
)
WORDS = (
    ("instrument", gettext_lazy("Instrument")),
    ("legal_status", gettext_lazy("Legal status")),
    ("level", gettext_lazy("Level")),
)
POINTS = {
    PointKind.CRITERION: gettext_lazy("Criteria"),
    PointKind.MEASURE: pgettext_lazy("provisions", "Measures"),
    PointKind.CHANGE: gettext_lazy("Changes"),
    PointKind.SCOPE: gettext_lazy("Scope"),
    PointKind.OTHER: gettext_lazy("Other provisions"),
}


class Asked(forms.Form):
    """The policies to compare, in the order in which they are to stand."""

    policy = SlugsField(model=Policy, options=list, required=False)
    reading = SlugsField(model=Policy, options=list, required=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the policies: its name in templates, what readers call it, its cells."""

    kind: str
    label: Any
    said: Single | Several


class Comparison(TemplateView):
    """A table of fields by policies."""

    template_name = "policies/compare.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A reading list's own address compares what is on it."""
        query = request.GET
        if reading.FOUND in query and not any(name in query for name in PARAMETERS):
            changed = query.copy()
            listed = ",".join(slugs_in(changed.pop(reading.FOUND)))
            changed["policy"] = changed[reading.KEPT] = listed
            return redirect(f"{reverse('compare')}?{changed.urlencode(safe=',')}")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        policies, named, errors = _policies(query)
        context = super().get_context_data(**kwargs) | {
            "errors": errors,
            "asked": policies,
            "named": named,
            "over": named - MOST,
            "fewest": FEWEST,
            "most": MOST,
        }
        context |= reading.beside(self.request, policies)
        if errors or not FEWEST <= named <= MOST:
            return context
        together, apart = aligned(policies)
        for policy in policies:
            policy.without_url = _without(query, policy.slug) if len(policies) > FEWEST else ""
        return context | {
            "policies": policies,
            "rows": _rows(policies),
            "together": together,
            "apart": apart if any(apart) else [],
        }


def _policies(query: QueryDict) -> tuple[list[Any], int, list[tuple[str, str]]]:
    """The policies to compare or to choose from, how many are named, and what is wrong.

    Where too few are named, those of the reading list can be chosen too.
    """
    form = Asked(query)
    errors = [
        (name, _("There is no filter “%(name)s” here. Filters: policy, reading.") % {"name": name})
        for name in query
        if name not in PARAMETERS
    ]
    errors += [(name, message) for name, told in form.errors.items() for message in map(str, told)]
    keys = _keys(form, "policy")
    offered = list(dict.fromkeys([*keys, *_keys(form, "reading")])) if len(keys) < FEWEST else keys
    is_table = not errors and FEWEST <= len(keys) <= MOST
    found = (_read() if is_table else Policy.objects.published()).in_bulk(offered)
    return [found[key] for key in offered if key in found], len(keys), errors


def _keys(form: Asked, name: str) -> list[int]:
    return list(dict.fromkeys(int(option.key) for option in form.cleaned_data.get(name) or ()))


def _read() -> QuerySet[Policy]:
    return (
        Policy.objects.published()
        .defer("imported")
        .prefetch_related(
            "issuers__body", "sectors", "regions", "provisions", "targets", "amounts", "deadlines"
        )
    )


def _rows(policies: list[Policy]) -> list[Row]:
    rows = [*_looked_up(policies), *_listed(policies), *_pointed(policies)]
    return [row for row in rows if any(row.said.cells) or row.kind in ("date", "issuers", "word")]


def _looked_up(policies: list[Policy]) -> Iterator[Row]:
    """What a policy has one of."""
    for name, label in DATES:
        yield Row("date", label, single(getattr(policy, name) for policy in policies))
    numbers = single(policy.document_number for policy in policies)
    yield Row("number", _("Document number"), numbers)
    for name, label in WORDS:
        told = [_told(policy, name) for policy in policies]
        known = [_known(getattr(policy, name)) for policy in policies]
        # What is told of the same word may differ, and then it differs for the reader.
        said = single(words if word else "" for words, word in zip(told, known, strict=True))
        yield Row("word", label, Single(said.verdict, told))


def _listed(policies: list[Policy]) -> Iterator[Row]:
    """What it has several of."""
    deadlines = several((p.deadlines.all() for p in policies), lambda d: (d.kind, d.closes, d.text))
    yield Row("deadlines", _("Deadlines"), deadlines)
    named = (sorted(p.issuers.all(), key=lambda row: not row.is_lead) for p in policies)
    issuers = several(named, lambda row: row.body_id or row.printed)
    yield Row("issuers", _("Issuing bodies"), issuers)
    sectors = several((p.sectors.all() for p in policies), lambda sector: sector.pk)
    yield Row("named", _("Sectors"), sectors)
    regions = several((p.regions.all() for p in policies), lambda region: region.pk)
    yield Row("named", _("Regions"), regions)
    amounts = several(
        (p.amounts.all() for p in policies), lambda a: (a.currency, a.value, a.purpose)
    )
    yield Row("amounts", _("Amounts"), amounts)


def _pointed(policies: list[Policy]) -> Iterator[Row]:
    """Its provisions by kind; those with the same words are the same."""
    for kind, label in POINTS.items():
        points = [[point for point in p.provisions.all() if point.kind == kind] for p in policies]
        yield Row("points", label, several(points, lambda point: point.text.casefold()))


def _told(policy: Policy, name: str) -> str:
    if name == "legal_status":
        return status_in_words(policy, localdate())
    return getattr(policy, f"get_{name}_display")()


def _known(value: str) -> str:
    return "" if value == LegalStatus.UNKNOWN else value


def _without(query: QueryDict, slug: str) -> str:
    """The comparison without one of its policies."""
    changed = query.copy()
    rest = [kept for kept in slugs_in(query.getlist("policy")) if kept != slug]
    changed.setlist("policy", [",".join(rest)])
    return f"{reverse('compare')}?{changed.urlencode(safe=',')}"
