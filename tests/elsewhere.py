"""A database of its own that real processes share: for what happens at the same time.

The database of a test on SQLite lives in memory, where two writers do not wait for
each other as they do on disk.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.browser.site import ROOT
from tests.databases import migrated_database

MANAGE = [sys.executable, str(ROOT / "manage.py")]

# The beginning of code in which threads meet: each tells in `ends` how it ended.
TOLD = """
from django.db import connection

ends = []

def told(change, *arguments, **given):
    try:
        change(*arguments, **given)
        ends.append("done")
    except Exception as error:
        ends.append(repr(error))
    finally:
        connection.close()
"""


class Elsewhere:
    """An empty migrated tracker; each call is a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.environment = os.environ | {
            "DATABASE_URL": migrated_database(folder),
            "HTTPS": "off",
            "CONN_MAX_AGE": "0",
            "ALLOWED_HOSTS": "testserver,localhost",
            "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        }

    def start(self, *arguments: str) -> subprocess.Popen:
        """Start a command of manage.py."""
        return subprocess.Popen(
            [*MANAGE, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run a command of manage.py to its end; it must not fail."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def told(self, code: str) -> Any:
        """What the Python `code` prints last, which must be JSON."""
        return json.loads(self.run("shell", "-v0", "-c", code).stdout.splitlines()[-1])
