"""Whole pages of the tracker over HTTP, hello world asked in between."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil

from bench import server
from bench.http import Client, summed_up

# Asked between an edit and a cold page, so that what the edit itself costs is not counted there.
BETWEEN = "/policies/?q=steel&sort=-announced"
Times = dict[str, list[tuple[float, float]]]


def milliseconds(call: Callable[[], Any]) -> float:
    start = perf_counter()
    call()
    return (perf_counter() - start) * 1000


def busy(pid: int) -> float:
    """Milliseconds that a process has computed; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6
    except OSError:
        return 0.0


def worker_of(process: Any) -> int:
    """The only worker of a server."""
    (worker,) = psutil.Process(process.pid).children()
    return worker.pid


def memory(process: Any) -> int:
    """The bytes that a server's only worker holds."""
    return psutil.Process(worker_of(process)).memory_info().rss


class Tracker:
    """The tracker's server beside hello world's."""

    def __init__(self, process: Any, client: Client, hello_process: Any, hello: Client) -> None:
        self.process, self.client = process, client
        self.hello_process, self.hello = hello_process, hello
        self.worker, self.hello_worker = worker_of(process), worker_of(hello_process)
        self.hello_times: list[float] = []
        self.hello_busy: list[float] = []

    def page(self, query_string: str) -> tuple[float, float]:
        """Milliseconds of one page and of the worker's computing; beside it one hello world."""
        before = busy(self.hello_worker)
        self.hello_times.append(milliseconds(lambda: self.hello.get("/")))
        self.hello_busy.append(busy(self.hello_worker) - before)
        before = busy(self.worker)
        took = milliseconds(lambda: self.client.get(f"/policies/?{query_string}"))
        return took, busy(self.worker) - before

    def added_memory(self) -> int:
        """The bytes that the tracker's worker holds beyond hello world's."""
        return memory(self.process) - memory(self.hello_process)


@contextmanager
def serving(environment: Mapping[str, str], first: str) -> Iterator[tuple[Tracker, dict[str, Any]]]:
    """Both servers, and how long the tracker took from its start to its `first` page."""
    ports = server.free_port(), server.free_port()
    with server.running(server.gunicorn("bench.hello:application", ports[0]), ports[0]) as greeting:
        hello = Client(ports[0])
        hello.get("/")
        start = perf_counter()
        command = server.gunicorn("tracker.wsgi", ports[1])
        with server.running(command, ports[1], environment=environment) as process:
            client = Client(ports[1])
            client.get(f"/policies/?{first}")
            ready = perf_counter() - start
            tracker = Tracker(process, client, greeting, hello)
            yield tracker, {"seconds": ready, "memory": tracker.added_memory()}


def asked(
    tracker: Tracker,
    queries: Mapping[str, str],
    touch: Callable[[], None],
    rounds: int,
    again: int,
) -> dict[str, Times]:
    """Each query `rounds` times cold, and after each of them `again` times warm.

    Before it is asked cold a record is touched, so that nothing of it is kept. Cold and warm
    take turns through the whole run, so that whatever else the machine does meets both.
    """
    times: dict[str, Times] = {"cold": defaultdict(list), "warm": defaultdict(list)}
    for _ in range(rounds):
        for name, query_string in queries.items():
            touch()
            tracker.client.get(BETWEEN)
            times["cold"][name].append(tracker.page(query_string))
            tracker.page(query_string)
            times["warm"][name] += [tracker.page(query_string) for _ in range(again)]
    return times


def after_edit(
    tracker: Tracker, query_string: str, touch: Callable[[], None], number: int
) -> list[tuple[float, float]]:
    """The first page after an edit of one policy, of a query that was asked before."""
    times = []
    for _ in range(number):
        touch()
        times.append(tracker.page(query_string))
    return times


def plain(times: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """The median and p95 of whole responses, and the median of the worker's computing."""
    whole, computing = zip(*times, strict=True)
    return asdict(summed_up(list(whole))) | {"busy": statistics.median(computing)}
