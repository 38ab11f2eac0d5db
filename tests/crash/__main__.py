"""python -m tests.crash: kill a server at random moments, and report what was left."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import django

from tests.databases import fresh_database

from .server import Server


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash")
    parser.add_argument("--number", type=int, default=100, help="how many kills")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tracker-crash-") as folder:
        database = fresh_database(Path(folder))
        os.environ |= {"DATABASE_URL": database, "CONN_MAX_AGE": "0"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
        django.setup()
        return killed(Server(Path(folder), database), asked.number, asked.seed)


def killed(server: Server, number: int, seed: int) -> int:
    """Kill `server` that often; 0 when all held."""
    from .rounds import Rounds

    started = time.monotonic()
    server.prepare()
    try:
        server.start()
        rounds = Rounds(server, seed=seed)
        rounds.desk.log_in("publisher")
        rounds.warm_up()
        tally = rounds.run(number)
    finally:
        server.kill()
    lines = [f"{tally.kills} kills in {time.monotonic() - started:.0f} s: all or nothing each time"]
    lines += [
        f"{step}: {left['all']} times all was there, {left['nothing']} times nothing"
        for step, left in tally.left.items()
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
