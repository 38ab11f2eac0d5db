"""What the card of a record, of a list and of the site says, in both languages.

Cards have no reader whose language is known: words are English, and the title stands in
both. Asks nothing of the database beside what hangs on the one record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from policies.languages import CHINESE, dated
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Sector,
    Target,
    Term,
)
from policies.models.prose import first_words

from .drawing import Card

# So many bodies or companies are named, and words of a text shown.
MOST, WORDS = 5, 30

# Of a kind of record: what it is, its titles, and the lines below them.
Said = tuple[str, str, str, tuple[str, ...]]


def card_of(record: Any, host: str) -> Card:
    """The card of a record's page; whether the record is public is not asked."""
    kind, title, title_zh, facts = SAID[type(record)](record)
    return Card(site_name(), host, kind, title, title_zh, tuple(filter(None, facts)))


def card_of_list(title: Any, found: str, asked: str, host: str) -> Card:
    """The card of a list: what is listed, how many, and what was asked for."""
    return Card(site_name(), host, "", str(title), in_chinese(title), (asked, found))


def card_of_site(host: str) -> Card:
    """The card of all other pages."""
    claim = _("China’s industrial policy, traced to its source")
    with override(CHINESE):
        claim_zh = _("China’s industrial policy, traced to its source")
    return Card(site_name(), host, "", claim, "" if claim_zh == claim else claim_zh)


def site_name() -> str:
    """What the site is called, in both languages."""
    name, name_zh = _("Policy tracker"), in_chinese("Policy tracker")
    return f"{name}  {name_zh}".strip()


def in_chinese(text: Any) -> str:
    """A word of the interface in Chinese; empty where it has none."""
    given = str(text)
    with override(CHINESE):
        found = _(text) if isinstance(text, str) else str(text)
    return "" if found == given else found


def _policy(policy: Policy) -> Said:
    title = policy.title_en or policy.headline or policy.title_zh or first_words(policy.summary, 20)
    title_zh = "" if policy.title_zh == title else policy.title_zh
    kind = policy.get_instrument_display() if policy.instrument else _("Policy")
    return kind, title, title_zh, (_issuers(policy), _said_on(policy))


def _issuers(policy: Policy) -> str:
    rows = policy.issuers.select_related("body").order_by("position")[: MOST + 1]
    return _some(row.body.short_name if row.body else row.printed for row in rows)


def _said_on(policy: Policy) -> str:
    day = dated(policy.announced)
    return _("Announced %(date)s") % {"date": day} if day else ""


def _target(target: Target) -> Said:
    policy, due = target.policy, dated(target.due)
    figure = ""
    if target.value is not None:
        figure = f"{target.get_comparator_display()} {target.value.normalize():,f} {target.unit}"
    when = _("due %(date)s") % {"date": due} if due else _("No date stated")
    line = " · ".join(filter(None, (" ".join(figure.split()), when)))
    title = target.metric or first_words(target.text, WORDS)
    return _("Target"), title, policy.title_zh, (line, policy.display_title, _issuers(policy))


def _event(event: CorporateEvent) -> Said:
    companies = list(event.companies.all()[: MOST + 1])
    in_zh = "、".join(company.name_zh for company in companies[:MOST] if company.name_zh)
    named = _some(company.name_en for company in companies)
    title = event.headline or first_words(event.text, WORDS)
    return event.get_kind_display(), title, in_zh, (named, dated(event.happened))


def _body(body: IssuingBody) -> Said:
    return _("Issuing body"), body.name_en, body.name_zh, (body.abbreviation, _kind(body))


def _kind(body: IssuingBody) -> str:
    return str(body.get_kind_display())


def _company(company: Company) -> Said:
    return _("Company"), company.name_en, company.name_zh, (company.country,)


def _sector(sector: Sector) -> Said:
    return _("Sector"), sector.name_en, sector.name_zh, (first_words(sector.definition, WORDS),)


def _term(term: Term) -> Said:
    return _("Term"), term.term_en, term.term_zh, (first_words(term.definition, WORDS), term.pinyin)


def _issue(issue: NewsletterIssue) -> Said:
    return _("Newsletter issue"), issue.title, "", (issue.publisher, dated(issue.published_on))


def _some(names: Iterable[str]) -> str:
    """The first of `names` in a line."""
    found = list(names)
    return " · ".join([*found[:MOST], "…"] if len(found) > MOST else found)


SAID: dict[Any, Callable[[Any], Said]] = {
    Policy: _policy,
    Target: _target,
    CorporateEvent: _event,
    IssuingBody: _body,
    Company: _company,
    Sector: _sector,
    Term: _term,
    NewsletterIssue: _issue,
}
