"""The public fields of rows that hang on a record: issuers, targets, sums, sources and the like."""

from __future__ import annotations

from .fields import (
    Field,
    choice,
    count,
    date,
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
    reference("body", "Body", "The registered body; none where the name is not in the registry."),
    Field(
        "printed", "Name as printed", "The printed name of a body that is not in the registry.",
        "text", ("printed",), lambda row: "" if row.body_id else row.printed,
    ),
    Field("lead", "Lead", "Whether it leads a joint document.", "flag", ("is_lead",),
          lambda row: row.is_lead),
)  # fmt: skip

PROVISION = (
    choice("kind", "Kind", "What the bullet says: a criterion, a measure, a change, a scope."),
    text("heading", "Heading", "The words that lead in, as printed."),
    markdown("text", "Text", "The bullet as printed."),
)

TARGET = (
    slug(),
    text("heading", "Heading", "The words that lead in, as printed."),
    markdown("text", "Text", "The bullet as printed."),
    text("metric", "What is measured", "What the figure counts."),
    choice("comparator", "Comparator", "How the figure is to be compared with what is reached."),
    number("value", "Figure", "A plain number."),
    text("unit", "Unit", "What the figure is given in."),
    count("baseline_year", "Baseline year", "The year that is compared with."),
    number("baseline_value", "Baseline", "The figure in the baseline year."),
    date("due", "Due", "By when it is to be reached."),
    choice("status", "Status", "What became of it; open until there is evidence."),
    link("evidence", "Evidence", "Where the status can be checked.", column="evidence_url"),
    text("status_note", "Note on the status", "Why it has this status."),
    day("checked", "Status checked", "When somebody last looked whether it is reached.",
        column="status_checked_on"),
)  # fmt: skip

DEADLINE = (
    choice("kind", "Kind", "What ends: comments on a draft, applications, something else."),
    date("closes", "Closes", "Until when it may be done."),
    text("text", "What for", "In a few words."),
)

RELATION = (
    choice("kind", "Relation", "Read as a sentence: this policy … the other policy."),
    reference("other", "Other policy", "The policy that it stands to; only public ones."),
    text("note", "Note", "Why it stands so."),
)

PROMISE = (
    text("text", "Document", "The document that is announced, in a few words."),
    date("expected", "Expected", "By when it is to be issued."),
    reference("fulfilled_by", "Issued as", "The public policy that it became; none yet if none."),
)

AMOUNT = (
    number("value", "Amount", "The sum in full."),
    text("currency", "Currency", "Its ISO code."),
    number("eur", "Printed euro value", "As the newsletter printed it, never a conversion."),
    text("purpose", "What it is for", "In a few words."),
)

SOURCE = (
    text("label", "Source", "The source's title."),
    text("publisher", "Publisher", "Who published it."),
    link("url", "Link", "Its address; empty where unknown."),
    link("archived", "Archived copy", "A copy that will last.", column="archived_url"),
)

ALIAS = (
    text("name", "Name", "Another name of the body."),
    choice("language", "Language", "The language of the name."),
    text("note", "Note", "Where or when it is used."),
)

PREDECESSOR = (
    reference("body", "Body", "The body that it followed.", column="predecessor"),
    count("year", "Year", "When; none where unknown."),
)

SUCCESSOR = (
    reference("body", "Body", "The body that followed it.", column="successor"),
    count("year", "Year", "When; none where unknown."),
)

AMOUNTS = rows("amounts", "Amounts", "Money that the record names.", AMOUNT)
SOURCES = rows("sources", "Sources", "Where it was reported.", SOURCE)
