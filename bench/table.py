"""One run as a table for the terminal, and the figures that goals are held against."""

from __future__ import annotations

import math
import statistics
from typing import Any


def ratios(result: dict[str, Any], kind: str, figure: str = "median") -> dict[str, float]:
    """Each query's page as a multiple of hello world; `kind` is "cold" or "warm".

    `figure` may be "busy", the worker's computing, which other programs disturb less.
    """
    hello = result["hello"][figure] or math.nan
    return {name: times[figure] / hello for name, times in result[kind].items()}


def against_datasette(result: dict[str, Any]) -> dict[str, float]:
    """How many times faster the cold page is than Datasette's."""
    return {
        name: times["median"] / result["cold"][name]["median"]
        for name, times in result.get("datasette", {}).items()
    }


def geometric_mean(values: Any) -> float:
    held = list(values)
    return math.exp(sum(map(math.log, held)) / len(held)) if held else math.nan


def facets_against(result: dict[str, Any], other: str) -> dict[str, float]:
    """How many times faster all facets are counted than those of "sql" or "tantivy"."""
    if other not in result:
        return {}
    return {
        name: result[other][name]["facets"]["median"] / found["parts"]["counts"]["median"]
        for name, found in result["found"].items()
    }


def row(result: dict[str, Any], name: str) -> list[str]:
    """One query's figures in milliseconds."""
    cold, warm, found = result["cold"][name], result["warm"][name], result["found"][name]
    cells = [name, f"{found['count']:,}"]
    cells += [f"{t:.1f}" for t in (cold["median"], cold["p95"], cold["busy"])]
    cells += [f"{t:.1f}" for t in (warm["median"], warm["p95"], warm["busy"])]
    cells += [f"{found['parts'][part]['median']:.2f}" for part in PARTS]
    if "datasette" in result:
        slow = result["datasette"].get(name)
        cells.append(f"{slow['median']:,.0f}" if slow else "–")
        for other in ("sql", "tantivy"):
            other_parts = result[other][name]
            cells += [f"{other_parts[part]['median']:,.1f}" for part in ("page", "facets")]
    return cells


PARTS = ("search", "page", "rows", "counts", "facets")
HEAD = ["query", "found", "cold", "p95", "busy", "warm", "p95", "busy", *PARTS]
HEAD_COMPARED = ["Datasette", "SQL page", "SQL facets", "tantivy page", "tantivy facets"]


def rows(result: dict[str, Any]) -> list[list[str]]:
    """Head and rows of the table of a run."""
    head = HEAD + (HEAD_COMPARED if "datasette" in result else [])
    return [head, *(row(result, name) for name in result["cold"])]


def summary(result: dict[str, Any]) -> list[str]:
    """The figures of a run that are no times of queries."""
    build, size = result["build"], result["build"]["index_bytes"]
    lines = [
        f"hello world {result['hello']['median']:.2f} ms (p95 {result['hello']['p95']:.2f}, "
        f"busy {result['hello']['busy']:.2f})",
        f"index: {build['records']:,} records, {build['records_per_second']:,.0f} a second "
        f"({build['records'] / build['index_cpu_seconds']:,.0f} a second of computing); postings "
        f"{size['postings'] / 1e6:.1f} MB (policies {size['postings_of_policies'] / 1e6:.1f}), "
        f"documents {size['documents'] / 1e6:.1f} MB",
        f"one edit {result['edit']['median']:.1f} ms (p95 {result['edit']['p95']:.1f}); "
        f"its row alone {result['plain_edit']['median']:.1f}",
        f"first page after an edit {result['after_edit']['median']:.1f} ms",
        f"start to first page {result['start']['seconds']:.2f} s; memory added "
        f"{result['start']['memory'] / 1e6:.0f} MB then, "
        f"{result['memory'] / 1e6:.0f} MB at the end",
    ]
    for kind in ("cold", "warm"):
        held = ratios(result, kind).values()
        work = ratios(result, kind, "busy").values()
        lines.append(
            f"{kind}: {statistics.median(held):.0f} times hello world, slowest {max(held):.0f}; "
            f"by computing {statistics.median(work):.0f}, slowest {max(work):.0f}"
        )
    if result.get("datasette"):
        held = against_datasette(result).values()
        lines.append(
            f"against Datasette, cold: {geometric_mean(held):.1f} times faster, "
            f"least {min(held):.2f}"
        )
    if "sql" in result:
        full = result["sql"]["index_bytes"] / 1e6
        lines.append(f"the database's own full text {full:.1f} MB, tantivy "
                     f"{result['tantivy']['index_bytes'] / 1e6:.1f} MB")  # fmt: skip
        for other in ("sql", "tantivy"):
            held = facets_against(result, other)
            lines.append(
                f"counts of facets against {other}: {geometric_mean(held.values()):.1f} times "
                f"faster, common word {held['common, by relevance']:.1f}"
            )
    return lines


def table(result: dict[str, Any]) -> str:
    """A run for the terminal."""
    held = rows(result)
    widths = [max(len(line[n]) for line in held) for n in range(len(held[0]))]
    lines = [
        "  ".join(
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in held
    ]
    return "\n".join(["", f"{result['engine']}, {result['size']:,} policies", *lines, "",
                      *summary(result)])  # fmt: skip
