"""The API on a real socket, answered within the test's own transaction.

The test waits for a process and meanwhile answers what it asks, in the one thread that
has the database; so nothing has to be committed, on either database.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections


@contextmanager
def one_connection() -> Iterator[None]:
    """Requests leave the connection of the test open, as Django's own test client has it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class _Silent(WSGIRequestHandler):
    def log_message(self, *given: object) -> None:
        """Nothing."""


class Site:
    """The site on a free port of this machine, which answers while a process is waited for."""

    def __enter__(self) -> Site:
        self._open = ExitStack()
        self._open.enter_context(one_connection())
        self._server = WSGIServer(("127.0.0.1", 0), _Silent)
        self._server.set_app(WSGIHandler())
        self._server.timeout = 0.02
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        return self

    def __exit__(self, *given: object) -> None:
        self._server.server_close()
        self._open.close()

    def run(self, command: list[str], folder: Path) -> str:
        """What a process says that asks the site; it has to end well."""
        with (folder / "out").open("w+") as out:
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=folder)
            while process.poll() is None:
                self._server.handle_request()
            out.seek(0)
            told = out.read()
        assert process.returncode == 0, told
        return told
