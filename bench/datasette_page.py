"""Datasette's table page on the same records, with its full-text search and three facets.

Built as its users do, with sqlite-utils: issuing bodies and sectors as JSON arrays, an FTS5
table that stems. Tuned: the file is opened as immutable, time limits are raised so that
every facet answers, facet suggestions are off. It orders by id where it is not told to sort.
Its full text cannot cut Chinese: there its users ask for titles that contain the characters.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import sqlite_utils

from bench.asked import Asked
from bench.http import Client
from bench.server import free_port, running

SEARCHED = ["title_en", "title_zh", "headline", "document_number", "summary", "comment"]
LEFT_OUT = {"targets", "section", "position"}
LIMIT = "600000"
SETTINGS = {
    "facet_time_limit_ms": LIMIT,
    "sql_time_limit_ms": LIMIT,
    "facet_suggest_time_limit_ms": "1",
    "suggest_facets": "off",
    "default_page_size": "25",
}


def row(policy: dict[str, Any]) -> dict[str, Any]:
    """A policy as a row; lists become JSON arrays."""
    return {name: value for name, value in policy.items() if name not in LEFT_OUT}


def build(path: Path, policies: Iterable[dict[str, Any]]) -> None:
    """Write the file that Datasette serves."""
    path.unlink(missing_ok=True)
    database = sqlite_utils.Database(path)
    table = database["policies"]
    rows = iter(policies)
    while batch := list(islice(rows, 10_000)):
        table.insert_all(map(row, batch), pk="id", batch_size=1_000)
    for column in ("instrument", "announced_on"):
        table.create_index([column])
    table.enable_fts(SEARCHED, tokenize="porter")
    database["policies_fts"].optimize()
    database.vacuum()
    database.close()


@contextmanager
def serving(path: Path, *, python: str = sys.executable) -> Iterator[Client]:
    """Datasette on `path`, as a client of it."""
    port = free_port()
    settings = [part for item in SETTINGS.items() for part in ("--setting", *item)]
    command = [python, "-m", "datasette", "serve", "-i", str(path), "-p", str(port), *settings]
    with running(command, port):
        client = Client(port)
        yield client
        client.close()


def page(path: Path, query_string: str, *, size: int) -> str:
    """The address of the page that answers one of the benchmark's queries.

    Its pages are reached by key and not by number: a deep page starts at the middle record.
    """
    asked = Asked.of(query_string)
    parameters = [("_facet_array", "bodies"), ("_facet_array", "sectors"), ("_facet", "instrument")]
    if english := asked.fts5(chinese=False):
        parameters += [("_search", english), ("_searchmode", "raw")]
    parameters += [("title_zh__contains", run) for run in asked.chinese]
    if asked.body:
        parameters.append(("bodies__arraycontains", asked.body))
    if asked.instrument:
        parameters.append(("instrument__exact", asked.instrument))
    if asked.by_date:
        parameters.append(("_sort_desc", "announced_on"))
    if asked.page > 1:
        parameters.append(("_next", "2019-12-31,1" if asked.by_date else str(size // 2)))
    return f"/{path.stem}/policies?{urlencode(parameters)}"
