"""Mails as they are written: text and simple HTML beside each other, from templates.

The mail that asks to confirm goes to whomever a stranger named: nothing that was typed
stands in it, but the list and how often; its link shows the search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from policies.languages import CHINESE, PARAMETER, is_chinese
from policies.models import AlertMessage
from policies.vocabulary import MessagePurpose

from .reasons import Entry
from .searches import Search
from .tokens import CONFIRM, MANAGE, UNSUBSCRIBE, link, site_or

SUBJECT_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Reason:
    """Another search of the same subscriber that holds some of the records."""

    search: Search
    keys: frozenset[int]


def letter(
    message: AlertMessage, search: Search, entries: list[Entry], others: list[Reason] | None = None
) -> EmailMultiAlternatives:
    """The mail of a message in the language of its alert; `others` are reasons besides its own."""
    alert, subscriber = message.alert, message.subscriber
    if alert is None:
        raise ValueError("The alert was ended.")
    site = site_or(alert.site)
    known = alert.language in dict(settings.LANGUAGES)
    unsubscribe_url = site + link(UNSUBSCRIBE, alert)
    with translation.override(alert.language if known else settings.LANGUAGE_CODE):
        context = {
            "alert": alert,
            "search": search,
            "language": translation.get_language(),
            "told": _told(site, entries, others or []),
            "list_url": _read_in(site + search.path),
            "all_url": _read_in(site + search.list_path),
            "confirm_url": _read_in(site + link(CONFIRM, alert)),
            "manage_url": _read_in(site + link(MANAGE, subscriber)),
            "unsubscribe_url": _read_in(unsubscribe_url),
            "days": settings.ALERTS_CONFIRM_DAYS,
            "subject": _subject(message.purpose, search, len(entries)),
        }
        text, html = (
            render_to_string(f"mail/{message.purpose}.{ending}", context)
            for ending in ("txt", "html")
        )
    mail = EmailMultiAlternatives(
        subject=" ".join(context["subject"].split()),
        body=text.strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[subscriber.address],
        headers=_headers(message, unsubscribe_url),
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _subject(purpose: str, search: Search, number: int) -> str:
    # Until the owner of the address has confirmed it, anybody may have written the search.
    words = search.title if purpose == MessagePurpose.CONFIRM else search.in_words
    words = Truncator(words).chars(SUBJECT_LENGTH)
    if purpose == MessagePurpose.RECORDS:
        said = ngettext("%(number)d new: %(search)s", "%(number)d new: %(search)s", number)
        return said % {"number": number, "search": words}
    return {
        MessagePurpose.CONFIRM: gettext("Please confirm your alert: %(search)s"),
        MessagePurpose.KNOWN: gettext("You have this alert already: %(search)s"),
        MessagePurpose.STOPPED: gettext("Your alert has stopped: %(search)s"),
        MessagePurpose.UNSURE: gettext("A mail may not have reached you: %(search)s"),
    }[MessagePurpose(purpose)] % {"search": words}


def _read_in(address: str) -> str:
    """An address of ours at which a page is in the language of the mail.

    Chinese is asked for, since many browsers do not ask for it themselves.
    """
    if not is_chinese():
        return address
    return f"{address}{'&' if '?' in address else '?'}{PARAMETER}={CHINESE}"


def _told(site: str, entries: list[Entry], others: list[Reason]) -> list[dict[str, Any]]:
    return [
        {
            "entry": entry,
            "url": _read_in(site + entry.path),
            "also": [other.search.in_words for other in others if entry.key in other.keys],
        }
        for entry in entries
    ]


def _headers(message: AlertMessage, unsubscribe_url: str) -> dict[str, str]:
    """A mail of an alert can be ended with one click (RFC 8058); one that asks is no such mail."""
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    if message.purpose == MessagePurpose.CONFIRM:
        return headers
    return headers | {
        "List-Unsubscribe": f"<{unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
    }
