"""A real server in a process group of its own, on a database of its own, to be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.browser.site import MAKE_PEOPLE, ROOT, free_port

from .issues import BODIES

PREPARE = f"""
from django.core.management import call_command
from policies.models import IssuingBody
call_command("migrate", verbosity=0)
for name in {BODIES}:
    IssuingBody.objects.create(name_en=f"Ministry {{name}}", abbreviation=name)
"""
MANAGE = [sys.executable, str(ROOT / "manage.py")]


class Server:
    """The tracker under gunicorn; `kill` leaves it no moment to tidy up."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.port = folder, free_port()
        self.environment = os.environ | {
            "DATABASE_URL": database,
            "STATIC_ROOT": str(folder / "static"),
            "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
            "HTTPS": "off",
            "CONN_MAX_AGE": "0",
        }
        self.log = (folder / "log").open("ab")
        self.process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def prepare(self) -> None:
        """Make the database: tables, some bodies, an editor and a publisher."""
        subprocess.run(
            [*MANAGE, "shell", "-v0", "-c", PREPARE + MAKE_PEOPLE],
            env=self.environment,
            check=True,
            stdout=self.log,
            stderr=self.log,
        )

    def command(self, *command: str) -> subprocess.Popen:
        """Start a command of manage.py in a process group of its own."""
        return subprocess.Popen(
            [*MANAGE, *command],
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def start(self) -> None:
        """Start, and wait until it answers."""
        gunicorn = [sys.executable, "-m", "gunicorn", "tracker.wsgi", "--workers=1"]
        self.process = subprocess.Popen(
            [*gunicorn, f"--bind=127.0.0.1:{self.port}", "--timeout=120"],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        for _ in range(1200):
            try:
                urlopen(f"{self.address}/about/", timeout=60).close()
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"The server did not start: {(self.folder / 'log').read_text()[-3000:]}")

    def kill(self) -> None:
        """End it and its workers at once, whatever they are doing."""
        if self.process is not None:
            kill_group(self.process)
            self.process = None


def kill_group(process: subprocess.Popen) -> None:
    """Kill a process with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
