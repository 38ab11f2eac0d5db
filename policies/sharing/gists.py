"""What a record is about, in a line for those who find or share its page.

Most records have a text of their own. Of a body, a company and an issue the line says what
is known: what it is, its other name, how many public records it has. Whoever shows the page
has counted these already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sized
from typing import Any

from django.utils.translation import gettext as _

from policies.commonwords import country
from policies.exports.described import COUNTED
from policies.languages import dated, names_of
from policies.models import Company, IssuingBody, NewsletterIssue

TEXTS = ("summary", "text", "definition")


def gist_of(record: Any, context: Any) -> str:
    """What is told of `record`, on the page that shows `context`; empty where nothing is known."""
    facts = FACTS.get(type(record))
    if facts is not None:
        return " · ".join(filter(None, facts(record, context)))
    return next((text for name in TEXTS if (text := getattr(record, name, ""))), "")


def _body(record: Any, context: Any) -> Iterator[str]:
    yield str(record.get_kind_display())
    yield names_of(record)[1]
    yield _number("policy", context.get("own_number"))


def _company(record: Any, context: Any) -> Iterator[str]:
    yield _("Company")
    yield names_of(record)[1]
    yield country(record.country) if record.country else ""
    # What filters leave is not all that it did.
    ledger = None if context.get("chips") else context.get("ledger")
    yield _number("event", ledger and ledger.whole.count)


def _issue(record: Any, context: Any) -> Iterator[str]:
    yield record.publisher
    if record.period_start and record.period_end:
        told = {"start": dated(record.period_start), "end": dated(record.period_end)}
        yield _("Reporting period %(start)s to %(end)s") % told
    yield _number("policy", _length(context, "top", "news"))
    yield _number("event", _length(context, "events"))


def _length(context: Any, *names: str) -> int | None:
    """How many records lists of the page hold; None where it has none of these lists."""
    lists: list[Sized] = [context[name] for name in names if name in context]
    return sum(map(len, lists)) if lists else None


def _number(kind: str, number: int | None) -> str:
    """How many records of a kind; empty where it is not known."""
    return "" if number is None else COUNTED[kind](number) % {"number": number}


FACTS: dict[Any, Callable[[Any, Any], Iterator[str]]] = {
    IssuingBody: _body,
    Company: _company,
    NewsletterIssue: _issue,
}
