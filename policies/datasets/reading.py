"""From public records to the rows of the tables, read in groups."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from policies.records import FIELDS, public_records
from policies.records.addresses import complete

from .shape import Kind, Table


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as rows of tables, its own first.

    Its mark is the same as long as the same is told of it.
    """

    key: str
    address: str
    mark: str
    rows: list[tuple[Table, list[str]]]


def entries(kind: Kind, tables: list[Table], site: str) -> Iterator[Entry]:
    """All public records of `kind`; `site` comes before their addresses."""
    untold = {field.name for field in FIELDS[kind.model] if not field.told}
    before = ""
    for fields in public_records(kind.records()):
        key = fields[kind.key]
        # An issue is known by its day: of two on one day, the site shows the first.
        if key == before:
            continue
        before = key
        rows = list(_rows(tables, complete(fields, site), key))
        yield Entry(key, fields.get("address", ""), _mark(rows, untold), rows)


def _rows(tables: list[Table], fields: dict[str, Any], key: str) -> Iterator[tuple[Table, list]]:
    own, *hanging = tables
    yield own, [column.read(fields[column.field]) for column in own.columns]
    for table in hanging:
        _, _, *parts = table.columns
        for place, row in enumerate(fields[table.field], 1):
            read = [column.read(_value(row, column.field, table)) for column in parts]
            yield table, [key, str(place), *read]


def _value(row: Any, name: str, table: Table) -> Any:
    """What a row that hangs on a record has under a name; another record stands for itself."""
    return row if name == table.field else row[name]


def _mark(rows: list[tuple[Table, list[str]]], untold: set[str]) -> str:
    own, values = rows[0]
    told = [v for v, column in zip(values, own.columns, strict=True) if column.field not in untold]
    said = json.dumps([told, [(table.name, row) for table, row in rows[1:]]])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
