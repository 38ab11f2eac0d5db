"""Reference lists for Zotero, EndNote, LaTeX and pandoc."""

from __future__ import annotations

from collections.abc import Iterator

from policies.citations import bibtex, csl, ris
from policies.works import RELATED, Work, work_of

from .found import Taken
from .objects import listed, written


def works(taken: Taken) -> Iterator[Work]:
    for group in taken.groups(*RELATED[taken.kind.name]):
        for record in group:
            yield work_of(record, taken.site)


def as_ris(taken: Taken) -> Iterator[str]:
    for work in works(taken):
        yield ris(work, taken.day) + "\r\n"


def as_bibtex(taken: Taken) -> Iterator[str]:
    for work in works(taken):
        yield bibtex(work, taken.day) + "\n\n"


def as_csl(taken: Taken) -> Iterator[str]:
    yield "["
    yield from listed(written(csl(work, taken.day)) for work in works(taken))
    yield "\n]\n"
