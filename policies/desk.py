"""What waits for an editor: records in review, and records that lack something.

Each condition is written here once, for the piles on the desk, for the lists
that they lead to and for the words beside a record. Withdrawn records lack nothing:
nobody has to complete them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from policies.models import CorporateEvent, Policy, PolicyIssuer, Target
from policies.vocabulary import State


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that records of one kind may lack, and which of them do."""

    words: str
    where: Q


def _any(rows: QuerySet) -> Q:
    return Q(pk__in=rows.order_by().values("policy"))


LACKS: dict[type[Model], dict[str, Lack]] = {
    Policy: {
        "link": Lack("official link", Q(official_url="")),
        "title_zh": Lack("Chinese title", Q(title_zh="")),
        "issuer": Lack("issuing body", Q(issuers=None)),
        "body": Lack("registered body", _any(PolicyIssuer.objects.filter(body=None))),
        "date": Lack("date", Q(announced_on=None)),
        "due": Lack("date of a target", _any(Target.objects.filter(due_on=None))),
        "instrument": Lack("instrument", Q(instrument="")),
        "sector": Lack("sector", Q(sectors=None)),
    },
    CorporateEvent: {
        "headline": Lack("headline", Q(headline="")),
        "date": Lack("date", Q(happened_on=None)),
        "source": Lack("source", Q(sources=None)),
        "sector": Lack("sector", Q(sectors=None)),
    },
    Target: {
        "due": Lack("date", Q(due_on=None)),
        "value": Lack("figure", Q(value=None)),
    },
}
CHILDREN = {
    Policy: ("issuers__body", "targets", "sectors"),
    CorporateEvent: ("sources", "sectors"),
}


def lacking(records: QuerySet, name: str) -> QuerySet:
    """Those of `records` that lack what `name` stands for and are not withdrawn."""
    state = "policy__state" if records.model is Target else "state"
    return records.exclude(**{state: State.WITHDRAWN}).filter(LACKS[records.model][name].where)


def missing(record: Any) -> list[str]:
    """What `record` lacks, in words; no query when its CHILDREN are prefetched."""
    if isinstance(record, CorporateEvent):
        there = {
            "headline": record.headline,
            "date": record.happened_on,
            "source": record.sources.all(),
            "sector": record.sectors.all(),
        }
        return [LACKS[CorporateEvent][name].words for name in there if not there[name]]
    issuers = record.issuers.all()
    unknown = [row.printed for row in issuers if row.body is None]
    there = {
        "link": record.official_url,
        "title_zh": record.title_zh,
        "issuer": issuers,
        "body": not unknown,
        "date": record.announced_on,
        "due": all(target.due_on for target in record.targets.all()),
        "instrument": record.instrument,
        "sector": record.sectors.all(),
    }
    words = {name: LACKS[Policy][name].words for name in there if not there[name]}
    if unknown:
        words["body"] += f" for {', '.join(f'“{name}”' for name in unknown)}"
    return list(words.values())


@dataclass(frozen=True, slots=True)
class Pile:
    """Records that ask for the same work: how many, the first of them, and the list."""

    title: str
    count: int
    first: list[tuple[Model, str]]
    url: str


SHOWN = 5
PILES: list[tuple[str, type[Model], dict[str, str]]] = [
    ("Policies in review", Policy, {"state__exact": State.IN_REVIEW}),
    ("Corporate events in review", CorporateEvent, {"state__exact": State.IN_REVIEW}),
    ("Policies with an unresolved body", Policy, {"lacks": "body"}),
    ("Policies without an issuing body", Policy, {"lacks": "issuer"}),
    ("Policies without an official link", Policy, {"lacks": "link"}),
    ("Policies without a Chinese title", Policy, {"lacks": "title_zh"}),
    ("Policies without a date", Policy, {"lacks": "date"}),
    ("Targets without a date", Target, {"lacks": "due"}),
    ("Corporate events without a source", CorporateEvent, {"lacks": "source"}),
]


def waiting(kinds: Iterable[type[Model]]) -> list[Pile]:
    """The piles of records of these kinds, the empty ones left out."""
    wanted = set(kinds)
    piles = [_pile(title, kind, query) for title, kind, query in PILES if kind in wanted]
    return [pile for pile in piles if pile.count]


def _pile(title: str, kind: type[Model], query: dict[str, str]) -> Pile:
    records = kind._default_manager.all()
    records = lacking(records, query["lacks"]) if "lacks" in query else records.filter(**query)
    name = f"admin:{kind._meta.app_label}_{kind._meta.model_name}"
    first = [(record, reverse(f"{name}_change", args=[record.pk])) for record in records[:SHOWN]]
    return Pile(
        title, records.count(), first, f"{reverse(f'{name}_changelist')}?{urlencode(query)}"
    )
