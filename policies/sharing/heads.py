"""What the head of a page tells those who find or share it, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from policies.facets import Chip
from policies.languages import is_chinese, names_of

from .addresses import alternates, asked, canonical, lasting
from .gists import gist_of

# Pages that concern one reader, who has no use for a card of them.
PRIVATE = ("alert_", "report")
# Pages that every search fills anew.
NOT_LISTED = ("search", "compare")
# The lists that have a card of their own, and the kinds of record that do.
LISTS = ("policy_list", "target_list", "event_list", "body_list", "company_list")
RECORDS = ("policy", "target", "event", "body", "company", "sector", "term", "issue")


@dataclass(frozen=True, slots=True)
class Head:
    """What is told of a page; a page that is not to be listed has no `canonical`."""

    title: str
    gist: str
    is_chinese: bool
    canonical: str
    alternates: list[tuple[str, str]]
    card: str


def head(request: HttpRequest, context: Any) -> Head | None:
    """What is told of the page that answers `request` with `context`; of some nothing."""
    name = getattr(request.resolver_match, "url_name", None) or ""
    if name.startswith(PRIVATE):
        return None
    record = _record(request, context) if name in RECORDS else None
    is_listed = bool(name) and not name.startswith(NOT_LISTED) and not context.get("errors")
    return Head(
        title=names_of(record)[0] if record else str(context.get("title") or _("Policy tracker")),
        gist=(record and gist_of(record, context)) or _told(context),
        is_chinese=is_chinese(),
        canonical=canonical(request) if is_listed else "",
        alternates=list(alternates(lasting(request))) if is_listed else [],
        card=request.build_absolute_uri(_card(request, name, record, context)),
    )


def _record(request: HttpRequest, context: Any) -> Any:
    """The record whose own page this is."""
    record = context.get("record") or context.get("object")
    address = getattr(record, "get_absolute_url", str)()
    return record if address == request.path else None


def _told(context: Any) -> str:
    """How many records a list holds and what was asked for; of another page, what the site is."""
    count, counted = context.get("count"), context.get("counted")
    if count is None or not counted or context.get("errors"):
        return _(
            "Policies, targets, issuing bodies and corporate events from a monthly newsletter, "
            "in English and Chinese."
        )
    found = f"{count} {counted}"
    chosen = in_words(context.get("chips") or [])
    return f"{found}: {chosen}" if chosen else found


def in_words(chips: list[Chip]) -> str:
    """What was asked for, in a line."""
    return " · ".join(f"{chip.label}: {chip.value}" for chip in chips)


def _card(request: HttpRequest, name: str, record: Any, context: Any) -> str:
    if record is not None:
        return f"{request.path}card.png"
    if name in LISTS and not context.get("errors"):
        query = asked(request)
        return f"{request.path}card.png" + (f"?{query}" if query else "")
    return reverse("card")
