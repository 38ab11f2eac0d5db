"""Reads the public fields of one record or of many, in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from policies.models import (
    BodySuccession,
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyRelation,
    PromisedDocument,
    Region,
    Sector,
    Target,
    Term,
)

from .kinds import FIELDS

# So many records are read at a time.
CHUNK = 500


def _issue() -> Prefetch:
    long = ("source_text", "leftovers", "warnings", "contributors")
    return Prefetch("issue", NewsletterIssue.objects.defer(*long))


def _policies() -> Any:
    return Policy.objects.published_there().defer("imported", "comment", "note")


def _relations() -> Prefetch:
    relations = PolicyRelation.objects.published().order_by("kind", "pk")
    others = Prefetch("other", _policies())
    return Prefetch("relations", relations.prefetch_related(others), "public_relations")


def _promises() -> Prefetch:
    kept_by = Prefetch("fulfilled_by", _policies())
    return Prefetch("promises", PromisedDocument.objects.prefetch_related(kept_by))


def _successions(name: str, end: str, order: str) -> Prefetch:
    found = BodySuccession.objects.select_related(end).order_by("year", f"{end}__name_en")
    return Prefetch(name, found, order)


# What is read with records of each kind, whatever their number.
_READS: dict[Any, Any] = {
    Policy: lambda: (
        "issuers__body", "sectors", "regions", "targets", "provisions", "deadlines", "amounts",
        "sources", _issue(), _relations(), _promises(),
    ),
    CorporateEvent: lambda: (
        "companies", "sectors", "regions", "amounts", "sources", _issue(),
        Prefetch("answers", _policies(), "public_answers"),
    ),
    Target: lambda: (
        Prefetch("policy", Policy.objects.defer("imported", "comment", "note")),
        "policy__issuers__body",
    ),
    IssuingBody: lambda: (
        "parent", "aliases",
        _successions("precessions", "predecessor", "follows"),
        _successions("successions", "successor", "followed_by"),
    ),
    Company: lambda: (),
    Sector: lambda: ("parent",),
    Region: lambda: ("parent",),
    Term: lambda: ("sector",),
    NewsletterIssue: lambda: (),
}  # fmt: skip


def public_fields(record: Any) -> dict[str, Any]:
    """The public fields of `record` by name, in the order of `FIELDS`.

    Whether the record itself is public is not asked.
    """
    return next(iter(public_records([record])))


def public_records(records: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The public fields of each of `records`, a queryset or a list of one kind, in their order.

    Asks as many questions for five hundred records as for one.
    """
    chunk: list[Any] = []
    found = records.iterator(CHUNK) if hasattr(records, "iterator") else iter(records)
    for record in found:
        chunk.append(record)
        if len(chunk) == CHUNK:
            yield from _read(chunk)
            chunk = []
    if chunk:
        yield from _read(chunk)


def _read(chunk: list[Any]) -> Iterator[dict[str, Any]]:
    model = type(chunk[0])
    prefetch_related_objects(chunk, *_READS[model]())
    for record in chunk:
        yield {field.name: field.read(record) for field in FIELDS[model]}
