"""What of each kind of record is searched, and by which values it is filtered.

A record gives passages, each in a field of the index with the label that readers
see, and values such as ("body", 12). Values of trees include all that is above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from policies.inforce import applies_from, may_apply
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    Policy,
    Region,
    Sector,
    Target,
    Term,
)
from policies.models.dates import write_period
from policies.money import NONE, printed_sums
from policies.newsletter.dates import DAY, MONTH, PreciseDate
from policies.trees import ancestors
from policies.vocabulary import TargetStatus

from .terms import BODY, COMMENT, POINT, SOURCE, TEXT, TITLE


class Passage(NamedTuple):
    """A text of a record: the field that it is searched in, what readers call it, the text."""

    field: int
    label: str
    text: str


class Trees:
    """What is above what, read once for many records."""

    def __init__(self) -> None:
        self._chains = {model: ancestors(model) for model in (IssuingBody, Sector, Region)}

    def above(self, model: Any, keys: Iterator[int] | list[int]) -> set[int]:
        """The keys with all that is above them."""
        chains = self._chains[model]
        return {above for key in keys for above in chains.get(key, (key,))}


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
EVENT_ROWS = ((SOURCE, "sources"), (SOURCE, "amounts"))


def _names(rows: tuple[tuple[int, str], ...]) -> list[str]:
    return [name for _, name in rows]


def _answers() -> Prefetch:
    """The public events that answer a policy, with their companies."""
    events = CorporateEvent.objects.published().defer("imported").prefetch_related("companies")
    return Prefetch("answered_by", events, "answers_read")


def _policies() -> QuerySet:
    return (
        Policy.objects.published()
        .select_related("issue")
        .defer("imported", *(f"issue__{name}" for name in UNREAD))
        .prefetch_related(*_read("issuers", *_names(POLICY_ROWS), "sectors", "regions"), _answers())
    )


def _policy_passages(policy: Any) -> Iterator[Passage]:
    for label, text in (
        (_("Title"), policy.title_en),
        (_("Chinese title"), policy.title_zh),
        (_("Headline"), policy.headline),
        (_("Printed title"), policy.printed_title_en),
        (_("Printed Chinese title"), policy.printed_title_zh),
        (_("Document number"), policy.document_number),
    ):
        yield Passage(TITLE, label, text)
    for issuer in policy.issuers_read:
        yield Passage(BODY, _("Issuing body"), "" if issuer.body_id else issuer.printed)
    for target in policy.targets_read:
        yield Passage(POINT, _("Target"), _joined(target.metric, target.text))
    for provision in policy.provisions_read:
        yield Passage(POINT, _("Provision"), provision.text)
    for heading in dict.fromkeys(
        point.heading for point in (*policy.targets_read, *policy.provisions_read)
    ):
        yield Passage(POINT, _("Provision"), heading)
    for deadline in policy.deadlines_read:
        yield Passage(POINT, _("Deadline"), deadline.text)
    yield Passage(TEXT, _("Summary"), policy.summary)
    yield Passage(COMMENT, _("Comment"), policy.comment)
    for source in policy.sources_read:
        yield Passage(SOURCE, _("Source"), _joined(source.label, source.publisher))
    for amount in policy.amounts_read:
        yield Passage(SOURCE, _("Amount"), amount.purpose)


def _about_policy(policy: Any, trees: Trees) -> Iterator[tuple[str, Any]]:
    issuers = [row.body_id for row in policy.issuers_read if row.body_id]
    yield from (("issuer", key) for key in issuers)
    yield from (("lead", row.body_id) for row in policy.issuers_read if row.is_lead and row.body_id)
    yield "joint", "1" if len(policy.issuers_read) > 1 else ""
    yield from (("body", key) for key in trees.above(IssuingBody, issuers))
    yield from (("sector", key) for key in trees.above(Sector, [s.pk for s in policy.sectors_read]))
    yield from (("region", key) for key in trees.above(Region, [r.pk for r in policy.regions_read]))
    yield "instrument", policy.instrument
    yield "level", policy.level
    yield "section", policy.section
    yield "issue", policy.issue and policy.issue.published_on
    yield "announced", policy.announced_on


def _policy_values(policy: Any, trees: Trees) -> Iterator[tuple[str, Any]]:
    targets = policy.targets_read
    yield from _about_policy(policy, trees)
    for event in policy.answers_read:
        yield from (("company", company.pk) for company in event.companies.all())
    yield "status", policy.legal_status
    yield "year", policy.announced_on and policy.announced_on.year
    yield "effective", policy.effective_on
    applies = applies_from(policy)
    yield "applies_from", applies and applies.value
    yield "expires", policy.expires_on
    yield "applies", "unknown" if applies is None and may_apply(policy) else ""
    yield "added", policy.published_at and localdate(policy.published_at)
    yield from (("due", target.due_on) for target in targets)
    yield from (("deadline", row.closes_on) for row in policy.deadlines_read)
    yield from _periods(policy)
    yield "has", "targets" if targets else ""
    yield "has", "quantified" if any(t.value is not None for t in targets) else ""
    yield "has", "amount" if policy.amounts_read else ""
    yield "has", "link" if policy.official_url else ""
    yield "month", _month(policy.announced)
    yield from (("lacks", what) for what in _lacks(policy))


def _month(known: PreciseDate | None) -> str:
    """The month of a date: 2024-04; 2024-unknown where only the year or quarter is known."""
    if known is None:
        return "unknown"
    month = f"{known.value.month:02}" if known.precision in (DAY, MONTH) else "unknown"
    return f"{known.value.year:04}-{month}"


def _lacks(policy: Any) -> Iterator[str]:
    """What readers should know is missing of a policy."""
    issuers = policy.issuers_read
    missing = {
        "link": not policy.official_url,
        "title_zh": not policy.title_zh,
        "date": policy.announced_on is None,
        "day": policy.announced_precision not in ("day", ""),
        "issuer": not issuers,
        "body": any(row.body_id is None for row in issuers),
        "instrument": not policy.instrument,
        "sector": not policy.sectors_read,
        "issue": policy.issue is None,
    }
    return (what for what, is_missing in missing.items() if is_missing)


def _periods(policy: Any) -> Iterator[tuple[str, str]]:
    """The dates that a calendar shows, each as exact as it is known: 2027, 2027-Q2, 2027-06."""
    dates = [("effective", policy.effective), ("expires", policy.expires)]
    dates += [("due", target.due) for target in policy.targets_read]
    dates += [("deadline", row.closes) for row in policy.deadlines_read]
    for name, value in dates:
        if value is not None:
            yield "dated", name
            yield f"{name}_in", write_period(value)


def _targets() -> QuerySet:
    return (
        Target.objects.published()
        .select_related("policy__issue")
        .defer("policy__imported", *(f"policy__issue__{name}" for name in UNREAD))
        .prefetch_related(*_read("policy__issuers", "policy__sectors", "policy__regions"))
    )


def _target_passages(target: Any) -> Iterator[Passage]:
    yield Passage(TITLE, _("Target"), target.metric)
    yield Passage(TITLE, _("As printed"), target.text)
    yield Passage(POINT, _("Heading"), target.heading)
    yield Passage(TEXT, _("Policy"), target.policy.title_en)
    yield Passage(TEXT, _("Policy"), target.policy.title_zh)
    yield Passage(TEXT, _("Policy"), target.policy.headline)
    yield Passage(TEXT, _("Document number"), target.policy.document_number)
    yield Passage(SOURCE, _("Note on its status"), target.status_note)


def _target_values(target: Any, trees: Trees) -> Iterator[tuple[str, Any]]:
    yield from _about_policy(target.policy, trees)
    yield "status", target.status
    yield "comparator", target.comparator
    yield "unit", target.unit
    yield "quantified", "no" if target.value is None else "yes"
    yield "year", target.due_on.year if target.due_on else "unknown"
    yield "due", target.due_on
    yield "unchecked", "1" if _waits(target) else ""


def _waits(target: Target) -> bool:
    """Whether nobody has said, nor looked after its date, what became of a target."""
    if target.due_on is None or target.status != TargetStatus.OPEN:
        return False
    return target.status_checked_on is None or target.status_checked_on <= target.due_on


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
    return Policy.objects.published().only("pk").order_by()


def _event_passages(event: Any) -> Iterator[Passage]:
    yield Passage(TITLE, _("Headline"), event.headline)
    yield Passage(TEXT, _("Text"), event.text)
    for source in event.sources_read:
        yield Passage(SOURCE, _("Source"), _joined(source.label, source.publisher))
    for amount in event.amounts_read:
        yield Passage(SOURCE, _("Amount"), amount.purpose)


def _event_values(event: Any, trees: Trees) -> Iterator[tuple[str, Any]]:
    yield from (("company", company.pk) for company in event.companies_read)
    yield from (("sector", key) for key in trees.above(Sector, [s.pk for s in event.sectors_read]))
    yield from (("region", key) for key in trees.above(Region, [r.pk for r in event.regions_read]))
    yield "kind", event.kind
    yield "issue", event.issue and event.issue.published_on
    yield "year", event.happened_on.year if event.happened_on else "unknown"
    yield "happened", event.happened_on
    yield "month", _month(event.happened)
    yield "added", event.published_at and localdate(event.published_at)
    yield "lacks", "" if event.happened_on else "date"
    yield "lacks", "" if any(source.url for source in event.sources_read) else "link"
    yield "lacks", "" if event.companies_read else "company"
    yield "lacks", "" if event.sectors_read else "sector"
    yield from (("answers", policy.pk) for policy in event.answers_read)
    yield "has", "answers" if event.answers_read else ""
    sums = printed_sums(event.amounts_read)
    yield from (("currency", currency) for currency in sums or (NONE,))
    yield from ((f"in_{currency}", f"{value:.2f}") for currency, value in sums.items())


def _body_passages(body: IssuingBody) -> Iterator[Passage]:
    for text in (body.abbreviation, body.name_en, body.name_zh, body.short_name_zh):
        yield Passage(TITLE, _("Name"), text)
    for alias in body.aliases.all():
        yield Passage(BODY, _("Other name"), alias.name)
    yield Passage(TEXT, _("Note"), body.note)


def _company_passages(company: Company) -> Iterator[Passage]:
    yield Passage(TITLE, _("Name"), company.name_en)
    yield Passage(TITLE, _("Name"), company.name_zh)
    yield Passage(TEXT, _("Country"), company.country)
    yield Passage(TEXT, _("Note"), company.note)


def _term_passages(term: Term) -> Iterator[Passage]:
    yield Passage(TITLE, _("Term"), term.term_en)
    yield Passage(TITLE, _("Term"), term.term_zh)
    for alias in (*term.aliases_en, *term.aliases_zh):
        yield Passage(BODY, _("Also"), alias)
    yield Passage(SOURCE, _("Pinyin"), term.pinyin)
    yield Passage(TEXT, _("Definition"), term.definition)


def _term_values(term: Term, trees: Trees) -> Iterator[tuple[str, Any]]:
    above = trees.above(Sector, [term.sector_id] if term.sector_id else [])
    yield from (("sector", key) for key in above)


def _sector_passages(sector: Sector) -> Iterator[Passage]:
    yield Passage(TITLE, _("Name"), sector.name_en)
    yield Passage(TITLE, _("Name"), sector.name_zh)
    for alias in sector.aliases:
        yield Passage(BODY, _("Also"), alias)
    yield Passage(TEXT, _("Definition"), sector.definition)


def _issuer_names(policy: Any) -> Iterator[Passage]:
    for issuer in policy.issuers_read:
        if issuer.body:
            for passage in _body_passages(issuer.body):
                if passage.field in (TITLE, BODY):
                    yield Passage(BODY, _("Issuing body"), passage.text)


def _company_names(event: Any) -> Iterator[Passage]:
    for company in event.companies_read:
        yield Passage(BODY, _("Company"), company.name_en)
        yield Passage(BODY, _("Company"), company.name_zh)


def _joined(*texts: str) -> str:
    return " – ".join(dict.fromkeys(text for text in texts if text))


# Stands in the log where names changed of what is no kind of record: regions, issues.
NAMES_ALONE = 0
KINDS = {
    kind.name: kind
    for kind in (
        Kind(1, "policy", Policy, _policies, _policy_passages, _policy_values,
             reads=("issuers",), rows=POLICY_ROWS, names=("issuer", "body"), named=_issuer_names),
        Kind(2, "target", Target, _targets, _target_passages, _target_values,
             reads=("policy__issuers",), names=("issuer", "body"),
             named=lambda target: _issuer_names(target.policy)),
        Kind(3, "event", CorporateEvent, _events, _event_passages, _event_values,
             reads=("companies",), rows=EVENT_ROWS, names=("company", "company"),
             named=_company_names),
        Kind(4, "body", IssuingBody, lambda: IssuingBody.objects.prefetch_related("aliases"),
             _body_passages, lambda body, _: iter([("kind", body.kind)]), named_by=("aliases",)),
        Kind(5, "company", Company, Company.objects.published,
             _company_passages, lambda company, _: iter([("country", company.country)])),
        Kind(6, "term", Term, lambda: Term.objects.select_related("sector"),
             _term_passages, _term_values),
        Kind(7, "sector", Sector, Sector.objects.all, _sector_passages, lambda *_: iter(())),
    )
}  # fmt: skip
