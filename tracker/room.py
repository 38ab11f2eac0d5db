"""Room for the calls of a request, taken once.

Python keeps the frames of calls in blocks of 16 KB that it maps as they are needed and gives
back as soon as they are empty (CPython's `push_chunk`, 3.11 and later). Where the calls of a
page happen to stand at the end of a block, each of them maps one and gives it back, some
thousand times a page: a third of its time on a machine where that is dear. One frame as
large as all of them takes a block in which the rest has room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

# In places of a frame, of 8 bytes: just over half of a block of 512 KB, whose other half holds
# more calls than Python lets stand in each other.
PLACES = 40_000

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def with_room(application: Application) -> Application:
    """The same WSGI application, called from a frame that leaves room for what it calls."""

    def called(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return application(environ, start_response)

    called.__code__ = called.__code__.replace(co_stacksize=PLACES)
    return called
