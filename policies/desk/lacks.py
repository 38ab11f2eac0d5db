"""What records may lack, written once: for piles, for lists and for words beside a record.

Withdrawn records lack nothing: nobody has to complete them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, Exists, Expression, F, Model, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from policies.inforce import outlives_its_end
from policies.models import CorporateEvent, Policy, PolicyIssuer, SourceLink, Target
from policies.vocabulary import LegalStatus, State, TargetStatus


class Today(Expression):
    """The day on the site's clock at the moment of asking."""

    def __init__(self) -> None:
        super().__init__(output_field=DateField())

    def as_sql(self, compiler, connection):
        return "%s", [connection.ops.adapt_datefield_value(localdate())]


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that records of one kind may lack, and which of them do."""

    words: str
    where: Q


def _any(rows: QuerySet, owner: str = "policy") -> Q:
    return Q(Exists(rows.order_by().filter(**{owner: OuterRef("pk")})))


def _none(rows: QuerySet, owner: str = "policy") -> Q:
    return ~_any(rows, owner)


# As a target says of itself by `is_overdue`.
UNCHECKED = Q(due_on__lt=Today(), status=TargetStatus.OPEN) & (
    Q(status_checked_on=None) | Q(status_checked_on__lte=F("due_on"))
)
# As `inforce.outlives_its_end` says of a policy.
OUTLIVED = Q(legal_status=LegalStatus.IN_FORCE, expires_on__lt=Today())
LACKS: dict[type[Model], dict[str, Lack]] = {
    Policy: {
        "link": Lack("official link", Q(official_url="")),
        "title_zh": Lack("Chinese title", Q(title_zh="")),
        "issuer": Lack("issuing body", _none(PolicyIssuer.objects.all())),
        "body": Lack("registered body", _any(PolicyIssuer.objects.filter(body=None))),
        "date": Lack("date", Q(announced_on=None)),
        "due": Lack("date of a target", _any(Target.objects.filter(due_on=None))),
        "instrument": Lack("instrument", Q(instrument="")),
        "sector": Lack("sector", _none(Policy.sectors.through._default_manager.all())),
        "status": Lack("look at its legal status: the last day has passed", OUTLIVED),
    },
    CorporateEvent: {
        "headline": Lack("headline", Q(headline="")),
        "date": Lack("date", Q(happened_on=None)),
        "source": Lack("source", _none(SourceLink.objects.all(), "event")),
        "sector": Lack(
            "sector",
            _none(CorporateEvent.sectors.through._default_manager.all(), "corporateevent"),
        ),
    },
    Target: {
        "due": Lack("date", Q(due_on=None)),
        "value": Lack("figure", Q(value=None)),
        "check": Lack("look at its status: the date has passed", UNCHECKED),
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
        "status": not outlives_its_end(record, localdate()),
    }
    words = {name: LACKS[Policy][name].words for name in there if not there[name]}
    if unknown:
        words["body"] += f" for {', '.join(f'“{name}”' for name in unknown)}"
    return list(words.values())
