"""The process that `apart` starts for one file: limits itself, reads, answers, ends.

It gets a line of JSON and then the file on its standard input, and answers with a
letter and the text, or the refusal.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import BinaryIO

from .apart import READ, REFUSED, TOO_MUCH
from .limits import Limits, Unreadable
from .reading import read

OPEN_FILES = 64


def main() -> None:
    """Answer for the file on standard input."""
    source = sys.stdin.buffer
    head = json.loads(source.readline())
    limits = Limits(**head["limits"])
    confine(limits)
    answer = answer_for(source, head["name"], limits)
    out = sys.stdout.buffer
    out.write(answer)
    out.flush()
    os._exit(0)


def answer_for(source: BinaryIO, name: str, limits: Limits) -> bytes:
    """The letter and what it goes with."""
    try:
        return READ + read(source.read(), name=name, limits=limits).encode("utf-8", "surrogatepass")
    except Unreadable as refusal:
        return REFUSED + str(refusal).encode()
    except MemoryError:
        return TOO_MUCH


def confine(limits: Limits) -> None:
    """Bind this process to `limits`, and keep it from writing files."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    _limit(resource.RLIMIT_CPU, limits.max_seconds, limits.max_seconds + 1)
    _limit(resource.RLIMIT_AS, limits.max_memory)


def _limit(what: int, most: int, at_last: int | None = None) -> None:
    """Set a limit where the system has it and allows it; macOS refuses that of memory.

    Beyond `most` seconds of work the process gets a signal that says why, and at last is killed.
    """
    try:
        resource.setrlimit(what, (most, most if at_last is None else at_last))
    except (ValueError, OSError):
        return
