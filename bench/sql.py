"""The plain SQL that a good engineer would write, on the database's own full text.

FTS5 on SQLite, a stored tsvector with a GIN index on PostgreSQL; facets by GROUP BY over
the matching ids. Both index Chinese titles a second time as characters and pairs, which
their tokenisers cannot cut. The tables are the benchmark's own, in a file or schema apart.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg

from bench.asked import Asked, zh_terms

COLUMNS = ["id", "title_en", "title_zh", "zh", "headline", "document_number"]
COLUMNS += ["summary", "comment", "announced_on", "instrument", "level"]
KINDS = {"bodies": "policy_body", "sectors": "policy_sector"}

TABLES = """
CREATE TABLE policy (id integer PRIMARY KEY, title_en text, title_zh text, zh text,
  headline text, document_number text, summary text, comment text, announced_on date,
  instrument text, level text{more});
CREATE TABLE policy_body (policy integer, slug text);
CREATE TABLE policy_sector (policy integer, slug text);
"""
INDEXES = """
CREATE INDEX policy_announced ON policy (announced_on DESC);
CREATE INDEX policy_instrument ON policy (instrument);
CREATE INDEX policy_body_policy ON policy_body (policy, slug);
CREATE INDEX policy_body_slug ON policy_body (slug, policy);
CREATE INDEX policy_sector_policy ON policy_sector (policy, slug);
CREATE INDEX policy_sector_slug ON policy_sector (slug, policy);
"""
TSVECTOR = """, document tsvector GENERATED ALWAYS AS (
  setweight(to_tsvector('english', title_en || ' ' || headline), 'A') ||
  setweight(to_tsvector('simple', zh), 'A') || setweight(to_tsvector('english', summary), 'B') ||
  setweight(to_tsvector('english', comment), 'C')) STORED"""
FTS5 = """
CREATE VIRTUAL TABLE policy_fts USING fts5(title_en, zh, headline, document_number, summary,
  comment, content='policy', content_rowid='id', tokenize='porter unicode61');
INSERT INTO policy_fts(policy_fts) VALUES ('rebuild');
INSERT INTO policy_fts(policy_fts) VALUES ('optimize');
ANALYZE;
"""


def batches(policies: Iterable[dict], size: int = 10_000) -> Iterator[dict[str, list[tuple]]]:
    """Rows per table, some thousand policies at a time."""
    rows = iter(policies)
    while batch := list(islice(rows, size)):
        for policy in batch:
            policy["zh"] = zh_terms(policy["title_zh"])
        made = {"policy": [tuple(policy[name] for name in COLUMNS) for policy in batch]}
        for name, table in KINDS.items():
            made[table] = [(policy["id"], slug) for policy in batch for slug in policy[name]]
        yield made


class Engine:
    """What both engines share: a query's condition, and the statements around it."""

    mark = "?"
    year = "substr(announced_on, 1, 4)"

    def rows(self, statement: str, parameters: list[Any]) -> list[tuple]:
        raise NotImplementedError

    def text(self, asked: Asked) -> tuple[str, list[Any]]:
        """The ids that the full text gives, as a SELECT."""
        raise NotImplementedError

    def ids(self, asked: Asked) -> tuple[str, list[Any]]:
        """A SELECT of the matching ids, with its parameters."""
        conditions, parameters = [], []
        if asked.has_text:
            statement, more = self.text(asked)
            conditions.append(f"id IN ({statement})")
            parameters += more
        if asked.body:
            conditions.append(f"id IN (SELECT policy FROM policy_body WHERE slug = {self.mark})")
            parameters.append(asked.body)
        if asked.instrument:
            conditions.append(f"instrument = {self.mark}")
            parameters.append(asked.instrument)
        if len(conditions) == 1 and asked.has_text:
            return self.text(asked)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT id FROM policy{where}", parameters

    def count(self, query_string: str) -> int:
        statement, parameters = self.ids(Asked.of(query_string))
        return self.rows(f"SELECT count(*) FROM ({statement}) AS found", parameters)[0][0]

    def page(self, query_string: str) -> list[tuple]:
        """25 records in their order, with what a list shows."""
        asked = Asked.of(query_string)
        if not asked.by_date:
            return self.ranked(asked, (asked.page - 1) * 25)
        statement, parameters = self.ids(asked)
        return self.rows(
            f"SELECT id, title_en, title_zh, summary, announced_on FROM policy WHERE id IN "
            f"({statement}) ORDER BY announced_on DESC, id DESC LIMIT 25 OFFSET "
            f"{(asked.page - 1) * 25}",
            parameters,
        )

    def ranked(self, asked: Asked, offset: int) -> list[tuple]:
        raise NotImplementedError

    def facets(self, query_string: str) -> dict[str, list[tuple]]:
        """Counts by body, sector, instrument and year, each by its own GROUP BY."""
        asked = Asked.of(query_string)
        statement, parameters = self.ids(asked)
        counted = {}
        for name, table in KINDS.items():
            counted[name] = self.rows(
                f"SELECT slug, count(*) FROM {table} WHERE policy IN ({statement}) "
                "GROUP BY slug ORDER BY 2 DESC",
                parameters,
            )
        for name, column in {"instrument": "instrument", "year": self.year}.items():
            counted[name] = self.rows(
                f"SELECT {column}, count(*) FROM policy WHERE id IN ({statement}) "
                "GROUP BY 1 ORDER BY 2 DESC",
                parameters,
            )
        return counted


class SQLite(Engine):
    """FTS5 in a file of its own."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path)
        self.connection.executescript("PRAGMA journal_mode=WAL; PRAGMA cache_size=-65536;")

    def build(self, policies: Iterable[dict]) -> None:
        self.connection.executescript(TABLES.format(more=""))
        for rows in batches(policies):
            with self.connection:
                for table, values in rows.items():
                    marks = ", ".join("?" * len(values[0]))
                    self.connection.executemany(
                        f"INSERT INTO {table} VALUES ({marks})",
                        (tuple(map(plain, value)) for value in values),
                    )
        self.connection.executescript(INDEXES + FTS5)

    def rows(self, statement: str, parameters: list[Any]) -> list[tuple]:
        return self.connection.execute(statement, parameters).fetchall()

    def text(self, asked: Asked) -> tuple[str, list[Any]]:
        return "SELECT rowid FROM policy_fts WHERE policy_fts MATCH ?", [asked.fts5()]

    def ranked(self, asked: Asked, offset: int) -> list[tuple]:
        return self.rows(
            "SELECT p.id, p.title_en, p.title_zh, p.summary, p.announced_on FROM policy_fts "
            "JOIN policy p ON p.id = policy_fts.rowid WHERE policy_fts MATCH ? "
            f"ORDER BY bm25(policy_fts, 8, 8, 8, 8, 2, 1) LIMIT 25 OFFSET {offset}",
            [asked.fts5()],
        )

    def index_bytes(self) -> int:
        """What the full text takes."""
        return self.rows("SELECT sum(length(block)) FROM policy_fts_data", [])[0][0]


class PostgreSQL(Engine):
    """tsvector and GIN in the schema `bench_sql`, which `build` makes anew."""

    mark = "%s"
    year = "extract(year FROM announced_on)::int"

    def __init__(self, address: str) -> None:
        self.connection = psycopg.connect(address, autocommit=True)
        self.connection.execute("CREATE SCHEMA IF NOT EXISTS bench_sql")
        self.connection.execute("SET search_path = bench_sql")

    def build(self, policies: Iterable[dict]) -> None:
        self.connection.execute("DROP SCHEMA bench_sql CASCADE; CREATE SCHEMA bench_sql;")
        self.connection.execute(TABLES.format(more=TSVECTOR))
        columns = {"policy": f"({', '.join(COLUMNS)})"}
        for rows in batches(policies):
            for table, values in rows.items():
                command = f"COPY {table} {columns.get(table, '')} FROM STDIN"
                with self.connection.cursor().copy(command) as copy:
                    for value in values:
                        copy.write_row(value)
        self.connection.execute(INDEXES)
        self.connection.execute("CREATE INDEX policy_document ON policy USING gin (document)")
        self.connection.execute("VACUUM ANALYZE")

    def rows(self, statement: str, parameters: list[Any]) -> list[tuple]:
        return self.connection.execute(statement, parameters).fetchall()

    def text(self, asked: Asked) -> tuple[str, list[Any]]:
        return "SELECT id FROM policy WHERE document @@ to_tsquery('english', %s)", [
            asked.tsquery()
        ]

    def ranked(self, asked: Asked, offset: int) -> list[tuple]:
        return self.rows(
            "SELECT id, title_en, title_zh, summary, announced_on FROM policy, "
            "to_tsquery('english', %s) AS asked WHERE document @@ asked "
            f"ORDER BY ts_rank(document, asked) DESC LIMIT 25 OFFSET {offset}",
            [asked.tsquery()],
        )

    def index_bytes(self) -> int:
        """What the GIN index and the stored tsvectors take."""
        statement = (
            "SELECT pg_relation_size('policy_document') + "
            "(SELECT sum(pg_column_size(document)) FROM policy)"
        )
        return int(self.rows(statement, [])[0][0])


def plain(value: Any) -> Any:
    """Dates as SQLite keeps them."""
    return value.isoformat() if hasattr(value, "isoformat") else value
