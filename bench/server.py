"""Starts a server for a measurement and stops it afterwards."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(
    command: list[str], port: int, *, environment: Mapping[str, str] | None = None, wait: float = 60
) -> Iterator[subprocess.Popen]:
    """Run `command` until the block ends; enter it once `port` answers."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | dict(environment or {}),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            deadline = monotonic() + wait
            while not answers(port):
                if process.poll() is not None or monotonic() > deadline:
                    log.seek(0)
                    raise RuntimeError(f"{command[0]} did not start: {log.read().decode()}")
                sleep(0.05)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def gunicorn(application: str, port: int, *, python: str = sys.executable) -> list[str]:
    """The command of the server that every Django application here is timed on."""
    return [
        *(python, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"),
        *("--workers", "1", "--worker-class", "sync", "--timeout", "600", "--log-level", "warning"),
    ]
