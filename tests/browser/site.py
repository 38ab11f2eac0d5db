"""The tracker in a process of its own, with a database of its own, on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
MANAGE = [sys.executable, str(ROOT / "manage.py")]
PASSWORD = "a-long-enough-password"
MAKE_PEOPLE = f"""
from django.contrib.auth.models import Group, User
for name in ("Editor", "Publisher"):
    user = User.objects.create_user(name.lower(), password="{PASSWORD}", is_staff=True)
    user.groups.add(Group.objects.get(name=name))
User.objects.create_user("newcomer", password="{PASSWORD}", is_staff=True)
"""
BUILD = "from policies.datasets import build; build(); build()"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_site(folder: Path, database: str) -> Iterator[str]:
    """Start the site with `manage.py start`, seeded; with editor, publisher and newcomer."""
    port = free_port()
    log = (folder / "log").open("wb")
    server = subprocess.Popen(
        [*MANAGE, "start", "--port", str(port)],
        cwd=ROOT, env=_environment(folder, database), stdout=log, stderr=log,
    )  # fmt: skip
    try:
        _wait(f"http://127.0.0.1:{port}/", server, folder / "log")
        tell(folder, database, f"{MAKE_PEOPLE}\n{BUILD}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def tell(folder: Path, database: str, script: str) -> None:
    """Run a script in the shell of the site that runs in `folder`."""
    command = [*MANAGE, "shell", "-v0", "-c", script]
    subprocess.run(command, cwd=ROOT, env=_environment(folder, database), check=True)


def _environment(folder: Path, database: str) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": database,
        "STATIC_ROOT": str(folder / "static"),
        "DATASET_DIR": str(folder / "datasets"),
        "HTTPS": "off",
        "CONN_MAX_AGE": "0",
        "EMAIL_URL": "dummymail://",
    }


def _wait(address: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(1800):
        if server.poll() is not None:
            break
        try:
            urlopen(address, timeout=5).close()
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The site did not start: {log.read_text()}")
