"""One moment of the database, however long it is read, without making an editor wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection as default_connection


@contextmanager
def snapshot(connection: Any = default_connection) -> Iterator[None]:
    """What is read within this block is as it was when the first row was read.

    Nothing may be written in it. Within a transaction that was begun before, it is
    that transaction which is read.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        connection.set_autocommit(False)
        try:
            _say(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        finally:
            connection.rollback()
            connection.set_autocommit(True)
    else:
        # Django would begin a transaction that writes, and lock editors out until its end.
        _say(connection, "BEGIN DEFERRED")
        try:
            yield
        finally:
            _say(connection, "ROLLBACK")


def _say(connection: Any, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
