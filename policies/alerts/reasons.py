"""The records of a mail, each with why it is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from policies.records import public_records
from policies.search.bodies import BODIES
from policies.search.kinds import KINDS
from policies.search.snippets import Snippet, Wanted, best, snippets, wanted
from policies.versions.keeping import title_of

from .searches import Search

DATES = ("announced", "due", "happened")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a mail tells of it; `passages` are the texts that matched words of the search."""

    key: int
    title: str
    path: str
    title_zh: str = ""
    when: str = ""
    by: str = ""
    passages: list[Snippet] = field(default_factory=list)


def entries(search: Search, keys: list[int]) -> list[Entry]:
    """Those of the records that are public and still found, in the order of the keys."""
    keys = [key for key in keys if key in search.ids]
    searched, kind = search.filterset.searched, KINDS[search.filterset.record_kind]
    by_words = searched is not None and not searched.is_empty
    rows = kind.readable(search.exported.records) if by_words else search.exported.records
    found = rows.in_bulk(keys)
    if by_words:
        BODIES.give(search.filterset.index, _issuers(found.values()))
    leaves = wanted(searched.root, search.filterset.found.places) if by_words and searched else []
    if leaves:
        kind.fetch_rows(list(found.values()), lambda part, record: _may_hold(leaves, part, record))
    records = [found[key] for key in keys if key in found]
    told = public_records(records)
    return [_entry(kind, *pair, leaves) for pair in zip(records, told, strict=True)]


def _entry(kind: Any, record: Any, told: dict[str, Any], leaves: list[Wanted]) -> Entry:
    title_zh = told.get("title_zh") or ""
    title = title_of(record)
    return Entry(
        key=record.pk,
        title=title,
        path=told["address"],
        title_zh="" if title_zh == title else title_zh,
        when=next((told[name]["text"] for name in DATES if told.get(name)), ""),
        by=", ".join(_by(told)),
        passages=list(best(snippets(kind, record, leaves))) if leaves else [],
    )


def _by(told: dict[str, Any]) -> Iterator[str]:
    """Who issued a policy, whose target it is, who did what happened."""
    if told.get("policy"):
        yield told["policy"]["name"]
    for issuer in told.get("issuers", ()):
        yield issuer["body"]["name"] if issuer["body"] else issuer["printed"]
    for company in told.get("companies", ()):
        yield company["name"]


def _issuers(records: Iterable[Any]) -> Iterator[Any]:
    """The issuers that were read with policies, or with the policies of targets."""
    for record in records:
        yield from getattr(getattr(record, "policy", record), "issuers_read", ())


def _may_hold(leaves: list[Wanted], part: int, record: Any) -> bool:
    return any(leaf.may_stand(part, record) for leaf in leaves)
