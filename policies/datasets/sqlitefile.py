"""The data set as one SQLite file: keys, foreign keys, indexes, words to search, descriptions.

What is unknown is NULL. Tables whose name begins with `dataset_` tell of the file itself.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from policies.exports.columns import Column

from .reading import Entry
from .shape import Table

# What can be searched for words, by table.
SEARCHED = {
    "policies": ("headline", "title_en", "title_zh", "printed_title_en", "printed_title_zh",
                 "document_number", "summary", "comment"),
    "targets": ("heading", "text", "metric"),
    "events": ("headline", "text"),
    "bodies": ("name_en", "name_zh", "abbreviation", "short_name_zh"),
    "terms": ("term_en", "term_zh", "pinyin", "definition"),
}  # fmt: skip
STORED = {"count": "INTEGER", "flag": "INTEGER", "number": "NUMERIC"}
# Columns by which rows are picked, besides those that name other rows.
PICKED = ("choice", "day")
# Three letters at a time: Chinese has no spaces between words.
TOKENS = "trigram" if sqlite3.sqlite_version_info >= (3, 34) else "unicode61"
OWN_TABLES = """
CREATE TABLE dataset_about (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE dataset_tables (name TEXT PRIMARY KEY, title TEXT, meaning TEXT, rows INTEGER);
CREATE TABLE dataset_columns (
    "table" TEXT, name TEXT, meaning TEXT, type TEXT,
    "references" TEXT, PRIMARY KEY ("table", name)
);
CREATE TABLE dataset_records (
    kind TEXT, key TEXT, address TEXT, mark TEXT, PRIMARY KEY (kind, key)
);
CREATE TABLE dataset_changes (
    kind TEXT, key TEXT, address TEXT, change TEXT, PRIMARY KEY (kind, key)
);
"""
FAST = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"


class SqliteFile:
    """The file at `path`, written row by row."""

    def __init__(self, path: Path, tables: list[Table]) -> None:
        self.tables = tables
        self.rows = dict.fromkeys((table.name for table in tables), 0)
        self.database = sqlite3.connect(path.as_uri(), uri=True, isolation_level=None)
        self.database.executescript(FAST + OWN_TABLES)
        for table in tables:
            self.database.execute(_create(table))
            self.database.executemany(
                "INSERT INTO dataset_columns VALUES (?, ?, ?, ?, ?)", _told(table)
            )
        self.database.execute("BEGIN")

    def add(self, kind: str, entry: Entry) -> None:
        """A record with what hangs on it."""
        for table, row in entry.rows:
            values = [_stored(c, text) for c, text in zip(table.columns, row, strict=True)]
            marks = ", ".join("?" * len(values))
            self.database.execute(f'INSERT INTO "{table.name}" VALUES ({marks})', values)  # noqa: S608
            self.rows[table.name] += 1
        told = (kind, entry.key, entry.address, entry.mark)
        self.database.execute("INSERT INTO dataset_records VALUES (?, ?, ?, ?)", told)

    def describe(self, about: dict[str, str]) -> None:
        """Say in the file what it is, and what its tables hold."""
        add = self.database.executemany
        add("INSERT INTO dataset_about VALUES (?, ?)", about.items())
        for table in self.tables:
            told = (table.name, table.title, table.meaning, self.rows[table.name])
            self.database.execute("INSERT INTO dataset_tables VALUES (?, ?, ?, ?)", told)

    def finish(self) -> None:
        """Add what makes it quick. Raises ValueError where a name in it leads nowhere."""
        self.database.execute("COMMIT")
        for table in self.tables:
            for statement in _indexes(table):
                self.database.execute(statement)
        for name, columns in SEARCHED.items():
            self.database.executescript(_searched(name, columns))
        if lost := self.database.execute("PRAGMA foreign_key_check").fetchone():
            raise ValueError(f"A row of {lost[0]} names one of {lost[2]} that is not there.")

    def close(self) -> None:
        self.database.close()


def _stored(column: Column, text: str) -> str | int | None:
    if text == "":
        return None
    if column.type == "flag":
        return int(text == "true")
    return int(text) if column.type == "count" else text


def _create(table: Table) -> str:
    lines = [f'"{column.name}" {STORED.get(column.type, "TEXT")}' for column in table.columns]
    lines = [
        f"{line} NOT NULL" if column.name in table.key else line
        for line, column in zip(lines, table.columns, strict=True)
    ]
    lines.append(f"PRIMARY KEY ({', '.join(_quoted(table.key))})")
    lines += [
        f'FOREIGN KEY ("{name}") REFERENCES "{other}" ("{column}")'
        for name, (other, column) in table.named.items()
    ]
    return f'CREATE TABLE "{table.name}" (\n    ' + ",\n    ".join(lines) + "\n)"


def _quoted(names: tuple[str, ...]) -> list[str]:
    return [f'"{name}"' for name in names]


def _indexes(table: Table) -> list[str]:
    picked = [column.name for column in table.columns if column.type in PICKED]
    names = dict.fromkeys([*table.named, *picked])
    return [
        f'CREATE INDEX "{table.name}_{name}" ON "{table.name}" ("{name}")'
        for name in names
        if name != table.key[0]
    ]


def _searched(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(_quoted(columns))
    return (
        f'CREATE VIRTUAL TABLE "{table}_fts" USING fts5'
        f"({names}, content=\"{table}\", tokenize='{TOKENS}');\n"
        f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'rebuild\');'
    )


def _told(table: Table) -> list[tuple[str, str, str, str, str]]:
    leads_to = {name: ".".join(place) for name, place in table.named.items()}
    return [
        (table.name, column.name, column.meaning, column.type, leads_to.get(column.name, ""))
        for column in table.columns
    ]
