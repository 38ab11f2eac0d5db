"""Write docs/performance.md from the results of all runs: python -m bench.report"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench.about import RESULTS
from bench.causes import CAUSES
from bench.goals import Reached, reached
from bench.pages import LIMIT
from bench.server import ROOT
from bench.table import rows, summary

PAGE = ROOT / "docs" / "performance.md"
SIZES = (10_000, 100_000, 1_000_000)
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
ABOUT = """\
# How fast the tracker is

Made by `python -m bench.report` from the results in `bench/results/`; do not edit by hand.

Every figure is from one run on one machine, all systems in turn on the same records. Only the
ratios within a run mean something elsewhere. To repeat it:

    make bench SIZE=10000     # or 100000, 1000000; on SQLite and PostgreSQL

"""
METHOD = """\
## How it is measured

- The corpus is invented and the same for the same size: see `bench/README.md`. It is written
  into the tracker's own tables behind the seed, and `manage.py rebuild_search` indexes it.
- The tracker runs in gunicorn with one sync worker, debug off, as `manage.py start` serves it.
  Pages are fetched whole over loopback: the list of policies with the query, all facets, 25
  rows with the passages that matched. Hello world is Django's least page on the same server,
  asked between any two pages.
- *Cold*: nothing of the query is kept in the process. Before each cold page a policy and a body
  are indexed anew, so that the worker drops all words and all results; a page of another query
  then takes that in, so that only the query itself is timed. Filter values stay, as they are
  read at start. Files stay in the system's memory. *Warm*: asked before.
- *Busy* is the time that the worker computed; where other programs share the machine it says
  more than the whole time, but it leaves out PostgreSQL's own work.
- *Search*, *page*, *rows*, *counts* and *facets* are timed alone, in a process that is warm: the
  query read and its records found; the 25 ids in order; the 25 records read with their
  passages; the counts of all ten facets, which are what GROUP BY and tantivy are held against;
  and the facets whole, with names, order and the addresses that choose each value.
- Datasette: its page of the same records with its full-text search and three facets, up to
  100,000 records. SQL: FTS5 or tsvector with GIN; the page is 25 rows, facets are four GROUP
  BYs. tantivy: the page is 25 ids, facets are its own four aggregations. SQL and tantivy are
  timed without any server.
- The tracker finds more than the others where a word also stands in the name of an issuing body
  (development), or where a thing has another name (hydrogen, 氢).
- PostgreSQL runs with the settings that it comes with.
- Times are medians in milliseconds, p95 beside them.
"""


def main() -> int:
    runs = sorted(
        (json.loads(file.read_text()) for file in RESULTS.glob("*.json") if _is_run(file)),
        key=lambda run: (run["size"], run["engine"] != "sqlite"),
    )
    every = [json.loads(file.read_text()) for file in sorted(RESULTS.glob("pages-*.json"))]
    parts = [ABOUT, goals(runs), METHOD]
    parts += [every_page(run) for run in every]
    parts += [taken_away(file) for file in sorted(RESULTS.glob("exports-*.json"))]
    parts += [one_run(run) for run in runs]
    PAGE.write_text("\n".join(parts))
    return 0


def _is_run(file: Path) -> bool:
    """Whether a result is of `bench.run`; those of `bench.exports` stand alone."""
    return not file.name.startswith(("exports-", "pages-"))


def every_page(run: dict[str, Any]) -> str:
    """A table of all pages beside hello world, the slowest first."""
    about, hello = run["run"], run["hello"]
    pages = sorted(run["pages"].items(), key=lambda item: -item[1])
    over = sum(took > LIMIT * hello for _, took in pages)
    lines = [
        f"## Every page with {run['size']:,} policies on {NAMES[run['engine']]}",
        "",
        f"{about['on']}, commit {about['commit']}; hello world {hello:.2f} ms. Medians after an "
        f"edit, so that no page is kept; wanted at most {LIMIT} times hello world; {over} of "
        f"{len(pages)} pages take longer. To repeat it after a run of that size: "
        f"`python -m bench.pages --engine {run['engine']} --size {run['size']}`.",
        "",
        "The ratio is that of one machine. Where idle memory is taken back and processors are"
        " shared, hello world suffers least: on such a machine, at f0e36c1, 1 or 2 pages of 35 took"
        " 61 to 65 times, other ones in each run; before pages were made with less work, on the"
        " same day, 16 took up to 111. A page that was asked before takes 2 to 3 times anywhere.",
        "",
        "| page | ms | times hello world |",
        "|---|--:|--:|",
        *(f"| {name} | {took:.1f} | {took / hello:.0f} |" for name, took in pages),
        "",
    ]
    return "\n".join(lines)


def taken_away(file: Path) -> str:
    """A table of the files that a whole list was taken away in, from the result `file`."""
    _, engine, size = file.stem.split("-")
    result = json.loads(file.read_text())
    lines = [
        f"## Taking {int(size):,} {result['kind']} away on {NAMES[engine]}",
        "",
        "Whole lists, one after the other, from one worker. The first byte is that of the body; "
        "memory is the most that the worker held beyond what it held before. Wanted: the first "
        "byte within a second, less than 150 MB. To repeat it after a run of that size: "
        f"`python -m bench.exports --database sqlite:///var/bench/{engine}-{size}/tracker.sqlite3`.",
        "",
        "| file | size | first byte | whole | memory added |",
        "|---|--:|--:|--:|--:|",
        *(
            f"| .{ending} | {one['bytes'] / 1e6:,.0f} MB | {one['first_byte_seconds']:.2f} s "
            f"| {one['seconds']:,.0f} s | {one['added_bytes'] / 1e6:,.0f} MB |"
            for ending, one in result["files"].items()
        ),
        "",
    ]
    return "\n".join(lines)


def goals(runs: list[dict[str, Any]]) -> str:
    """All goals in all runs, and why those that are not met are not."""
    by_goal: dict[str, list[Reached]] = defaultdict(list)
    for run in runs:
        for item in reached(run, runs):
            by_goal[item.goal].append(item)
    lines = ["## Goals", "", "| goal | policies | engine | wanted | measured | |"]
    lines.append("|---|--:|---|--:|--:|---|")
    for name, items in by_goal.items():
        for item in items:
            cells = [name, f"{item.size:,}", NAMES[item.engine], item.wanted, item.measured]
            lines.append(f"| {' | '.join(cells)} | {'met' if item.met else '**gap**'} |")
    unmeasured = sorted(set(SIZES) - {run["size"] for run in runs})
    if unmeasured:
        sizes = " and ".join(f"{size:,}" for size in unmeasured)
        lines += ["", f"Not measured with this version: {sizes} policies."]
    missed = [name for name, items in by_goal.items() if not all(item.met for item in items)]
    causes = [
        f"- {start}: {cause}"
        for start, cause in CAUSES.items()
        if any(name.startswith(start) for name in missed)
    ]
    if causes:
        lines += ["", "### Why the gaps", "", *causes]
    return "\n".join([*lines, ""])


def one_run(run: dict[str, Any]) -> str:
    """A run's tables."""
    about = run["run"]
    head, *body = rows(run)
    lines = [
        f"## {run['size']:,} policies on {NAMES[run['engine']]}",
        "",
        f"{about['on']}, commit {about['commit']}; Python {about['python']}, "
        f"Django {about['django']}, {about['database']}.",
        "",
        *(f"- {line}" for line in summary(run)),
        "",
        f"| {' | '.join(head)} |",
        f"|---{'|--:' * (len(head) - 1)}|",
        *(f"| {' | '.join(cells)} |" for cells in body),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
