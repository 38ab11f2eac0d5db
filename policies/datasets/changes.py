"""What was added, changed and withdrawn between two builds, told by their SQLite files."""

from __future__ import annotations

import csv
import sqlite3
from collections import defaultdict
from pathlib import Path

from policies.exports.columns import Column

from .shape import KINDS, Table

WORDS = ("added", "changed", "withdrawn")
CHANGES = Table(
    "changes", "Changes", "What changed since the build before; empty in the first one.",
    "changes", "",
    (
        Column("kind", "The table of the record.", "text", "", str),
        Column("key", "The record's slug; of an issue its day.", "text", "", str),
        Column("address", "Where the record stands, or stood.", "text", "", str),
        Column("change", "What became of it: added, changed or withdrawn.", "text", "", str),
    ),
    ("kind", "key"), {},
)  # fmt: skip
HEAD = [column.name for column in CHANGES.columns]
ADDED = """
INSERT INTO dataset_changes SELECT kind, key, address, 'added' FROM dataset_records AS new
WHERE NOT EXISTS (SELECT 1 FROM earlier.dataset_records AS old
                  WHERE old.kind = new.kind AND old.key = new.key)
"""
CHANGED = """
INSERT INTO dataset_changes SELECT kind, key, new.address, 'changed'
FROM dataset_records AS new JOIN earlier.dataset_records AS old USING (kind, key)
WHERE kind = ? AND new.mark <> old.mark
"""
WITHDRAWN = """
INSERT INTO dataset_changes SELECT kind, key, address, 'withdrawn'
FROM earlier.dataset_records AS old
WHERE NOT EXISTS (SELECT 1 FROM main.dataset_records AS new
                  WHERE old.kind = new.kind AND old.key = new.key)
"""
COLUMNS = 'SELECT name FROM {}.dataset_columns WHERE "table" IN ({}) ORDER BY "table", name'


def compare(database: sqlite3.Connection, earlier: Path) -> list[str]:
    """Fill `dataset_changes` with what differs from the file `earlier`.

    Gives the kinds of which it does not tell which records changed, since their columns did.
    """
    database.execute("ATTACH DATABASE ? AS earlier", [f"{earlier.as_uri()}?mode=ro"])
    database.execute("BEGIN")
    database.execute(ADDED)
    database.execute(WITHDRAWN)
    unlike = []
    for kind in KINDS:
        tables = [table.name for table in kind.tables]
        if _columns(database, "main", tables) == _columns(database, "earlier", tables):
            database.execute(CHANGED, [kind.table])
        else:
            unlike.append(kind.table)
    database.execute("COMMIT")
    database.execute("DETACH DATABASE earlier")
    return unlike


def _columns(database: sqlite3.Connection, schema: str, tables: list[str]) -> list[tuple[str]]:
    marks = ", ".join("?" * len(tables))
    return database.execute(COLUMNS.format(schema, marks), tables).fetchall()


def counted(database: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """How many records of each kind were added, changed and withdrawn, where any were."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    question = "SELECT kind, change, count(*) FROM dataset_changes GROUP BY 1, 2 ORDER BY 1, 2"
    for kind, change, number in database.execute(question):
        found[kind][change] = number
    return dict(found)


def listed(database: sqlite3.Connection, path: Path) -> None:
    """The same records one by one, as a table in a .csv."""
    rows = database.execute(f"SELECT {', '.join(HEAD)} FROM dataset_changes ORDER BY 1, 4, 2")  # noqa: S608
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows(rows)
