"""The records of a mail, each with why it is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from policies.languages import dated, mark, names_of
from policies.matched import matched
from policies.models.prose import in_one_line
from policies.newsletter.dates import PreciseDate
from policies.records import public_records
from policies.search.snippets import Piece, Snippet
from policies.versions.keeping import title_of

from .searches import Search

DATES = ("announced", "due", "happened")
# What stands around what matched while a passage is made plain; no text holds them.
BEGUN, ENDED = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a mail tells of it; `passages` are the texts that matched words of the search.

    `names` are of those who stand beside it, each in English and Chinese. What is read of
    it is in the language of whoever reads, for one entry goes to many.
    """

    key: int
    title: str
    path: str
    title_zh: str = ""
    day: PreciseDate | None = None
    names: tuple[Any, ...] = ()
    passages: list[Snippet] = field(default_factory=list)

    def __str__(self) -> str:
        return self.title

    @property
    def titles(self) -> list[str]:
        """The title in the reader's language, and the other one where it is known."""
        return [title for title in names_of(self) if title]

    @property
    def when(self) -> str:
        """When it was announced, falls due or happened, as exactly as that is known."""
        return dated(self.day)

    @property
    def by(self) -> str:
        """Who issued a policy, whose target it is, who did what happened."""
        return mark("comma").join(names_of(name)[0] for name in self.names)


def entries(search: Search, keys: list[int]) -> list[Entry]:
    """Those of the records that are public and still found, in the order of `keys`."""
    found = matched(
        search.filterset, search.exported.records, [key for key in keys if key in search.ids]
    )
    told = public_records([record for record, _ in found])
    return [
        _entry(record, fields, passages)
        for (record, passages), fields in zip(found, told, strict=True)
    ]


def _entry(record: Any, told: dict[str, Any], passages: list[Snippet]) -> Entry:
    title_zh = told.get("title_zh") or ""
    title = in_one_line(title_of(record))
    return Entry(
        key=record.pk,
        title=title,
        path=told["address"],
        title_zh="" if title_zh == title else title_zh,
        day=next((day for name in DATES if (day := getattr(record, name, None))), None),
        names=tuple(_names(told)),
        passages=[replace(passage, pieces=_plain(passage.pieces)) for passage in passages],
    )


def _plain(pieces: list[Piece]) -> list[Piece]:
    """A passage in one line, without the marks of Markdown, which may stand around its pieces."""
    marked = "".join(
        f"{BEGUN}{piece.text}{ENDED}" if piece.marked else piece.text for piece in pieces
    )
    parts = re.split(f"({BEGUN}[^{ENDED}]*{ENDED})", in_one_line(marked))
    return [Piece(part.strip(BEGUN + ENDED), part.startswith(BEGUN)) for part in parts if part]


def _names(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if told.get("policy"):
        yield told["policy"]
    for issuer in told.get("issuers", ()):
        yield issuer["body"] or {"name": issuer["printed"]}
    yield from told.get("companies", ())
