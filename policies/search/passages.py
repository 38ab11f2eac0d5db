"""The texts of each kind of record that are searched, as passages with their fields and labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop as _

from policies.models import Company, IssuingBody, Sector, Term

from .terms import BODY, COMMENT, POINT, SOURCE, TEXT, TITLE


class Passage(NamedTuple):
    """A text of a record: the field that it is searched in, what readers call it, the text.

    `names` is the key of what it is one of the names of; 0 where it is none.
    """

    field: int
    label: str
    text: str
    names: int = 0


def policy_passages(policy: Any) -> Iterator[Passage]:
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


def target_passages(target: Any) -> Iterator[Passage]:
    yield Passage(TITLE, _("Target"), target.metric)
    yield Passage(TITLE, _("As printed"), target.text)
    yield Passage(POINT, _("Heading"), target.heading)
    yield Passage(TEXT, _("Policy"), target.policy.title_en)
    yield Passage(TEXT, _("Policy"), target.policy.title_zh)
    yield Passage(TEXT, _("Policy"), target.policy.headline)
    yield Passage(TEXT, _("Document number"), target.policy.document_number)
    yield Passage(SOURCE, _("Note on its status"), target.status_note)


def event_passages(event: Any) -> Iterator[Passage]:
    yield Passage(TITLE, _("Headline"), event.headline)
    yield Passage(TEXT, _("Text"), event.text)
    for source in event.sources_read:
        yield Passage(SOURCE, _("Source"), _joined(source.label, source.publisher))
    for amount in event.amounts_read:
        yield Passage(SOURCE, _("Amount"), amount.purpose)


def body_passages(body: IssuingBody) -> Iterator[Passage]:
    for text in (body.abbreviation, body.name_en, body.name_zh, body.short_name_zh):
        yield Passage(TITLE, _("Name"), text)
    for alias in body.aliases.all():
        yield Passage(BODY, _("Other name"), alias.name)
    yield Passage(TEXT, _("Note"), body.note)


def company_passages(company: Company) -> Iterator[Passage]:
    yield Passage(TITLE, _("Name"), company.name_en)
    yield Passage(TITLE, _("Name"), company.name_zh)
    yield Passage(TEXT, _("Country"), company.country)
    yield Passage(TEXT, _("Note"), company.note)


def term_passages(term: Term) -> Iterator[Passage]:
    yield Passage(TITLE, _("Term"), term.term_en)
    yield Passage(TITLE, _("Term"), term.term_zh)
    for alias in (*term.aliases_en, *term.aliases_zh):
        yield Passage(BODY, _("Also"), alias)
    yield Passage(SOURCE, _("Pinyin"), term.pinyin)
    yield Passage(TEXT, _("Definition"), term.definition)


def sector_passages(sector: Sector) -> Iterator[Passage]:
    yield Passage(TITLE, _("Name"), sector.name_en)
    yield Passage(TITLE, _("Name"), sector.name_zh)
    for alias in sector.aliases:
        yield Passage(BODY, _("Also"), alias)
    yield Passage(TEXT, _("Definition"), sector.definition)


def issuer_names(policy: Any) -> Iterator[Passage]:
    for issuer in policy.issuers_read:
        if issuer.body:
            for passage in body_passages(issuer.body):
                if passage.field in (TITLE, BODY):
                    yield Passage(BODY, _("Issuing body"), passage.text, issuer.body.pk)


def company_names(event: Any) -> Iterator[Passage]:
    for company in event.companies_read:
        yield Passage(BODY, _("Company"), company.name_en, company.pk)
        yield Passage(BODY, _("Company"), company.name_zh, company.pk)


def _joined(*texts: str) -> str:
    return " – ".join(dict.fromkeys(text for text in texts if text))
