"""What every result says of its run, and where results stand."""

from __future__ import annotations

import platform
import subprocess
from datetime import UTC, datetime
from typing import Any

from bench.server import ROOT

RESULTS = ROOT / "bench" / "results"


def about_run() -> dict[str, Any]:
    """When and on what it was measured, without a name of the machine."""
    import django  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    git = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if connection.vendor == "sqlite":
        import sqlite3  # noqa: PLC0415

        database = f"SQLite {sqlite3.sqlite_version}"
    else:
        connection.ensure_connection()
        version = connection.pg_version
        database = f"PostgreSQL {version // 10000}.{version % 10000}"
    return {
        "on": f"{datetime.now(UTC):%Y-%m-%d}",
        "commit": git.stdout.strip(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "database": database,
    }
