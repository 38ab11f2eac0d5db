"""What of each kind of record is searched, and by which values it is filtered.

A record gives passages, each in a field of the index with the label that readers
see, and values such as ("body", 12). Values of trees include all that is above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    Policy,
    PolicyRelation,
    Sector,
    Target,
    Term,
)
from policies.vocabulary import RelationKind

from .passages import (
    Passage,
    body_passages,
    company_names,
    company_passages,
    event_passages,
    issuer_names,
    policy_passages,
    sector_passages,
    target_passages,
    term_passages,
)
from .terms import POINT, SOURCE
from .values import Trees, event_values, policy_values, target_values, term_values


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record as the index sees it.

    `names` says which value leads to records of another kind whose names count
    as words of this record, and `named` gives those names: a policy is found by
    the names of its issuers. `reads` are the relations that passages are made
    of, each kept as a list called `<relation>_read`; `rows` are more of them, by
    the field that they are searched in; `named_by` is what `named` reads besides.
    The bodies of issuers are given by `bodies`.
    """

    number: int
    name: str
    model: Any
    public: Callable[[], QuerySet]
    passages: Callable[[Any], Iterator[Passage]]
    values: Callable[[Any, Trees], Iterator[tuple[str, Any]]]
    reads: tuple[str, ...] = ()
    rows: tuple[tuple[int, str], ...] = ()
    names: tuple[str, str] | None = None
    named: Callable[[Any], Iterator[Passage]] = lambda _: iter(())
    named_by: tuple[str, ...] = ()

    def readable(self, rows: QuerySet) -> QuerySet:
        """Records with what `passages` and `named` read fetched, but for the `rows`."""
        return rows.prefetch_related(*_read(*self.reads), *self.named_by)

    def fetch_rows(self, records: list[Any], may_hold: Callable[[int, Any], bool]) -> None:
        """Fetch the `rows` of the records that may hold what is sought in their field.

        `may_hold` is asked of a field and a record; the others get empty lists.
        """
        for field in dict.fromkeys(row[0] for row in self.rows):
            names = [name for where, name in self.rows if where == field]
            holding = []
            for record in records:
                if may_hold(field, record):
                    holding.append(record)
                else:
                    for name in names:
                        setattr(record, f"{name}_read", [])
            prefetch_related_objects(holding, *_read(*names))


# Long texts of an issue that no search reads.
UNREAD = ("source_text", "leftovers", "warnings", "contributors")
UNREAD_OF_POLICY = ("imported", "summary", "comment")


def _read(*names: str) -> list[Prefetch]:
    """Related rows as lists, which are quicker to go through than querysets."""
    return [Prefetch(name, to_attr=f"{name.rpartition('__')[2]}_read") for name in names]


POLICY_ROWS = (
    (POINT, "targets"),
    (POINT, "provisions"),
    (POINT, "deadlines"),
    (SOURCE, "sources"),
    (SOURCE, "amounts"),
)
# What a target is filtered by of its policy.
OF_POLICY = ("issuers", "sectors", "regions", "deadlines", "amounts")
EVENT_ROWS = ((SOURCE, "sources"), (SOURCE, "amounts"))


def _names(rows: tuple[tuple[int, str], ...]) -> list[str]:
    return [name for _, name in rows]


def _answers(of: str = "") -> Prefetch:
    """The public events that answer a policy, with their companies."""
    events = CorporateEvent.objects.published_there().defer("imported")
    return Prefetch(f"{of}answered_by", events.prefetch_related("companies"), "answers_read")


def _replaced(of: str = "") -> Prefetch:
    """The public policies that replace a policy."""
    rows = PolicyRelation.objects.published().filter(kind=RelationKind.REPLACES)
    rows = rows.select_related("policy").defer(*(f"policy__{name}" for name in UNREAD_OF_POLICY))
    return Prefetch(f"{of}related_from", rows, "replaced_read")


def _policies() -> QuerySet:
    return (
        Policy.objects.published()
        .select_related("issue")
        .defer("imported", *(f"issue__{name}" for name in UNREAD))
        .prefetch_related(*_read("issuers", *_names(POLICY_ROWS), "sectors", "regions"), _answers())
        .prefetch_related(_replaced())
    )


def _targets() -> QuerySet:
    return (
        Target.objects.published()
        .select_related("policy__issue")
        .defer("policy__imported", *(f"policy__issue__{name}" for name in UNREAD))
        .prefetch_related(*_read(*(f"policy__{name}" for name in OF_POLICY)), _answers("policy__"))
        .prefetch_related(_replaced("policy__"))
    )


def _events() -> QuerySet:
    return (
        CorporateEvent.objects.published()
        .select_related("issue")
        .defer("imported", *(f"issue__{name}" for name in UNREAD))
        .prefetch_related(*_read("companies", *_names(EVENT_ROWS), "sectors", "regions"))
        .prefetch_related(Prefetch("answers", _answered(), "answers_read"))
    )


def _answered() -> QuerySet:
    """The public policies that an event answers, by their keys."""
    return Policy.objects.published_there().only("pk").order_by()


# Stands in the log where names changed of what is no kind of record: regions, issues.
NAMES_ALONE = 0
KINDS = {
    kind.name: kind
    for kind in (
        Kind(1, "policy", Policy, _policies, policy_passages, policy_values,
             reads=("issuers",), rows=POLICY_ROWS, names=("issuer", "body"), named=issuer_names),
        Kind(2, "target", Target, _targets, target_passages, target_values,
             reads=("policy__issuers",), names=("issuer", "body"),
             named=lambda target: issuer_names(target.policy)),
        Kind(3, "event", CorporateEvent, _events, event_passages, event_values,
             reads=("companies",), rows=EVENT_ROWS, names=("company", "company"),
             named=company_names),
        Kind(4, "body", IssuingBody, lambda: IssuingBody.objects.prefetch_related("aliases"),
             body_passages, lambda body, _: iter([("kind", body.kind)]), named_by=("aliases",)),
        Kind(5, "company", Company, Company.objects.published,
             company_passages, lambda company, _: iter([("country", company.country)])),
        Kind(6, "term", Term, lambda: Term.objects.select_related("sector"),
             term_passages, term_values),
        Kind(7, "sector", Sector, Sector.objects.all, sector_passages, lambda *_: iter(())),
    )
}  # fmt: skip
