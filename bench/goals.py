"""The goals that runs are held against, and what a run reached of each."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bench.table import against_datasette, facets_against, geometric_mean, ratios

SMALL, LARGE = 5_000, 1_000_000
Run = dict[str, Any]


@dataclass(frozen=True)
class Reached:
    """One goal in one run: what was wanted, what was measured, and whether that meets it."""

    goal: str
    engine: str
    size: int
    wanted: str
    measured: str
    met: bool


def reached(run: Run, runs: Iterable[Run]) -> Iterator[Reached]:
    """All goals that apply to a run; `runs` are those that it may be compared with."""
    for goal, wanted, measured, met in (
        *_datasette(run),
        *_hello(run),
        *_facets(run),
        *_edit(run, runs),
        *_build(run),
        *_process(run),
    ):
        yield Reached(goal, run["engine"], run["size"], wanted, measured, met)


Row = tuple[str, str, str, bool]


def most(goal: str, value: float, limit: float, unit: str = "×") -> Row:
    return goal, f"at most {limit:,g}{unit}", shown(value) + unit, value <= limit


def least(goal: str, value: float, limit: float, unit: str = "×") -> Row:
    return goal, f"at least {limit:,g}{unit}", shown(value) + unit, value >= limit


def shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 else f"{value:,.2g}" if value < 1 else f"{value:.1f}"


def _datasette(run: Run) -> Iterator[Row]:
    held = against_datasette(run).values()
    mean = {10_000: 20, 100_000: 50}.get(run["size"])
    if held and mean:
        yield least("cold page against Datasette's, geometric mean", geometric_mean(held), mean)
        yield least("cold page against Datasette's, least", min(held), 4)


def _hello(run: Run) -> Iterator[Row]:
    cold, warm = (list(ratios(run, kind).values()) for kind in ("cold", "warm"))
    if run["size"] <= SMALL:
        yield most("cold page against hello world, median", statistics.median(cold), 30)
        yield most("warm page against hello world, median", statistics.median(warm), 30)
        return
    yield most("cold page against hello world, median", statistics.median(cold), 60)
    yield most("cold page against hello world, slowest", max(cold), 200)
    yield most("warm page against hello world, median", statistics.median(warm), 40)
    yield most("warm page against hello world, slowest", max(warm), 60)


def broad(run: Run) -> list[str]:
    """The queries that find a tenth of all records and more."""
    return [name for name, found in run["found"].items() if found["count"] >= run["size"] / 10]


def _facets(run: Run) -> Iterator[Row]:
    if run["size"] < LARGE or "sql" not in run:
        return
    for other, name, limit in (("sql", "GROUP BY", 500), ("tantivy", "tantivy", 5)):
        held = facets_against(run, other)
        mean = geometric_mean(held[query] for query in broad(run))
        yield least(
            f"counts of all facets against {name}, broad queries, geometric mean", mean, limit
        )


def _edit(run: Run, runs: Iterable[Run]) -> Iterator[Row]:
    for other in runs:
        if other["engine"] == run["engine"] and other["size"] == 10_000 < run["size"]:
            ratio = run["edit"]["median"] / other["edit"]["median"]
            yield most("one edit against the same at 10,000", ratio, 3)


def _build(run: Run) -> Iterator[Row]:
    if run["size"] <= SMALL:
        return
    build = run["build"]
    yield least("index built, records a second", build["records_per_second"], 1500, "")
    if "sql" in run:
        own = build["index_bytes"]["postings_of_policies"]
        name = "FTS5's" if run["engine"] == "sqlite" else "tsvector's with GIN"
        ratio = own / run["sql"]["index_bytes"] if run["sql"]["index_bytes"] else math.nan
        yield most(f"size of the policies' postings against {name}", ratio, 1)


def _process(run: Run) -> Iterator[Row]:
    most_memory = max(run["memory"], run["start"]["memory"]) / 1e6
    yield most("memory that a web process adds", most_memory, 250, " MB")
    limit = 1 if run["size"] <= SMALL else 15
    yield most("start to the first page", run["start"]["seconds"], limit, " s")
