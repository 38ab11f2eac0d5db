"""The public fields of rows that hang on a record: issuers, targets, sums, sources and the like."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_noop as _

from .fields import (
    Field,
    choice,
    count,
    date,
    dated,
    day,
    link,
    markdown,
    number,
    reference,
    rows,
    slug,
    text,
)

ISSUER = (
    reference("body", _("Body"), "The registered body; none where the name is in no registry."),
    Field(
        "printed", _("Name as printed"), "The printed name of a body that is not in the registry.",
        "text", ("printed",), lambda row: "" if row.body_id else row.printed,
    ),
    Field("lead", _("Lead"), "Whether it leads a joint document.", "flag", ("is_lead",),
          lambda row: row.is_lead),
)  # fmt: skip

PROVISION = (
    choice("kind", _("Kind"), "What the bullet says: a criterion, a measure, a change, a scope."),
    text("heading", _("Heading"), "The words that lead in, as printed."),
    markdown("text", _("Text"), "The bullet as printed."),
)

TARGET = (
    slug(),
    text("heading", _("Heading"), "The words that lead in, as printed."),
    markdown("text", _("Text"), "The bullet as printed."),
    text("metric", _("What is measured"), "What the figure counts."),
    choice("comparator", _("Comparator"), "How the figure is to be compared with what is reached."),
    number("value", _("Figure"), "A plain number."),
    text("unit", _("Unit"), "What the figure is given in."),
    count("baseline_year", _("Baseline year"), "The year that is compared with."),
    number("baseline_value", _("Baseline"), "The figure in the baseline year."),
    date("due", _("Due"), "By when it is to be reached."),
    choice("status", _("Status"), "What became of it; open until there is evidence."),
    link("evidence", _("Evidence"), "Where the status can be checked.", column="evidence_url"),
    text("status_note", _("Note on the status"), "Why it has this status."),
    day("checked", _("Status checked"), "When somebody last looked whether it is reached.",
        column="status_checked_on"),
)  # fmt: skip

# What a target needs to be read alone: who wants it, since when, and where that is written.
OF_ITS_POLICY = (
    Field("issued_by", _("Issued by"), "The bodies that issued the policy, in printed order.",
          "texts", (), lambda row: [str(by.body or by.printed) for by in row.policy.issuers.all()],
          told=False),
    Field("announced", _("Announced"), "When the policy became public.", "date", (),
          lambda row: dated(row.policy.announced), told=False),
    Field("official_url", _("Official text"), "The policy on an official site.", "link", (),
          lambda row: row.policy.official_url, told=False),
)  # fmt: skip

DEADLINE = (
    choice("kind", _("Kind"), "What ends: comments on a draft, applications, something else."),
    date("closes", _("Closes"), "Until when it may be done."),
    text("text", _("What for"), "In a few words."),
)

RELATION = (
    choice("kind", _("Relation"), "Read as a sentence: this policy … the other policy."),
    reference("other", _("Other policy"), "The policy that it stands to; only public ones."),
    text("note", _("Note"), "Why it stands so."),
)

PROMISE = (
    text("text", _("Document"), "The document that is announced, in a few words."),
    date("expected", _("Expected"), "By when it is to be issued."),
    reference("fulfilled_by", _("Issued as"), "The public policy that it became, if there is one."),
)

AMOUNT = (
    number("value", _("Amount"), "The sum in full."),
    text("currency", _("Currency"), "Its ISO code."),
    number("eur", _("Printed euro value"), "As the newsletter printed it, never a conversion."),
    text("purpose", _("What it is for"), "In a few words."),
)

SOURCE = (
    text("label", _("Source"), "The source's title."),
    text("publisher", _("Publisher"), "Who published it."),
    link("url", _("Link"), "Its address; empty where unknown."),
    link("archived", _("Archived copy"), "A copy that will last.", column="archived_url"),
)

ALIAS = (
    text("name", _("Name"), "Another name of the body."),
    choice("language", _("Language"), "The language of the name."),
    text("note", _("Note"), "Where or when it is used."),
)

PREDECESSOR = (
    reference("body", _("Body"), "The body that it followed.", column="predecessor"),
    count("year", _("Year"), "When; none where unknown."),
)

SUCCESSOR = (
    reference("body", _("Body"), "The body that followed it.", column="successor"),
    count("year", _("Year"), "When; none where unknown."),
)


def _sum(row: dict[str, Any]) -> str:
    euros = f" (EUR {row['eur']})" if row["eur"] else ""
    purpose = f": {row['purpose']}" if row["purpose"] else ""
    return f"{row['currency']} {row['value']}{euros}{purpose}"


AMOUNTS = replace(
    rows("amounts", _("Amounts"), "Money that the record names.", AMOUNT),
    line=_sum,
    layout="currency and sum, in brackets the euro value as printed, behind a colon what it is for",
)
SOURCES = rows("sources", _("Sources"), "Where it was reported.", SOURCE)
