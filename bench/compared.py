"""Datasette, plain SQL and tantivy on the records of one size: built once, timed in each run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

from bench import corpus, datasette_page, sql, tantivy_index
from bench.http import Client, summed_up

# Beyond so many records its pages take minutes.
DATASETTE_MOST = 100_000
MOST, PATIENCE = 5, 3.0


def repeated(call: Callable[[], Any], most: int = MOST) -> dict[str, Any]:
    """Time a call after one that does not count; fewer times where it is slow."""
    times: list[float] = []
    result = None
    started = perf_counter()
    for number in range(most + 1):
        start = perf_counter()
        result = call()
        times.append((perf_counter() - start) * 1000)
        if number and perf_counter() - started > PATIENCE:
            break
    return asdict(summed_up(times[1:], result if isinstance(result, int) else 0))


def datasette(place: Path, size: int, queries: Mapping[str, str]) -> dict[str, Any]:
    """Its page of each query, by name."""
    if size > DATASETTE_MOST:
        return {}
    file = place / "datasette.db"
    if not file.exists():
        datasette_page.build(file, corpus.generate(size))
    with datasette_page.serving(file) as client:
        return {
            name: repeated(lambda query=query: get(client, file, query, size))
            for name, query in queries.items()
        }


def get(client: Client, file: Path, query_string: str, size: int) -> int:
    return len(client.get(datasette_page.page(file, query_string, size=size)))


def plain_sql(engine: sql.Engine, queries: Mapping[str, str]) -> dict[str, Any]:
    """The plain SQL's count, page and facets of each query, and the size of its full text."""
    return {"index_bytes": engine.index_bytes()} | {
        name: {
            "count": repeated(lambda query=query: engine.count(query)),
            "page": repeated(lambda query=query: engine.page(query)),
            "facets": repeated(lambda query=query: engine.facets(query)),
        }
        for name, query in queries.items()
    }


def plain_engine(engine: str, place: Path, address: str, size: int, *, reuse: bool) -> sql.Engine:
    """The plain SQL of an engine on its own tables, which are filled unless they are reused."""
    file = place / "sql.sqlite3"
    made = file.exists() if engine == "sqlite" else reuse
    if engine == "sqlite":
        plain: Any = sql.SQLite(file)
    else:
        plain = sql.PostgreSQL(address)
    if not made:
        plain.build(corpus.generate(size))
    return plain


def tantivy(place: Path, size: int, queries: Mapping[str, str]) -> dict[str, Any]:
    """tantivy's count, page and facets of each query, and the size of its index."""
    folder = place / "tantivy"
    if folder.exists():
        index = tantivy_index.opened(folder)
    else:
        index = tantivy_index.build(folder, corpus.generate(size))
    found: dict[str, Any] = {
        "index_bytes": sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    }
    for name, query in queries.items():
        search = tantivy_index.Search(index, query)
        found[name] = {
            "count": repeated(search.count),
            "page": repeated(search.page),
            "facets": repeated(search.facets),
        }
    return found
