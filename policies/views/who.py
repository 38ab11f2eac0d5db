"""Who does what: the targets of a search and the measures beside them, by the body that leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from pyroaring import BitMap

from policies.facets import chips
from policies.filterkinds import main_bodies
from policies.filterperiods import UNKNOWN
from policies.filters import TargetFilter, TrackerFilterSet
from policies.models import IssuingBody, PolicyIssuer, Provision, Target
from policies.querystrings import rest
from policies.search.bodies import BODIES
from policies.views.kept import kept
from policies.vocabulary import PointKind

# A table that a person can read: so many targets, and so many measures of their policies.
TARGETS, MEASURES = 60, 40
# So many bodies are named above the table at once; the others on a click.
BODIES_SHOWN = 30
# Bullets that say what is done; criteria and scopes say for whom.
DONE = (PointKind.MEASURE, PointKind.CHANGE, PointKind.OTHER)


@dataclass(slots=True)
class Row:
    """A target or a measure, and those who support the lead in it."""

    target: Target | None
    measure: Provision | None
    policy: Any
    beside: list[PolicyIssuer]
    # How many rows from here on are of the same policy; 0 where that is said above.
    span: int = 0


@dataclass(slots=True)
class Group:
    """What one body answers for first; without a body, what nobody known does."""

    body: IssuingBody | None
    number: int
    list_url: str
    url: str
    rows: list[Row] = field(default_factory=list)
    targets_shown: int = 0


class WhoDoesWhat(TemplateView):
    """A table by leading body; each number leads to the targets that it counts."""

    template_name = "policies/who.html"

    get = kept(TemplateView.get)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filterset = TargetFilter(query)
        found, errors = filterset.ids(), filterset.errors_by_parameter
        context = super().get_context_data(**kwargs) | {
            "title": _("Who does what"),
            "errors": errors,
            "filterset": filterset,
            "chips": chips(filterset, query),
            "count": len(found),
            "is_partial": filterset.found.is_partial,
            "listed": f"{reverse('target_list')}?{rest(query)}",
        }
        return context if errors else context | _table(filterset, query, found)


def _table(filterset: TrackerFilterSet, query: QueryDict, found: BitMap) -> dict[str, Any]:
    answering = sorted(
        (
            (key, found & ids)
            for key, ids in main_bodies(filterset.found.held).items()
            if found.intersect(ids)
        ),
        key=lambda pair: (pair[0] == UNKNOWN, -len(pair[1]), pair[0].zfill(20)),
    )
    bodies = IssuingBody.objects.in_bulk([int(key) for key, _ in answering if key != UNKNOWN])
    groups = {
        key: _group(query, bodies.get(int(key)) if key != UNKNOWN else None, len(ids))
        for key, ids in answering
    }
    targets = _targets(filterset, _first(filterset, [ids for _, ids in answering]))
    left_over = _fill(groups, answering, targets)
    listed = list(groups.values())
    return {
        "groups": [group for group in listed if group.rows],
        "named": listed[:BODIES_SHOWN],
        "more_named": listed[BODIES_SHOWN:],
        "policy_number": len({target.policy_id for target in targets}),
        "measure_number": sum(1 for g in listed for row in g.rows if row.measure),
        "more_targets": len(found) - len(targets),
        "more_measures": left_over,
    }


def _group(query: QueryDict, body: IssuingBody | None, number: int) -> Group:
    narrowed = f"?{rest(query, main=body.slug if body else UNKNOWN)}"
    return Group(body, number, reverse("target_list") + narrowed, narrowed)


def _first(filterset: TrackerFilterSet, sets: list[BitMap]) -> list[int]:
    """The targets to show: of whole groups as long as there is room, then the first of the next."""
    whole, cut, room = BitMap(), BitMap(), TARGETS
    for ids in sets:
        new = ids - whole
        if len(new) > room:
            cut = new
            break
        whole |= new
        room -= len(new)
    page, order = filterset.found.page, filterset.order
    keys = page(whole, order, 0, len(whole))
    return [*keys, *page(cut, order, 0, room)] if cut and room else keys


def _targets(filterset: TrackerFilterSet, keys: list[int]) -> list[Target]:
    """The targets called `keys` in their order, with what a row shows."""
    issuers = Prefetch("policy__issuers", to_attr="issuers_read")
    rows = Target.objects.published().select_related("policy").defer("policy__imported")
    read = rows.prefetch_related(issuers).in_bulk(keys)
    BODIES.give(filterset.index, (i for one in read.values() for i in one.policy.issuers_read))
    return [read[key] for key in keys if key in read]


def _fill(
    groups: dict[str, Group], answering: list[tuple[str, BitMap]], targets: list[Target]
) -> int:
    """Give each group its rows, targets before measures; how many measures found no room."""
    by_policy: dict[int, dict[str, Any]] = defaultdict(dict)
    for key, ids in answering:
        group = groups[key]
        for target in targets:
            if target.pk in ids:
                group.rows.append(_row(group, target.policy, target=target))
                group.targets_shown += 1
                by_policy[target.policy_id][key] = target.policy
    done = Provision.objects.published().filter(policy__in=list(by_policy), kind__in=DONE)
    measures = list(done.order_by("policy", "position", "pk")[: MEASURES + 1])
    for measure in measures[:MEASURES]:
        for key, policy in by_policy[measure.policy_id].items():
            groups[key].rows.append(_row(groups[key], policy, measure=measure))
    for group in groups.values():
        _span(group.rows)
    return done.count() - MEASURES if len(measures) > MEASURES else 0


def _span(rows: list[Row]) -> None:
    """Say once of rows that follow each other of which policy they are."""
    for _policy, same in groupby(rows, key=lambda row: row.policy.pk):
        first, *rest = same
        first.span = 1 + len(rest)


def _row(
    group: Group, policy: Any, *, target: Target | None = None, measure: Provision | None = None
) -> Row:
    return Row(target, measure, policy, list(_beside(policy, group.body)))


def _beside(policy: Any, lead: IssuingBody | None) -> Iterator[PolicyIssuer]:
    """Who issues a policy besides its lead."""
    for issuer in policy.issuers_read:
        if lead is None or issuer.body_id != lead.pk:
            yield issuer
