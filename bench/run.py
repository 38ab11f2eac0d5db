"""Measure the tracker at one size, beside hello world, Datasette, plain SQL and tantivy.

python -m bench.run --engine both --size 10000
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import compared, corpus, scratch, served
from bench.about import RESULTS, about_run
from bench.server import ROOT
from bench.table import table

ENGINES = ("sqlite", "postgres")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", choices=(*ENGINES, "both"), default="both")
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--reuse", action="store_true", help="take the databases of the last run")
    parser.add_argument("--cold", type=int, default=7, help="cold repeats of each query")
    parser.add_argument("--warm", type=int, default=3, help="warm repeats after each cold one")
    parser.add_argument("--alone", action="store_true", help="nothing that it is compared with")
    return parser.parse_args()


def say(text: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S}  {text}", flush=True)


def main() -> int:
    given = arguments()
    if given.engine == "both":
        # Each in a process of its own, for Django knows one database.
        rest = sys.argv[1:]
        for engine in ENGINES:
            command = [sys.executable, "-m", "bench.run", *rest, "--engine", engine]
            subprocess.run(command, cwd=ROOT, check=True)
        return 0
    place = scratch.folder(given.engine, given.size)
    with scratch.database(given.engine, place, reuse=given.reuse) as address:
        scratch.use(address)
        result = measured(given, place, address)
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{given.engine}-{given.size}.json"
    file.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    print(table(result))
    return 0


def measured(given: argparse.Namespace, place: Path, address: str) -> dict[str, Any]:
    from bench import tracker  # noqa: PLC0415

    queries = corpus.queries(given.size)
    say(f"{given.engine}, {given.size:,} policies: the database")
    result = {
        "engine": given.engine,
        "size": given.size,
        "run": about_run(),
        "build": kept(place / "built.json", given.reuse, lambda: tracker.build(given.size)),
        "asked": queries,
    }
    say("one edit")
    result["edit"] = asdict(tracker.edits())
    result["plain_edit"] = asdict(tracker.plain_edits())
    say("pages")
    with served.serving(scratch.environment(address), queries["common, by relevance"]) as (
        pages,
        start,
    ):
        result["start"] = start
        times = served.asked(pages, queries, tracker.touch, given.cold, given.warm)
        for kind, held in times.items():
            result[kind] = {name: served.plain(taken) for name, taken in held.items()}
        after = served.after_edit(
            pages, queries["common, by relevance"], tracker.touch_policy, given.cold
        )
        result["after_edit"] = served.plain(after)
        result["memory"] = pages.added_memory()
        result["hello"] = served.plain(list(zip(pages.hello_times, pages.hello_busy, strict=True)))
    say("parts")
    from bench.parts import parts  # noqa: PLC0415

    result["found"] = {name: parts(query) for name, query in queries.items()}
    return result if given.alone else result | comparisons(given, place, address, queries)


def comparisons(
    given: argparse.Namespace, place: Path, address: str, queries: dict[str, str]
) -> dict[str, Any]:
    common = scratch.FOLDER / f"compared-{given.size}"
    common.mkdir(parents=True, exist_ok=True)
    say("Datasette")
    page = compared.datasette(common, given.size, queries)
    say("plain SQL")
    engine = compared.plain_engine(given.engine, common, address, given.size, reuse=given.reuse)
    plain = compared.plain_sql(engine, queries)
    say("tantivy")
    return {
        "datasette": page,
        "sql": plain,
        "tantivy": compared.tantivy(common, given.size, queries),
    }


def kept(file: Path, reuse: bool, make: Callable[[], dict]) -> dict[str, Any]:
    """What `make` gives, or what it gave before."""
    if reuse and file.exists():
        return json.loads(file.read_text())
    made = make()
    file.write_text(json.dumps(made))
    return made


if __name__ == "__main__":
    sys.exit(main())
