"""What hangs on policies of a search: targets, events that answer them, bodies that issued them.

Targets come in the order of their policies. Events and bodies hang on several policies
and come once, in the usual order of their lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from pyroaring import BitMap

from .found import EXPORTED, GROUP, Exported, Taken


def related(taken: Taken) -> list[tuple[Exported, Iterator[dict[str, Any]]]]:
    """What hangs on the policies found, by kind, as public fields; nothing on other kinds."""
    if taken.kind.name != "policies":
        return []
    found = taken.filterset.ids()
    events, policies = (taken.filterset.index.kind(name) for name in ("event", "policy"))
    answer = [ids for key, ids in events.values.get("answers", {}).items() if int(key) in found]
    issued = policies.values.get("issuer", {}).items()
    bodies = BitMap([int(key) for key, ids in issued if ids.intersect(found)])
    return [
        (EXPORTED["targets"], targets(taken)),
        _listed(taken, "events", BitMap.union(BitMap(), *answer)),
        _listed(taken, "bodies", bodies),
    ]


def targets(taken: Taken) -> Iterator[dict[str, Any]]:
    """The public fields of the targets of the policies found, in the order of the policies."""
    kind = EXPORTED["targets"]
    for start in range(0, len(taken.ids), GROUP):
        policies = taken.ids[start : start + GROUP]
        place = {key: nth for nth, key in enumerate(policies)}
        rows = kind.model.objects.published().filter(policy__in=policies)
        pairs = list(rows.order_by("position", "pk").values_list("policy_id", "pk"))
        pairs.sort(key=lambda pair: place[pair[0]])
        yield from kind.fields([key for _, key in pairs], taken.site)


def _listed(taken: Taken, name: str, ids: BitMap) -> tuple[Exported, Iterator[dict[str, Any]]]:
    kind = EXPORTED[name]
    filterset = kind.filterset_class(QueryDict(""))
    ordered = filterset.found.page(ids, filterset.order, 0, len(ids))
    return kind, kind.fields(ordered, taken.site)
