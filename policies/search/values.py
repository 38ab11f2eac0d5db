"""The values by which each kind of record is filtered; those of trees include all that is above."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localdate

from policies.inforce import applies_from, last_sure_day, may_apply
from policies.models import IssuingBody, Region, Sector, Term
from policies.models.dates import write_period
from policies.money import NONE, printed_sums
from policies.newsletter.dates import DAY, MONTH, QUARTER, YEAR, PreciseDate
from policies.trees import ancestors
from policies.vocabulary import DONE


class Trees:
    """What is above what, read once for many records."""

    def __init__(self) -> None:
        self._chains = {model: ancestors(model) for model in (IssuingBody, Sector, Region)}

    def above(self, model: Any, keys: Iterator[int] | list[int]) -> set[int]:
        """The keys with all that is above them."""
        chains = self._chains[model]
        return {above for key in keys for above in chains.get(key, (key,))}


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
    yield "section", policy.section if policy.issue else ""
    yield "issue", policy.issue and policy.issue.published_on
    yield "announced", policy.announced_on


def _course(policy: Any) -> Iterator[tuple[str, Any]]:
    """When a policy came, applies and ends, and what answers it."""
    yield "effective", policy.effective_on
    applies = applies_from(policy)
    yield "applies_from", applies and applies.value
    yield "may_apply_from", applies and applies.start
    yield "expires", policy.expires_on
    yield "may_expire", last_sure_day(policy, [row.policy for row in policy.replaced_read])
    yield "applies", "unknown" if applies is None and may_apply(policy) else ""
    yield from (("deadline", row.closes_on) for row in policy.deadlines_read)
    yield "month", _month(policy.announced)
    yield "quarter", _quarter(policy.announced)
    for event in policy.answers_read:
        yield from (("company", company.pk) for company in event.companies.all())
    yield "has", "amount" if policy.amounts_read else ""
    yield "has", "link" if policy.official_url else ""
    yield from (("lacks", what) for what in _lacks(policy))


def policy_values(policy: Any, trees: Trees) -> Iterator[tuple[str, Any]]:
    targets = policy.targets_read
    yield from _about_policy(policy, trees)
    yield from _course(policy)
    yield "added", policy.published_at and localdate(policy.published_at)
    yield "status", policy.legal_status
    yield "year", policy.announced_on and policy.announced_on.year
    yield from (("due", target.due_on) for target in targets)
    yield from _periods(policy)
    yield "has", "targets" if targets else ""
    yield "has", "quantified" if any(t.value is not None for t in targets) else ""
    measures = sum(point.kind in DONE for point in policy.provisions_read)
    yield "has", "measures" if measures else ""
    yield "measures", measures or ""


def _month(known: PreciseDate | None) -> str:
    """The month of a date: 2024-04; 2024-unknown where only the year or quarter is known."""
    if known is None:
        return "unknown"
    month = f"{known.value.month:02}" if known.precision in (DAY, MONTH) else "unknown"
    return f"{known.value.year:04}-{month}"


def _quarter(known: PreciseDate | None) -> str:
    """The quarter of a date: 2024-Q2; 2024-unknown where only the year is known."""
    if known is None:
        return "unknown"
    if known.precision == YEAR:
        return f"{known.value.year:04}-unknown"
    return write_period(PreciseDate(known.value, QUARTER))


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


def target_values(target: Any, trees: Trees) -> Iterator[tuple[str, Any]]:
    yield from _about_policy(target.policy, trees)
    yield from _course(target.policy)
    published = target.policy.published_at
    yield "policy_added", published and localdate(published)
    yield "policy_status", target.policy.legal_status
    yield "status", target.status
    yield "comparator", target.comparator
    yield "unit", target.unit
    yield "quantified", "no" if target.value is None else "yes"
    yield "year", target.due_on.year if target.due_on else "unknown"
    yield "due", target.due_on
    yield "unchecked", "1" if target.awaits_look else ""


def event_values(event: Any, trees: Trees) -> Iterator[tuple[str, Any]]:
    yield from (("company", company.pk) for company in event.companies_read)
    yield from (("sector", key) for key in trees.above(Sector, [s.pk for s in event.sectors_read]))
    yield from (("region", key) for key in trees.above(Region, [r.pk for r in event.regions_read]))
    yield "kind", event.kind
    yield "issue", event.issue and event.issue.published_on
    yield "year", event.happened_on.year if event.happened_on else "unknown"
    yield "happened", event.happened_on
    yield "month", _month(event.happened)
    yield "quarter", _quarter(event.happened)
    yield "added", event.published_at and localdate(event.published_at)
    yield "lacks", "" if event.happened_on else "date"
    yield "lacks", "" if any(source.url for source in event.sources_read) else "link"
    yield "lacks", "" if event.companies_read else "company"
    yield "lacks", "" if event.sectors_read else "sector"
    yield "lacks", "" if event.issue else "issue"
    yield from (("answers", policy.pk) for policy in event.answers_read)
    yield "has", "answers" if event.answers_read else ""
    sums = printed_sums(event.amounts_read)
    yield from (("currency", currency) for currency in sums or (NONE,))
    yield from ((f"in_{currency}", f"{value:.2f}") for currency, value in sums.items())


def term_values(term: Term, trees: Trees) -> Iterator[tuple[str, Any]]:
    above = trees.above(Sector, [term.sector_id] if term.sector_id else [])
    yield from (("sector", key) for key in above)
