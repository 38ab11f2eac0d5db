"""python -m bench.exports: take a whole list away in each format, and watch the server's memory.

One gunicorn worker serves a database that is there already. Memory is what the worker
holds beyond what it held before the file was asked for, sampled while it is written;
the first byte is that of the body.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import Any

import psutil

from bench import server
from bench.corpus import RARE
from bench.scratch import environment
from bench.served import worker_of

ENDINGS = ("csv", "xlsx", "ris", "json", "ndjson", "bib", "csl.json")
PART = 64 * 1024
SAMPLED_SECONDS = 0.02


class Watch:
    """The most memory that a process held since the watch began."""

    def __init__(self, pid: int) -> None:
        self.process = psutil.Process(pid)
        self.before = self.most = self.process.memory_info().rss

    @contextmanager
    def watching(self) -> Iterator[Watch]:
        """Look again and again until the block ends."""
        ended = Event()

        def look() -> None:
            while not ended.wait(SAMPLED_SECONDS):
                self.most = max(self.most, self.process.memory_info().rss)

        thread = Thread(target=look)
        thread.start()
        try:
            yield self
        finally:
            ended.set()
            thread.join()

    @property
    def added(self) -> int:
        """In bytes."""
        return self.most - self.before


def taken(port: int, pid: int, path: str) -> dict[str, Any]:
    """One file, read whole: seconds to its first byte and its last, bytes, memory, records."""
    connection = HTTPConnection("127.0.0.1", port, timeout=1800)
    with Watch(pid).watching() as watch:
        start = perf_counter()
        connection.request("GET", path)
        response = connection.getresponse()
        size = len(response.read(1))
        first = perf_counter() - start
        while part := response.read(PART):
            size += len(part)
        total = perf_counter() - start
    connection.close()
    if response.status != 200:
        raise HTTPException(f"{path} gave {response.status}")
    return {
        "records": int(response.headers["X-Record-Count"]),
        "bytes": size,
        "first_byte_seconds": round(first, 3),
        "seconds": round(total, 1),
        "added_bytes": watch.added,
    }


def measured(database: str, kind: str, endings: list[str]) -> dict[str, Any]:
    """Each format of a list, one after the other, by a worker that has shown the list before."""
    port, files = server.free_port(), {}
    command = [*server.gunicorn("tracker.wsgi", port), "--timeout", "7200"]
    with server.running(command, port, environment=environment(database)) as process:
        first = HTTPConnection("127.0.0.1", port, timeout=1800)
        first.request("GET", f"/{kind}.ndjson?q={RARE}")
        first.getresponse().read()
        pid = worker_of(process)
        # Small files first, so that the code and the index have been read.
        for ending in endings:
            taken(port, pid, f"/{kind}.{ending}?q={RARE}")
        idle = Watch(pid).before
        for ending in endings:
            files[ending] = taken(port, pid, f"/{kind}.{ending}")
            sys.stdout.write(f"{kind}.{ending}: {json.dumps(files[ending])}\n")
            sys.stdout.flush()
        after = Watch(pid).before
    return {"kind": kind, "idle_bytes": idle, "bytes_afterwards": after, "files": files}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.exports")
    parser.add_argument("--database", required=True, help="its address, as in DATABASE_URL")
    parser.add_argument("--kind", default="policies")
    parser.add_argument("--endings", nargs="*", default=list(ENDINGS))
    parser.add_argument("--result", type=Path, help="a file for the figures")
    asked = parser.parse_args()
    found = measured(asked.database, asked.kind, asked.endings)
    if asked.result:
        asked.result.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
