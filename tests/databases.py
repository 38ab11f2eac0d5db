"""Databases for real processes beside a test, on the engine that the suite runs on.

Migrating takes longer than most tests: the database of the tests is copied once, just migrated,
and each process that needs one like it is given a copy of that.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection

_migrated: list[str] = []


def fresh_database(folder: Path) -> str:
    """The address of an empty database; a file is made in `folder` or, on a server, nothing."""
    if not _server():
        return f"sqlite:///{folder / 'site.sqlite3'}"
    return _made_on_server()


def keep_migrated(folder: Path) -> None:
    """Copy the database of the tests as it stands, to be copied again from `folder`."""
    if _server():
        name = connection.settings_dict["NAME"]
        connection.close()
        _migrated.append(urlsplit(_made_on_server(like=name)).path.removeprefix("/"))
        return
    path = folder / "migrated.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        # As manage.py leaves it: readers do not wait for writers.
        copy.execute("PRAGMA journal_mode = wal")
    _migrated.append(str(path))


def migrated_database(folder: Path) -> str:
    """The address of a database as `manage.py migrate` makes it, with nothing else in it."""
    if _server():
        return _made_on_server(like=_migrated[-1])
    address = fresh_database(folder)
    shutil.copyfile(_migrated[-1], address.removeprefix("sqlite:///"))
    return address


def _server() -> str:
    given = os.environ.get("DATABASE_URL", "")
    return given if given.startswith("postgres") else ""


def _made_on_server(*, like: str = "template1") -> str:
    """The address of a new database on the server, a copy of the one called `like`."""
    name = f"site_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(_server(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return urlunsplit(urlsplit(_server())._replace(path=f"/{name}"))
