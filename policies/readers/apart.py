"""Reads foreign files in a process of their own, which dies with whatever they do to it.

A file may be made to take minutes or gigabytes, or to crash the C library that reads
it. So all but short plain texts are read by a child with limits on time and memory,
without the settings and secrets of this process, and unable to write a file. It costs
about half a second. Memory is limited on Linux; macOS knows no such limit, and there
the time alone ends it.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from . import text
from .kinds import kind_of
from .limits import Limits, Unreadable

logger = logging.getLogger(__name__)
DEFAULT = Limits()
ROOT = Path(__file__).resolve().parents[2]
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from policies.readers.child import main; main()"
)
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
# A text of this many bytes is read where it is: nothing in it can take long.
SHORT = 512 * 1024
# On a busy machine a second of work takes longer: so many seconds more are waited for.
PATIENCE = 0.5
READ, REFUSED, TOO_MUCH = b"R", b"U", b"M"
SLOW = "The file takes longer than {0} seconds to read: save its text in a simpler form."
BUSY = (
    "Reading the file was given up after {0} seconds because the machine is busy: "
    "try again, or save its text in a simpler form."
)
HEAVY = "The file takes too much memory to read: save its text in a simpler form."
BROKEN = "The file is damaged or takes too much memory to read: save it anew, in a simpler form."


def read(data: bytes, *, name: str = "", limits: Limits = DEFAULT) -> str:
    """The text of the file `data`, its links as Markdown, its lines ended by a line feed.

    `name` is the file's name; its ending decides only between kinds of text.
    Raises Unreadable, and nothing else, for what cannot be read.
    """
    limits.check_size(data)
    if len(data) <= SHORT and not data.startswith(b"PK") and kind_of(data, name) == "text":
        return limits.check_text(text.read(data))
    return _answer(data, name, limits)


def _answer(data: bytes, name: str, limits: Limits) -> str:
    head = json.dumps({"name": name, "limits": asdict(limits)}).encode()
    child = subprocess.Popen(  # noqa: S603 - our own Python; the file comes by standard input
        [sys.executable, "-I", "-c", START, str(ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={key: os.environ[key] for key in PASSED_ON if key in os.environ},
    )
    patience = limits.max_seconds + PATIENCE
    with child:
        try:
            out, complaint = child.communicate(head + b"\n" + data, patience)
        except subprocess.TimeoutExpired:
            raise Unreadable(BUSY.format(patience)) from None
        finally:
            child.kill()
    return _told(child.returncode, out, complaint, limits)


def _told(status: int, out: bytes, complaint: bytes, limits: Limits) -> str:
    kind, rest = out[:1], out[1:].decode("utf-8", "surrogatepass")
    if status == 0 and kind == READ:
        return rest
    if status == 0 and kind == REFUSED:
        raise Unreadable(rest)
    if status == 0 and kind == TOO_MUCH:
        raise Unreadable(HEAVY)
    if status == -signal.SIGXCPU:
        raise Unreadable(SLOW.format(limits.max_seconds))
    logger.warning("A file broke its reader (status %s): %s", status, _end_of(complaint))
    raise Unreadable(BROKEN)


def _end_of(complaint: bytes) -> str:
    return complaint.decode("utf-8", "replace").strip()[-500:]
