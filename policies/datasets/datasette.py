"""What Datasette shows beside the SQLite file: titles, meanings, names of rows, first facets."""

from __future__ import annotations

from typing import Any

from .shape import Table

# The columns by which rows of other tables are named; where none is, their key names them.
NAMES = ("name_en", "term_en")
MOST_FACETS = 4


def metadata(database: str, about: dict[str, str], tables: list[Table]) -> dict[str, Any]:
    """The metadata for the file called `database`, without its ending."""
    return {
        "title": about["title"],
        "description": about["description"],
        "license": about["licence"],
        "license_url": f"{about['address']}#licence",
        "source": "Policy tracker",
        "source_url": about["address"],
        "databases": {
            database: {
                "tables": {table.name: _table(table) for table in tables}
                | {"dataset_records": {"hidden": True}}
            }
        },
    }


def _table(table: Table) -> dict[str, Any]:
    named = [column.name for column in table.columns if column.name in NAMES]
    chosen = [column.name for column in table.columns if column.type == "choice"]
    return {
        "title": table.title,
        "description": table.meaning,
        "columns": {column.name: column.meaning for column in table.columns},
        "label_column": (named or [table.key[0]])[0],
        "facets": [] if table.field else chosen[:MOST_FACETS],
    }
