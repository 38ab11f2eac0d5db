"""Template filters: texts, figures and links as readers see them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.template import Library
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext
from markdown_it.token import Token

from policies.inforce import in_words, status_in_words
from policies.languages import is_chinese, names_of
from policies.models.links import followable
from policies.models.markup import MARKDOWN, UNKNOWN, plain
from policies.newsletter.dates import PreciseDate
from policies.vocabulary import Section

register = Library()

# A longer text is read anew each time.
LONGEST_KEPT = 1_000
SCALES = (
    (Decimal(10**12), " trillion"), (Decimal(10**9), " billion"), (Decimal(10**6), " million"),
)  # fmt: skip
CHINESE_SCALES = ((Decimal(10**12), "万亿"), (Decimal(10**8), "亿"), (Decimal(10**4), "万"))


def _marked(renderer: Any, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    """An opening link: one whose address is unknown has none, any other leads out."""
    link = tokens[at]
    if link.attrGet("href") == UNKNOWN:
        link.attrs = {"class": "unknown", "title": gettext("The address of this link is unknown")}
    else:
        link.attrSet("rel", "external nofollow noopener")
    return renderer.renderToken(tokens, at, options, env)


MARKDOWN.add_render_rule("link_open", _marked)


@register.filter
def label_of(filterset: Any, name: str) -> str:
    """What readers call a parameter of a search; empty where it has no name or is none."""
    filters = getattr(filterset, "filters", {})
    return filters[name].label if name in filters else ""


@register.filter
def web(address: str) -> str:
    """`address` where a browser may follow it, else nothing."""
    return followable(address)


@register.filter
def moment(at: datetime) -> str:
    """When something happened, to the second, as machines read it."""
    return localtime(at).isoformat(timespec="seconds")


@register.filter
def markdown(text: str):
    """Markdown as HTML; raw HTML in it is shown, not obeyed. Links without address lose theirs."""
    return mark_safe(MARKDOWN.render(text or ""))  # noqa: S308


@register.filter
def inline(text: str):
    """The same for a text of one paragraph, without the paragraph."""
    return mark_safe(MARKDOWN.renderInline(text or ""))  # noqa: S308


@register.filter
def gist(text: str, words: int = 36) -> str:
    """The first words of a Markdown text as plain text."""
    text = text or ""
    return _kept_gist(text, words) if len(text) <= LONGEST_KEPT else _gist(text, words)


def _gist(text: str, words: int) -> str:
    return Truncator(plain(text)).words(words, truncate=" …")


# The same texts come again and again, from page to page.
_kept_gist = lru_cache(maxsize=4_000)(_gist)


@register.filter
def figure(value: Decimal | str | None) -> str:
    """A number without needless zeros, with thousands set apart."""
    if value is None:
        return ""
    text = f"{Decimal(value):,.4f}"
    return text.rstrip("0").rstrip(".")


@register.filter
def money(value: Decimal | str | None) -> str:
    """A sum as newspapers print it: 38.6 million, or 3,860万."""
    if value is None:
        return ""
    value = Decimal(value)
    for scale, name in CHINESE_SCALES if is_chinese() else SCALES:
        if abs(value) >= scale:
            return f"{figure(value / scale)}{name}"
    return figure(value)


@register.filter
def trimmed(html: str) -> str:
    """What a part of a page gave, without the white space round it."""
    return html.strip()


@register.filter
def record_title(record: Any) -> str:
    """What readers call a record of any kind, in a line and in their language where known."""
    return gist(getattr(record, "metric", "") or names_of(record)[0], 20)


@register.filter
def startswith_url(path: str, name: str) -> bool:
    """Whether `path` lies below the address called `name`."""
    return path.startswith(reverse(name))


@register.filter
def chosen(orders: list[tuple[str, str, bool]]) -> str:
    """The key of the order that is chosen among a list's `orders`."""
    return next((key for key, _, is_chosen in orders if is_chosen), "")


@register.filter
def numbers(page: Page) -> Iterator[int | str]:
    """The numbers of the pages to offer beside `page`, with gaps."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.filter
def printed_date(policy: Any) -> PreciseDate | None:
    """The date that the newsletter prints, where it is not the date announced."""
    try:
        value, precision = policy.imported["announced"]
        printed = PreciseDate(date.fromisoformat(value), precision)
    except (KeyError, TypeError, ValueError):
        return None
    return None if printed == policy.announced else printed


@register.filter
def in_force(policy: Any) -> str:
    """Whether a policy applies today, and since when; empty where it is not known."""
    return in_words(policy, localdate())


@register.filter
def legal_status(policy: Any) -> str:
    """The legal status of a policy, as it can be told today."""
    return status_in_words(policy, localdate())


@register.filter
def as_printed(policy: Any) -> list[dict[str, Any]]:
    """A long item's text in the order of print.

    Each part has a `paragraph` of the summary (with the words that lead in) and the
    `bullets` below it, or only one of the two. Targets that share a bullet give it once.
    """
    paragraphs = [part for part in policy.summary.split("\n\n") if part.strip()]
    rows = {row.position: row for row in (*policy.targets.all(), *policy.provisions.all())}
    bullets = [rows[position] for position in sorted(rows)]
    parts: list[dict[str, Any]] = []
    if policy.section == Section.NEWS:
        return [{"paragraph": text, "bullets": []} for text in paragraphs]
    for number, text in enumerate(["", *paragraphs]):
        last = number == len(paragraphs)
        here = [
            row
            for row in bullets
            if row.after_paragraph == number or (last and row.after_paragraph > number)
        ]
        if text or here:
            parts += _led_in(text, here)
    return parts


def _led_in(text: str, bullets: list[Any]) -> Iterator[dict[str, Any]]:
    """A paragraph and the groups of bullets that follow it, each after its heading."""
    groups = [(heading, list(rows)) for heading, rows in groupby(bullets, lambda row: row.heading)]
    for heading, rows in groups or [("", [])]:
        lead = f"{heading}:" if heading else ""
        yield {"paragraph": f"{text} {lead}".strip(), "bullets": rows}
        text = ""
