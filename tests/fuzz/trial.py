"""One file read and parsed, and what must hold of it."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

from policies.newsletter import NotANewsletter, parse_issue
from policies.newsletter.lines import read_lines
from policies.readers import Unreadable
from policies.readers import read as read_apart
from policies.readers.reading import read

from .inputs import made

LONGEST_SECONDS = 10
MOST_MEMORY = 500 * 2**20
READ, REFUSED, STOPPED, NO_NEWSLETTER = "parsed", "refused", "stopped", "no newsletter"


class Hangs(BaseException):
    """The file takes longer than it may; no handler of errors takes this for its own."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a file: `fault` is "" where all is right."""

    number: int
    made: str
    outcome: str
    seconds: float
    fault: str = ""


def tried(number: int) -> Result:
    """Read and parse the file of this number."""
    data, name, how = made(number)
    started = time.process_time()
    outcome, fault = "", ""
    try:
        outcome = outcome_of(data, name)
    except Hangs:
        fault = f"takes longer than {LONGEST_SECONDS} seconds"
    except MemoryError:
        raise
    except Exception:
        fault = traceback.format_exc(limit=-4)
    return Result(number, how, outcome, time.process_time() - started, fault)


def slice_of(numbers: range) -> tuple[list[Result], float]:
    """The results of some files, each tried in a process of its own, and the most memory of one."""
    found = [tried_alone(number) for number in numbers]
    return [result for result, _ in found], max(peak for _, peak in found)


def tried_alone(number: int) -> tuple[Result, float]:
    """Try a file in a fork with the limits that must hold; gives its memory in megabytes too.

    A file that breaks the fork while it is read has to be stopped by the door to the readers.
    """
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        _answer_and_end(number, theirs)
    os.close(theirs)
    with os.fdopen(ours, "rb") as answer:
        sent = answer.read()
    _, status, used = os.wait4(child, 0)
    peak = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    if status == 0 and sent:
        return pickle.loads(sent), peak
    data, name, how = made(number)
    try:
        return Result(number, how, stopped(data, name), used.ru_utime), peak
    except AssertionError as error:
        return Result(number, how, "", used.ru_utime, f"{error} (status {status})"), peak


def _answer_and_end(number: int, pipe: int) -> NoReturn:
    """What the fork does: tries the file, sends its result, and ends before any tidying up."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        with os.fdopen(pipe, "wb") as out:
            out.write(pickle.dumps(tried(number)))
    except MemoryError:
        os._exit(1)
    os._exit(0)


def outcome_of(data: bytes, name: str) -> str:
    """What becomes of a file; raises where a line is lost, and whatever escapes the readers.

    A text goes to the parser past the readers too, with all that they would refuse.
    """
    if name.endswith(".txt"):
        with at_most(LONGEST_SECONDS):
            parsed(data.decode("utf-8", "surrogateescape"))
    try:
        with at_most(LONGEST_SECONDS):
            text = read(data, name=name)
    except Hangs:
        return stopped(data, name)
    except Unreadable as refusal:
        message = str(refusal)
        assert message.endswith("."), message
        assert "\n" not in message, message
        return REFUSED
    with at_most(LONGEST_SECONDS):
        return parsed(text)


def stopped(data: bytes, name: str) -> str:
    """See that the door to the readers stops what takes too much."""
    try:
        read_apart(data, name=name)
    except Unreadable:
        return STOPPED
    raise AssertionError("a file that takes too much is not stopped")


def parsed(text: str) -> str:
    """Parse a text; every line that is not blank must be in one field, or left over."""
    lines = {line.number: line.text for line in read_lines(text)}
    try:
        issue = parse_issue(text)
    except NotANewsletter:
        return NO_NEWSLETTER
    placed = [one.line for one in issue.placements] + [one.line for one in issue.leftovers]
    assert sorted(placed) == sorted(lines), "a line is lost or stands in two places"
    assert all(one.text == lines[one.line] for one in issue.leftovers)
    for item in issue.items:
        first, last = item.lines
        assert first <= last
        assert {first, last} <= lines.keys()
    return READ


@contextmanager
def at_most(seconds: float):
    """Raise Hangs in what takes more processor time."""

    def stop(*_: object) -> None:
        raise Hangs

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
