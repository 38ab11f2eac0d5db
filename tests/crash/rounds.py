"""Step by step with a kill at a random moment of each; then a look, and the step again."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from random import Random

from django.db import connection

from . import holding
from .desk import Desk
from .holding import Brought
from .issues import file_of
from .server import Server, kill_group

STEPS = ("import", "store", "publish", "command")


@dataclass(slots=True)
class Tally:
    """What the kills left: by step, how often all and how often nothing."""

    kills: int = 0
    left: dict[str, dict[str, int]] = field(
        default_factory=lambda: {step: {"all": 0, "nothing": 0} for step in STEPS}
    )
    answered: int = 0

    def count(self, step: str, *, done: bool) -> None:
        """Count a kill in `step`."""
        self.kills += 1
        self.left[step]["all" if done else "nothing"] += 1


class Rounds:
    """Brings issues in, stores and publishes them, on a server that is killed all the time."""

    def __init__(self, server: Server, *, seed: int = 0) -> None:
        self.server, self.chance = server, Random(seed)
        self.desk = Desk(server.address)
        self.tally = Tally()
        self.longest: dict[str, float] = {}
        self.issue = 0

    def warm_up(self) -> None:
        """An issue without a kill, to learn how long each step takes."""
        brought = self._next()
        self._timed("import", lambda: self.desk.upload(brought.data, brought.name))
        assert holding.check_import(brought)
        self._timed("store", lambda: self.desk.store(brought.kept().pk))
        assert holding.check_stored(brought)
        self._timed("publish", lambda: self.desk.publish(brought.issue().pk))
        assert holding.check_published(brought)
        command = self._next()
        self._timed("command", lambda: self._command(command).wait())
        assert holding.check_published(command)
        holding.check_search()

    def run(self, kills: int) -> Tally:
        """Kill that often."""
        while True:
            brought = self._next()
            for step in STEPS[:3]:
                if self.tally.kills >= kills:
                    return self.tally
                self._killed(step, brought)
            if self.tally.kills < kills:
                self._killed_command(self._next())

    def _killed(self, step: str, brought: Brought) -> None:
        """Take `step`, kill the server meanwhile, look, start again, and see the step done."""
        act: Callable[[], None] = {
            "import": lambda: self.desk.upload(brought.data, brought.name),
            "store": lambda: self.desk.store(brought.kept().pk),
            "publish": lambda: self.desk.publish(brought.issue().pk),
        }[step]
        look = {
            "import": holding.check_import,
            "store": holding.check_stored,
            "publish": holding.check_published,
        }[step]
        worker = threading.Thread(target=self._quietly, args=(act,))
        worker.start()
        time.sleep(self.chance.uniform(0, self.longest[step]))
        self.server.kill()
        worker.join()
        holding.settle()
        done = look(brought)
        holding.check_search()
        self.tally.count(step, done=done)
        self.server.start()
        if not done:
            self._timed(step, act)
        assert look(brought), f"{step} cannot be resumed"
        if step == "import":
            page = f"/admin/policies/issueimport/{brought.kept().pk}/change/"
            assert self.desk.status(page) == 200, "the import cannot be resumed"

    def _killed_command(self, brought: Brought) -> None:
        """The same with import_newsletter --publish on the command line."""
        process = self._command(brought)
        with suppress(subprocess.TimeoutExpired):
            # Most of its time the command only starts.
            process.wait(self.longest["command"] * self.chance.uniform(0.4, 1))
        kill_group(process)
        holding.settle()
        done = holding.check_stored(brought, imported=False)
        assert not done or holding.check_published(brought), "stored and not published"
        holding.check_search()
        self.tally.count("command", done=done)
        self._command(brought).wait()
        assert holding.check_published(brought)

    def _command(self, brought: Brought) -> subprocess.Popen:
        path = Path(self.server.folder) / brought.name
        path.write_bytes(brought.data)
        return self.server.command("import_newsletter", "--publish", str(path))

    def _timed(self, step: str, act: Callable[[], object]) -> None:
        started = time.monotonic()
        act()
        self.longest[step] = time.monotonic() - started

    def _quietly(self, act: Callable[[], None]) -> None:
        """Act until the server is gone."""
        try:
            with suppress(OSError, HTTPException):
                act()
                self.tally.answered += 1
        finally:
            connection.close()

    def _next(self) -> Brought:
        self.issue += 1
        return Brought.of(*file_of(self.issue))
