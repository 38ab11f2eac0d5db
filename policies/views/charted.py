"""The charts that can be had as files: what each is of, its numbers, and what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate

from policies.charts import Cell, horizon, spread
from policies.exports import EXPORTED, Taken
from policies.exports.described import TITLES, numbered
from policies.exports.picture import Grid, Key
from policies.languages import dated, names_of, short_name_of
from policies.lineage import Entry, drawing, lineage
from policies.matrix import matrix
from policies.models import IssuingBody, Target
from policies.models.dates import write_period
from policies.views.matrix import Addresses, issuing

ACROSS = 912


class Refused(Exception):
    """An address that asks for something unknown: each wrong parameter with what is wrong."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        super().__init__(errors)
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Charted:
    """A chart: its title, what it is of, its page, its numbers, and what a template draws.

    `base` stands before the addresses of marks; without a `chart` there is nothing to draw.
    """

    name: str
    title: str
    told: str
    page: str
    base: str
    rows: list[list[str]]
    template: str
    chart: Any = None
    keys: list[Key] = field(default_factory=list)
    width: int = ACROSS


def _search(request: HttpRequest, site: str, kind: str) -> Taken:
    """The search of a list; raises Refused where its address is wrong."""
    taken = Taken(EXPORTED[kind], request.GET, site, localdate())
    if taken.errors:
        raise Refused(taken.errors)
    return taken


def _of_list(taken: Taken) -> dict[str, Any]:
    """What each chart of a list says of its search."""
    name, base = taken.kind.name, taken.site + reverse(taken.kind.list_name)
    told = numbered(TITLES[name], taken.filterset, taken.query)
    return {"told": told, "page": taken.address, "base": base}


def _over_time(request: HttpRequest, site: str, kind: str) -> Charted:
    taken = _search(request, site, kind)
    told, chart = _of_list(taken), spread(taken.filterset, taken.query)
    parts = chart.parts if chart and chart.split != "none" else []
    columns = [(one.written, one.cells if parts else [], one.total) for one in _columns(chart)]
    return Charted(
        f"{kind}-over-time", f"{TITLES[kind]} over time", **told, template="spread", chart=chart,
        rows=[*_table("period", parts, columns, told["base"])], keys=_keys(parts, told["base"]),
    )  # fmt: skip


def _horizon(request: HttpRequest, site: str, slug: str) -> Charted:
    taken = _search(request, site, "targets")
    split = taken.query.get("split") or "status"
    told, chart = _of_list(taken), horizon(taken.filterset, taken.query, split)
    parts = chart.parts if chart else []
    columns = [(one.total.label, one.cells, one.total) for one in _columns(chart)]
    return Charted(
        "targets-by-year-due", "Targets by year due", **told, template="horizon", chart=chart,
        rows=[*_table("due", parts, columns, told["base"])], keys=_keys(parts, told["base"]),
    )  # fmt: skip


def _columns(chart: Any) -> list[Any]:
    return chart.columns if chart else []


def _table(
    head: str, parts: list[Cell], columns: list[tuple[str, list[Cell], Cell]], base: str
) -> Iterator[list[str]]:
    """A row for each column of a chart: its parts, their sum, and where these records are."""
    yield [head, *(part.label for part in parts), "all", "address"]
    for name, cells, total in columns:
        numbers = [str(cell.count) for cell in (*cells, total)]
        yield [name, *numbers, base + total.url if total.count else ""]


def _keys(parts: list[Cell], base: str) -> list[Key]:
    return [Key(part.number, f"{part.label}: {part.count}", base + part.url) for part in parts]


def _matrix(request: HttpRequest, site: str, slug: str) -> Charted:
    taken = _search(request, site, "policies")
    query, filterset = taken.query, taken.filterset
    made = matrix(issuing(filterset, query))
    named = IssuingBody.objects.in_bulk(made.bodies)
    bodies, addresses = [named[body] for body in made.bodies], Addresses(query)
    page, asked = site + reverse("body_matrix"), query.urlencode()
    grid = Grid(
        [short_name_of(body) for body in bodies],
        [
            [(cell.number, cell.step, _where(site, addresses, named, cell)) for cell in row]
            for row in made.rows
        ],
    )
    rows = [["body", "name", *(body.slug for body in bodies)]]
    for body, cells in zip(bodies, made.rows, strict=True):
        rows.append([body.slug, body.name_en, *(str(cell.number) for cell in cells)])
    return Charted(
        "bodies-matrix", "Who issues with whom",
        numbered(TITLES["policies"], filterset, query), f"{page}?{asked}" if asked else page,
        site, rows, "matrix", grid if bodies else None, width=grid.width,
    )  # fmt: skip


def _where(site: str, addresses: Addresses, named: dict[int, IssuingBody], cell: Any) -> str:
    """The list that a number counts, of two bodies or on the diagonal of one."""
    if not cell.number:
        return ""
    return site + addresses.of(*(named[key] for key in dict.fromkeys((cell.row, cell.column))))


def _lineage(request: HttpRequest, site: str, slug: str) -> Charted:
    public = Target.objects.published().select_related("policy")
    target = get_object_or_404(public, slug=slug)
    if request.GET:
        raise Refused([(name, f"There is no filter “{name}” here.") for name in request.GET])
    entries = lineage(target)
    chart = drawing(entries)
    unit = f", in {chart.unit}" if chart and chart.unit else ""
    return Charted(
        f"{target.slug}-in-other-documents", "The same goal in other documents",
        f"{target.metric or ' '.join(target.text.split())}{unit}",
        site + target.get_absolute_url(), site, [*_steps(entries, site)], "lineage", chart,
        [
            Key(0, f"{dated(one.day) or 'No date'}: {names_of(one.policy)[0]}",
                site + (one.target or one.policy).get_absolute_url())
            for one in entries
        ],
    )  # fmt: skip


def _steps(entries: list[Entry], site: str) -> Iterator[list[str]]:
    """A row for each document with the figure that it sets, and how that differs from before."""
    yield ["document", "title", "came", "target", "value", "comparator", "unit", "due", "change",
           "address"]  # fmt: skip
    for one in entries:
        came = write_period(one.day) if one.day else ""
        start = [one.policy.slug, names_of(one.policy)[0], came]
        address = site + (one.target or one.policy).get_absolute_url()
        if one.target is None:
            yield [*start, "", "", "", "", "", "dropped", address]
            continue
        target, value = one.target, one.target.value
        changes = dict.fromkeys(str(change.kind) for change in one.changes)
        yield [
            *start, target.slug, "" if value is None else f"{value.normalize():f}",
            target.comparator, target.unit, write_period(target.due) if target.due else "",
            "; ".join(changes), address,
        ]  # fmt: skip


MADE: dict[str, Callable[[HttpRequest, str, str], Charted]] = {
    "policy": lambda request, site, _: _over_time(request, site, "policies"),
    "event": lambda request, site, _: _over_time(request, site, "events"),
    "target": _horizon,
    "matrix": _matrix,
    "lineage": _lineage,
}
