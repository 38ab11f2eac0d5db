"""Times whole responses over HTTP, from the request to the last byte of the body.

The connection is kept open where the server allows it; gunicorn's sync workers do not, so
that there each time includes connecting, for the tracker and hello world alike.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from time import perf_counter
from typing import Any


@dataclass(frozen=True)
class Timing:
    """Milliseconds of `number` runs; `size` is the last body's bytes, or what was found."""

    median: float
    p95: float
    number: int
    size: int = 0

    def __str__(self) -> str:
        return f"{self.median:.1f} ms (p95 {self.p95:.1f}, n={self.number}, {self.size:,})"


def summed_up(milliseconds: list[float], size: int = 0) -> Timing:
    """The median and the 95th percentile (the nearest rank)."""
    ordered = sorted(milliseconds)
    rank = min(len(ordered) - 1, max(0, -(-len(ordered) * 95 // 100) - 1))
    return Timing(statistics.median(ordered), ordered[rank], len(ordered), size)


def timed(call: Callable[[], Any], *, number: int = 5, warm: int = 1) -> Timing:
    """Time a call; its length, or the number that it gives, becomes the timing's size."""
    for _ in range(warm):
        call()
    times, result = [], None
    for _ in range(number):
        start = perf_counter()
        result = call()
        times.append((perf_counter() - start) * 1000)
    return summed_up(times, result if isinstance(result, int) else len(result or ()))


class Client:
    """A client of one server."""

    def __init__(self, port: int, host: str = "127.0.0.1", timeout: float = 600) -> None:
        self.connection = HTTPConnection(host, port, timeout=timeout)

    def get(self, path: str) -> bytes:
        """The body at `path`; anything but 200 raises."""
        self.connection.request("GET", path, headers={"Accept": "text/html,*/*;q=0.8"})
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise HTTPException(f"{path} gave {response.status}: {body[:200]!r}")
        return body

    def time(self, path: str, *, number: int = 5, warm: int = 1) -> Timing:
        """Time `number` responses after `warm` that do not count."""
        return timed(lambda: self.get(path), number=number, warm=warm)

    def close(self) -> None:
        self.connection.close()
