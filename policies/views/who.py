"""Who does what: the targets and the measures of a search, by the body that leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from pyroaring import BitMap

from policies.facets import chips
from policies.filterkinds import main_bodies
from policies.filterperiods import UNKNOWN
from policies.filters import PolicyFilter, TargetFilter, TrackerFilterSet
from policies.models import IssuingBody, Policy, PolicyIssuer, Provision, Target
from policies.querystrings import rest, rest_by
from policies.search.bodies import BODIES, ISSUERS
from policies.search.index import KindIndex
from policies.searchhelp import help_for
from policies.untargeted import measures_of, untargeted
from policies.views.kept import kept
from policies.vocabulary import DONE

# A table that a person can read: so many targets, and so many measures of their policies.
TARGETS, MEASURES = 60, 40
# So many lines of the table, one for each body and each row, are one sheet of paper lying.
LINES = 42
# So many bodies are named above the table at once; the others on a click.
BODIES_SHOWN = 30
ByBody = dict[str, BitMap]
ByPolicy = dict[int, dict[str, Any]]


@dataclass(slots=True)
class Row:
    """A target or a measure, and those who support the lead in it."""

    target: Target | None
    measure: Provision | None
    policy: Any
    beside: list[PolicyIssuer]
    # How many rows from here on are of the same policy; 0 where that is said above.
    span: int = 0
    # Whether its policy has measures and no target.
    is_alone: bool = False
    # Whether the sheet is full before it.
    is_off_paper: bool = False


@dataclass(slots=True)
class Group:
    """What one body answers for first; without a body, what nobody known does.

    `number` is that of its targets, `policy_number` that of policies with measures alone.
    """

    body: IssuingBody | None
    number: int
    list_url: str
    url: str
    policy_number: int = 0
    policies_url: str = ""
    rows: list[Row] = field(default_factory=list)
    targets_shown: int = 0

    @property
    def policies_shown(self) -> int:
        """How many of the policies with measures alone have a row."""
        return len({row.policy.pk for row in self.rows if row.is_alone})

    @property
    def is_off_paper(self) -> bool:
        """Whether a printed sheet is full before this body."""
        return all(row.is_off_paper for row in self.rows)


class WhoDoesWhat(TemplateView):
    """A table by leading body; each number leads to the targets that it counts."""

    template_name = "policies/who.html"

    get = kept(TemplateView.get)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filterset = TargetFilter(query)
        found, errors = filterset.ids(), filterset.errors_by_parameter
        alone = None if errors else untargeted(query)
        context = super().get_context_data(**kwargs) | {
            "title": _("Who does what"),
            "errors": errors,
            "filterset": filterset,
            "chips": chips(filterset, query),
            "count": len(found),
            "is_partial": filterset.found.is_partial or bool(alone and alone.found.is_partial),
            "listed": f"{reverse('target_list')}?{rest(query)}",
        }
        if errors:
            return context
        table = _table(filterset, alone, found)
        return context | table | {"help": None if table["groups"] else help_for(filterset, query)}


def _table(
    filterset: TrackerFilterSet, alone: PolicyFilter | None, found: BitMap
) -> dict[str, Any]:
    """`alone` finds the policies that have measures and no target, where they are asked for."""
    others = alone.ids() if alone else BitMap()
    aims = _answering(filterset.found.held, found)
    acts = _answering(filterset.index.kind("policy"), others)
    groups = _groups(filterset, alone, aims, acts)
    targets = _targets(_first(filterset, [aims[key] for key in groups if key in aims]))
    policies = _policies(alone.page(0, MEASURES) if alone else [])
    _read(filterset, [*(target.policy for target in targets), *policies])
    left_over = _fill_measures(
        filterset,
        groups,
        _fill_targets(groups, aims, targets),
        {one.pk: {key: one for key, ids in acts.items() if one.pk in ids} for one in policies},
        others,
    )
    for group in groups.values():
        _span(group.rows)
    listed = list(groups.values())
    rows = _lined(listed)
    return {
        "groups": [group for group in listed if group.rows],
        "named": listed[:BODIES_SHOWN],
        "more_named": listed[BODIES_SHOWN:],
        "policies_alone": len(others),
        "policies_listed": f"{reverse('policy_list')}?{rest(alone.data)}" if alone else "",
        "measure_number": sum(1 for row in rows if row.measure),
        "more_targets": len(found) - len(targets),
        "more_measures": left_over,
        # Those beyond the sheet are more still.
        "unprinted_targets": len(found)
        - sum(1 for row in rows if row.target and not row.is_off_paper),
        "unprinted_measures": left_over
        + sum(1 for row in rows if row.measure and row.is_off_paper),
    }


def _answering(held: KindIndex, found: BitMap) -> dict[str, BitMap]:
    """Of the records found those that each body answers for first."""
    return {key: found & ids for key, ids in main_bodies(held).items() if found.intersect(ids)}


def _groups(
    filterset: TrackerFilterSet, alone: PolicyFilter | None, aims: ByBody, acts: ByBody
) -> dict[str, Group]:
    """The bodies with most targets first, then those with measures alone, the unknown last."""
    keys = sorted(
        {*aims, *acts},
        key=lambda key: (
            key == UNKNOWN, -len(aims.get(key, ())), -len(acts.get(key, ())), key.zfill(20)
        ),
    )  # fmt: skip
    bodies = IssuingBody.objects.in_bulk([int(key) for key in keys if key != UNKNOWN])
    by_main = rest_by(filterset.data, "main")
    alone_by_main = rest_by(alone.data, "main") if alone else None
    targets, policies = reverse("target_list"), reverse("policy_list")
    groups = {}
    for key in keys:
        body = bodies.get(int(key)) if key != UNKNOWN else None
        main = body.slug if body else UNKNOWN
        narrowed = f"?{by_main(main)}"
        groups[key] = Group(
            body, len(aims.get(key, ())), targets + narrowed, narrowed,
            len(acts.get(key, ())), f"{policies}?{alone_by_main(main)}" if alone_by_main else "",
        )  # fmt: skip
    return groups


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


def _targets(keys: list[int]) -> list[Target]:
    """The targets called `keys` in their order."""
    rows = Target.objects.published().select_related("policy").defer("policy__imported")
    read = rows.in_bulk(keys)
    return [read[key] for key in keys if key in read]


def _policies(keys: list[int]) -> list[Policy]:
    """The policies called `keys` in their order."""
    read = Policy.objects.published().defer("imported").in_bulk(keys)
    return [read[key] for key in keys if key in read]


def _read(filterset: TrackerFilterSet, policies: list[Policy]) -> None:
    """Read of all policies at once who issued them, and until when something may be done."""
    prefetch_related_objects(policies, ISSUERS, "deadlines")
    BODIES.give(filterset.index, policies)


def _fill_targets(groups: dict[str, Group], aims: ByBody, targets: list[Target]) -> ByPolicy:
    """Give each group its targets; in which groups each of their policies stands then."""
    found: ByPolicy = defaultdict(dict)
    for key, ids in aims.items():
        for target in targets:
            if target.pk in ids:
                groups[key].rows.append(_row(groups[key], target.policy, target=target))
                groups[key].targets_shown += 1
                found[target.policy_id][key] = target.policy
    return found


def _fill_measures(
    filterset: TrackerFilterSet,
    groups: dict[str, Group],
    beside: ByPolicy,
    alone: ByPolicy,
    others: BitMap,
) -> int:
    """Give each group the measures beside targets, then those alone; how many found no room.

    Up to half of the room is kept for measures of policies without a target.
    """
    numbers = [measures_of(filterset.index, ids) for ids in (BitMap(beside), others)]
    own = min(numbers[1], max(MEASURES - numbers[0], MEASURES // 2))
    shown = 0
    for by_policy, room in ((beside, MEASURES - own), (alone, own)):
        measures = _measures(list(by_policy), room)
        shown += len(measures)
        for measure in measures:
            for key, policy in by_policy[measure.policy_id].items():
                row = _row(groups[key], policy, measure=measure, is_alone=by_policy is alone)
                groups[key].rows.append(row)
    return max(0, sum(numbers) - shown)


def _measures(policies: list[int], room: int) -> list[Provision]:
    """The first measures of the policies, these in the order given."""
    if not policies or not room:
        return []
    done = Provision.objects.published().filter(policy__in=policies, kind__in=DONE)
    places = {key: at for at, key in enumerate(policies)}
    return sorted(done, key=lambda row: (places[row.policy_id], row.position, row.pk))[:room]


def _span(rows: list[Row]) -> None:
    """Say once of rows that follow each other of which policy they are."""
    for _policy, same in groupby(rows, key=lambda row: row.policy.pk):
        first, *rest = same
        first.span = 1 + len(rest)


def _lined(groups: list[Group]) -> list[Row]:
    """All rows, those marked that a sheet of paper has no room for; each takes one line of it."""
    lines, rows = 0, []
    for group in groups:
        # A body is named in a line of its own.
        lines += bool(group.rows)
        for row in group.rows:
            lines += 1
            row.is_off_paper = lines > LINES
            rows.append(row)
    return rows


def _row(
    group: Group,
    policy: Any,
    *,
    target: Target | None = None,
    measure: Provision | None = None,
    is_alone: bool = False,
) -> Row:
    beside = list(_beside(policy, group.body))
    return Row(target, measure, policy, beside, is_alone=is_alone)


def _beside(policy: Any, lead: IssuingBody | None) -> Iterator[PolicyIssuer]:
    """Who issues a policy besides its lead."""
    for issuer in policy.issuers_read:
        if lead is None or issuer.body_id != lead.pk:
            yield issuer
