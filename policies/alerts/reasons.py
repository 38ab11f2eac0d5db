"""The records of a mail, each with why it is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from policies.languages import dated, mark, names_of
from policies.matched import matched
from policies.records import public_records
from policies.search.snippets import Snippet
from policies.versions.keeping import title_of

from .searches import Search

DATES = ("announced", "due", "happened")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a mail tells of it; `passages` are the texts that matched words of the search.

    Date and names in `by` are in the language of whoever reads it.
    """

    key: int
    title: str
    path: str
    title_zh: str = ""
    when: str = ""
    by: str = ""
    passages: list[Snippet] = field(default_factory=list)

    def __str__(self) -> str:
        return self.title


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
    title = title_of(record)
    return Entry(
        key=record.pk,
        title=title,
        path=told["address"],
        title_zh="" if title_zh == title else title_zh,
        when=dated(next((day for name in DATES if (day := getattr(record, name, None))), None)),
        by=mark("comma").join(_by(told)),
        passages=passages,
    )


def _by(told: dict[str, Any]) -> Iterator[str]:
    """Who issued a policy, whose target it is, who did what happened."""
    if told.get("policy"):
        yield names_of(told["policy"])[0]
    for issuer in told.get("issuers", ()):
        yield names_of(issuer["body"])[0] if issuer["body"] else issuer["printed"]
    for company in told.get("companies", ()):
        yield names_of(company)[0]
