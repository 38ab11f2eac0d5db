"""Calls of a page never map and give back memory one by one, however deep they stand."""

import resource
from collections.abc import Callable
from typing import Any

from tracker.room import with_room

CALLS = 300


def leaf(*places: int) -> int:
    return len(places)


def faults_of_calls(depth: int) -> int:
    """The page faults of some hundred calls that stand so deep."""
    if depth:
        return faults_of_calls(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        leaf(1, 2, 3)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    most = max(faults_of_calls(depth) for depth in range(300))
    return [str(most).encode(), environ["PATH_INFO"].encode()]


def test_no_depth_of_calls_costs_a_page_fault_for_each():
    most, _ = with_room(application)({"PATH_INFO": "/"}, lambda *given: None)
    assert int(most) < CALLS / 2


def test_the_application_is_asked_and_answers_as_before():
    told: list[tuple[Any, ...]] = []
    _, path = with_room(application)({"PATH_INFO": "/policies/"}, lambda *given: told.append(given))
    assert path == b"/policies/"
    assert told == [("200 OK", [("Content-Type", "text/plain")])]
