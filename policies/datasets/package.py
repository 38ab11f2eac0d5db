"""The data set as a Frictionless Data Package: a zip of CSV tables and what describes them.

The cells hold what they say, also where a spreadsheet would take it for a formula: a
package is read by programs.
"""

from __future__ import annotations

import csv
import hashlib
import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from policies.exports.columns import Column

from .changes import CHANGES
from .reading import Entry
from .shape import Table

DESCRIPTION = "datapackage.json"
README = "README.txt"
PERIOD = r"\d{4}(-Q[1-4]|-\d{2}(-\d{2})?)?"
# By the type of a column, what the Table Schema calls it.
SCHEMA_TYPES: dict[str, dict[str, Any]] = {
    "count": {"type": "integer"},
    "number": {"type": "number"},
    "flag": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    "day": {"type": "date", "format": "%Y-%m-%d"},
    "moment": {"type": "datetime"},
    "json": {"type": "array"},
    "date": {"type": "string", "constraints": {"pattern": PERIOD}},
}
DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n",
           "header": True}  # fmt: skip


class CsvTables:
    """A .csv for each table in a new folder, written row by row."""

    def __init__(self, folder: Path, tables: list[Table]) -> None:
        folder.mkdir()
        self.folder, self.tables = folder, tables
        self.files = ExitStack()
        self.writers: dict[str, Any] = {}
        for table in tables:
            file = (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
            self.writers[table.name] = csv.writer(self.files.enter_context(file))
            self.writers[table.name].writerow([column.name for column in table.columns])

    def add(self, entry: Entry) -> None:
        """A record with what hangs on it."""
        for table, row in entry.rows:
            self.writers[table.name].writerow(row)

    def finish(self, about: dict[str, str], changes: Path, path: Path) -> None:
        """Describe the tables, and put all into the zip at `path`."""
        self.close()
        resources = [_resource(table, self.folder / f"{table.name}.csv") for table in self.tables]
        resources.append(_resource(CHANGES, changes))
        described = json.dumps(_package(about, resources), ensure_ascii=False, indent=1)
        with ZipFile(path, "w", ZIP_DEFLATED) as zipped:
            zipped.writestr(DESCRIPTION, described)
            zipped.writestr(README, "".join(f"{text}\n" for text in about.values()))
            for table in self.tables:
                zipped.write(self.folder / f"{table.name}.csv", f"{table.name}.csv")
            zipped.write(changes, "changes.csv")

    def close(self) -> None:
        self.files.close()


def _package(about: dict[str, str], resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "policy-tracker",
        "id": f"{about['address']}{about['version']}/",
        "title": about["title"],
        "description": about["description"],
        "version": about["version"],
        "created": about["created"],
        "homepage": about["address"],
        "licenses": [{"path": f"{about['address']}#licence", "title": about["licence"]}],
        "keywords": ["China", "industrial policy"],
        "resources": resources,
    }


def _resource(table: Table, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    schema = {
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.named:
        schema["foreignKeys"] = [
            {
                "fields": [name],
                "reference": {"resource": "" if other == table.name else other, "fields": [column]},
            }
            for name, (other, column) in table.named.items()
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": DIALECT,
        "schema": schema,
    }


def _field(column: Column, table: Table) -> dict[str, Any]:
    _, leads_to = table.named.get(column.name, ("", ""))
    # An issue is named by its day, and both ends of a name have to be of one type.
    kind = SCHEMA_TYPES.get("day" if leads_to == "published" else column.type, {"type": "string"})
    if column.name == "address":
        kind = {"type": "string", "format": "uri"}
    wanted = {"required": True} if column.name in table.key else {}
    limits = {"constraints": kind.get("constraints", {}) | wanted}
    told = {"name": column.name, "description": column.meaning}
    return told | kind | (limits if limits["constraints"] else {})
