"""The public fields of each kind of record in their order, and what is not public, with why.

A test compares both with the models: a new column has to be named in one of the two.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as _

from policies.models import (
    Amount,
    BodyAlias,
    BodySuccession,
    Company,
    CorporateEvent,
    Deadline,
    ErrorReport,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyIssuer,
    PolicyRelation,
    PromisedDocument,
    Provision,
    Region,
    Sector,
    SourceLink,
    Target,
    Term,
)

from . import parts
from .fields import (
    Field,
    address,
    chinese,
    choice,
    count,
    date,
    day,
    link,
    markdown,
    moment,
    place,
    plain,
    reference,
    references,
    rows,
    slug,
    text,
)

ISSUE = (
    reference("issue", _("Issue"), "The newsletter issue that reported it; none if in none."),
    place(
        "position",
        _("Place in the issue"),
        "Counted from 1 within its section; none if in no issue, or in an earlier version of it.",
    ),
    place("first_line", _("First source line"), "Where it begins in the issue's source."),
    place("last_line", _("Last source line"), "Where it ends in the issue's source."),
)
SAVED = (
    moment(
        "published", _("First published"), "When it first became public.", column="published_at"
    ),
    moment("changed", _("Last saved"), "When it was last saved.", column="changed_at"),
)
NAMES = (
    text("name_en", _("English name"), "Its English name."),
    chinese("name_zh", _("Chinese name"), "Its Chinese name; empty where unknown."),
)
PARENT = reference("parent", _("Stands below"), "What it belongs to.")
SECTORS = references("sectors", _("Sectors"), "The sectors that it concerns.")
REGIONS = references("regions", _("Regions"), "The places that it concerns.")

FIELDS: dict[Any, tuple[Field, ...]] = {
    Policy: (
        slug(),
        address(),
        text("headline", _("Headline"), "The newsletter's own headline."),
        text("title_en", _("English title"), "The official form where known."),
        chinese("title_zh", _("Chinese title"), "The official title; empty where unknown."),
        text("printed_title_en", _("English title as printed"), "What the newsletter printed."),
        chinese("printed_title_zh", _("Chinese title as printed"), "What the newsletter printed."),
        chinese("document_number", _("Document number"), "The 文号, as on the document."),
        link("official_url", _("Official text"), "The document on an official site."),
        markdown("summary", _("Summary"), "The facts."),
        markdown("comment", _("Comment"), "The newsletter's judgement, apart from the facts."),
        text("commentator", _("Comment by"), "Who answers for the comment."),
        date("announced", _("Announced"), "When it became public."),
        date("document", _("Document dated"), "The date on the document."),
        date("effective", _("In effect from"), "From when it applies."),
        date("expires", _("Expires"), "Until when it applies."),
        rows("deadlines", _("Deadlines"), "Until when to comment or to apply.", parts.DEADLINE),
        choice("instrument", _("Instrument"), "The form of the document."),
        choice("status", _("Legal status"), "Where it stands between draft and repeal.",
               column="legal_status"),
        choice("level", _("Level"), "The level of government that issued it."),
        rows("issuers", _("Issued by"), "The issuing bodies in printed order.", parts.ISSUER),
        SECTORS,
        REGIONS,
        rows("targets", _("Targets"), "What is to be reached.", parts.TARGET),
        rows("provisions", _("Provisions"), "Its other bullets.", parts.PROVISION),
        rows("relations", _("Related policies"), "How it stands to other public policies.",
             parts.RELATION, read="public_relations"),
        rows("promises", _("Promised documents"), "Documents that it announces.", parts.PROMISE),
        parts.AMOUNTS,
        parts.SOURCES,
        choice("section", _("Section"), "Where in the issue it stood; none if in none.",
               within="issue"),
        *ISSUE,
        *SAVED,
    ),
    CorporateEvent: (
        slug(),
        address(),
        text("headline", _("Headline"), "A line of the editors where none was printed."),
        markdown("text", _("What happened"), "The text as reported."),
        date("happened", _("Reported for"), "When it happened or was reported."),
        choice("kind", _("Kind"), "What was done or found out."),
        references("companies", _("Companies"), "Who did it."),
        SECTORS,
        REGIONS,
        references("answers", _("Policies it answers"), "Public policies that it responds to.",
                   read="public_answers"),
        parts.AMOUNTS,
        parts.SOURCES,
        *ISSUE,
        *SAVED,
    ),
    Target: (
        slug(),
        address(),
        reference("policy", _("Policy"), "The policy that sets it."),
        *parts.OF_ITS_POLICY,
        *parts.TARGET[1:],
    ),
    IssuingBody: (
        slug(),
        address(),
        *NAMES,
        text("abbreviation", _("Abbreviation"), "As newsletters print it."),
        chinese("short_name_zh", _("Short Chinese name"), "As documents print it."),
        choice("kind", _("Kind"), "What it is within party and state."),
        PARENT,
        count("founded", _("Founded"), "A year; none where unknown.", column="active_from"),
        count("dissolved", _("Dissolved"), "A year; none while it exists.", column="active_until"),
        rows("aliases", _("Also called"), "Its other names.", parts.ALIAS),
        rows("follows", _("Follows"), "The bodies that it followed.", parts.PREDECESSOR,
             read="follows"),
        rows("followed_by", _("Followed by"), "The bodies that followed it.", parts.SUCCESSOR,
             read="followed_by"),
        text("note", _("Note"), "What readers should know."),
    ),
    Company: (
        slug(),
        address(),
        *NAMES,
        text("country", _("Based in"), "Its country."),
    ),
    Sector: (
        slug(),
        address(),
        *NAMES,
        PARENT,
        plain("texts", "aliases", _("Other names"), "Looser names."),
        text("definition", _("Definition"), "What belongs to it."),
    ),
    Region: (
        slug(),
        *NAMES,
        choice("kind", _("Kind"), "What sort of place it is."),
        PARENT,
    ),
    Term: (
        slug(),
        address(),
        text("term_en", _("English term"), "The term in English."),
        chinese("term_zh", _("Chinese term"), "The term in Chinese."),
        text("pinyin", _("Pinyin"), "Without tones."),
        plain("texts", "aliases_en", _("Other English forms"), "Words for the same."),
        plain("texts", "aliases_zh", _("Other Chinese forms"), "Words for the same."),
        text("definition", _("Definition"), "What it means."),
        reference("sector", _("Sector"), "Where it belongs."),
    ),
    NewsletterIssue: (
        address(),
        text("publisher", _("Publisher"), "Who puts the newsletter out."),
        text("title", _("Title"), "The newsletter's title as printed."),
        day("published", _("Published"), "The day on its front.", column="published_on"),
        day("period_start", _("Reports from"), "First day that it reports on."),
        day("period_end", _("Reports to"), "Last day that it reports on."),
        plain("people", "contributors", _("Contributors"), "People with their printed roles."),
    ),
}  # fmt: skip

# The rows that hang on records, by what their fields are called above.
PARTS: dict[Any, tuple[Field, ...]] = {
    PolicyIssuer: parts.ISSUER,
    Provision: parts.PROVISION,
    Deadline: parts.DEADLINE,
    PolicyRelation: parts.RELATION,
    PromisedDocument: parts.PROMISE,
    Amount: parts.AMOUNT,
    SourceLink: parts.SOURCE,
    BodyAlias: parts.ALIAS,
    BodySuccession: parts.PREDECESSOR + parts.SUCCESSOR,
}

_OWNER = "the record that it hangs on"
_ORDER = "the order of the rows tells it"
_STATE = "what is not published is not public at all"
_KEY = "a number of the database; records are told by their slugs"
_EDITORIAL = {
    "id": _KEY,
    "state": _STATE,
    "publish_at": "planned, not done",
    "publish_by": "an editor's name",
    "withdrawn_note": "empty while the record is public",
    "note": "for editors only",
    "imported": "what the import read, for editors only",
    "created_at": "when an editor began it",
}
_AT_THE_DESK = dict.fromkeys(
    ("id", "kind", "slug", "record_id", "title", "field", "text", "source_url", "reported_at",
     "state", "note", "decided_at"),
    "what a reader tells the editors, and what they think of it",
) | {
    "email": "for an answer only",
    "network": "for the limit of a day only",
    "decided_by": "an editor's name",
}  # fmt: skip
NOT_PUBLIC: dict[Any, dict[str, str]] = {
    Policy: _EDITORIAL | {"bodies": "the issuers tell it"},
    CorporateEvent: _EDITORIAL,
    Target: {
        "id": _KEY,
        "position": _ORDER,
        "after_paragraph": "how the issue was set",
    },
    Provision: {"id": _KEY, "policy": _OWNER, "position": _ORDER,
                "after_paragraph": "how the issue was set"},
    PolicyIssuer: {"id": _KEY, "policy": _OWNER, "position": _ORDER},
    Deadline: {"id": _KEY, "policy": _OWNER},
    PolicyRelation: {"id": _KEY, "policy": _OWNER},
    PromisedDocument: {"id": _KEY, "policy": _OWNER},
    Amount: {"id": _KEY, "policy": _OWNER, "event": _OWNER, "position": _ORDER},
    SourceLink: {"id": _KEY, "policy": _OWNER, "event": _OWNER, "position": _ORDER},
    BodyAlias: {"id": _KEY, "body": _OWNER, "key": "made of the name"},
    BodySuccession: {"id": _KEY},
    IssuingBody: {"id": _KEY},
    Company: {"id": _KEY, "note": "shown on no page"},
    Sector: {"id": _KEY},
    Region: {"id": _KEY},
    Term: {"id": _KEY},
    ErrorReport: _AT_THE_DESK,
    NewsletterIssue: {
        "id": _KEY,
        "source_name": "for editors only",
        "source_text": "may be under copyright",
        "source_sha256": "for editors only",
        "leftovers": "for editors only",
        "warnings": "for editors only",
        "imported_at": "for editors only",
        "imported_by": "an editor's name",
    },
}  # fmt: skip
