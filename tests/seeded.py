"""What many tests begin with, quickly: made once, then its rows are put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection

Rows = dict[str, tuple[list[str], list[tuple]]]
_made: dict[str, tuple[Any, Rows]] = {}


def seed() -> None:
    """Fill the empty database of a test with all that `manage.py seed` makes."""
    once("seed", lambda: call_command("seed", verbosity=0))


def once(name: str, make: Callable[[], Any]) -> Any:
    """What `make` gives for an empty database; from the second time on its rows are put back.

    `make` is known by its `name`. It gives keys rather than records, which would be shared.
    """
    if name in _made:
        given, rows = _made[name]
        _put_back(rows)
        return given
    given = make()
    _made[name] = given, _read()
    return given


def _put_back(found: Rows) -> None:
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for table, (columns, rows) in found.items():
            names = ", ".join(map(connection.ops.quote_name, columns))
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                continue
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _models() -> list:
    return list(apps.get_app_config("policies").get_models(include_auto_created=True))


def _read() -> Rows:
    found = {}
    with connection.cursor() as cursor:
        for model in _models():
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {table}")
            rows = [tuple(map(_plain, row)) for row in cursor.fetchall()]
            if rows:
                found[table] = ([column[0] for column in cursor.description], rows)
    return found


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
