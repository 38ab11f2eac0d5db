"""Writes the rows that hang on a record: issuers, points, amounts, sources."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from policies.models import (
    Amount,
    CorporateEvent,
    Policy,
    PolicyIssuer,
    Provision,
    SourceLink,
    Target,
)
from policies.registry import BodyRegistry

from .points import continued
from .printed import undated


def write_bodies(policy: Policy, printed: list[str], registry: BodyRegistry) -> None:
    """Put the bodies called `printed` on `policy`, in order, the first as the lead."""
    policy.issuers.all().delete()
    seen: set[int] = set()
    for position, name in enumerate(printed, 1):
        body = registry.resolve(name)
        if body is not None and body.pk in seen:
            body = None
        if body is not None:
            seen.add(body.pk)
        PolicyIssuer.objects.create(
            policy=policy, body=body, printed=name, position=position, is_lead=position == 1
        )


def write_points(policy: Policy, rows: list[dict[str, Any]]) -> None:
    """Make `policy`'s points those of `rows`; a point that goes on keeps all else that it has."""
    for target in (False, True):
        wanted = [row for row in rows if row["target"] is target]
        related: Any = policy.targets if target else policy.provisions
        present = list(related.order_by("position", "pk"))
        going_on = continued(wanted, present)
        for point in present:
            if point not in going_on:
                point.delete()
        for row, known in zip(wanted, going_on, strict=True):
            point = known or _new(policy, target)
            _fill(point, row)
            point.save()


def _new(policy: Policy, target: bool) -> Target | Provision:
    return Target(policy=policy) if target else Provision(policy=policy)


def _fill(point: Target | Provision, row: dict[str, Any]) -> None:
    for name in ("heading", "text", "position", "after_paragraph"):
        setattr(point, name, row[name])
    if isinstance(point, Provision):
        point.kind = row["kind"]
        return
    point.due = undated(row["due"])
    point.comparator = row["comparator"]
    point.value = None if row["value"] is None else Decimal(row["value"])
    point.unit = row["unit"]
    point.baseline_year = row["baseline_year"]


def write_amounts(record: Policy | CorporateEvent, rows: list[list[Any]]) -> None:
    """Make `record`'s sums of money those of `rows`."""
    record.amounts.all().delete()
    for position, (value, currency, eur) in enumerate(rows, 1):
        Amount(**_owner(record), value=value, currency=currency, eur=eur, position=position).save()


def write_sources(record: Policy | CorporateEvent, rows: list[list[str]]) -> None:
    """Make `record`'s named sources those of `rows`."""
    record.sources.all().delete()
    for position, (label, url) in enumerate(rows, 1):
        SourceLink(**_owner(record), label=label, url=url, position=position).save()


def _owner(record: Policy | CorporateEvent) -> dict[str, Any]:
    return {"policy": record} if isinstance(record, Policy) else {"event": record}
