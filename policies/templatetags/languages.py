"""Template tags for pages in two languages: names and dates in the reader's, others marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.template import Library
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from policies.commonwords import country as country_in_words
from policies.commonwords import unit as unit_in_words
from policies.languages import (
    MARKS,
    OFFERED,
    PARAMETER,
    TAGS,
    chinese_name_of,
    dated,
    foreign_tag,
    is_chinese,
    language_tag,
    mark,
    names_of,
    short_name_of,
    timed,
)
from policies.newsletter.dates import PreciseDate

register = Library()
# What each language calls itself.
OWN_NAMES = {"en": "English", "zh-hans": "中文"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A language that this page can be had in, and where."""

    name: str
    tag: str
    url: str
    is_here: bool


@register.simple_tag
def page_language() -> str:
    """The language of the page."""
    return language_tag()


@register.simple_tag(takes_context=True)
def languages(context: Any) -> list[Offer]:
    """The languages that this page can be had in; none where it is always in English."""
    request = context.get("request")
    if not getattr(request, "is_in_both_languages", False):
        return []
    query = request.META.get("QUERY_STRING", "")
    kept = f"{query}&" if query else ""
    here = language_tag()
    return [
        Offer(
            name,
            TAGS[OFFERED[code]],
            f"?{kept}{PARAMETER}={code}",
            TAGS[OFFERED[code]] == here,
        )
        for code, name in OWN_NAMES.items()
    ]


# Marks that join pieces of a line: {% comma %}, {% colon %} and so on.
for _name in MARKS:
    register.simple_tag(partial(mark, _name), name=_name)


@register.filter
def translated(text: Any) -> str:
    """A word that is marked for translation where it stands, in the reader's language."""
    return gettext(str(text)) if text else ""


@register.filter
def tongue(text: Any) -> Any:
    """A text, marked with its language where that is not the reader's."""
    tag = foreign_tag(str(text))
    return format_html('<span lang="{}">{}</span>', tag, text) if tag else text


@register.filter
def tongue_of(text: Any) -> str | SafeString:
    """The attribute of an element that holds a text in another language than the reader's."""
    tag = foreign_tag(str(text))
    return format_html(' lang="{}"', tag) if tag else ""


@register.filter
def country(name: str) -> Any:
    """A country in the reader's language, where it is a common one."""
    return tongue(country_in_words(name))


@register.filter
def unit(name: str) -> Any:
    """What a figure is given in, in the reader's language, where it is a common unit."""
    return tongue(unit_in_words(name))


@register.filter
def behind_figure(name: str) -> Any:
    """A unit with what parts it from the figure before it: nothing before a percent sign."""
    said = unit(name)
    return said if said in ("", "%") else format_html("&nbsp;{}", said)


@register.filter
def named(record: Any) -> Any:
    """A record's name in the reader's language, else in the other, marked as such."""
    return tongue(names_of(record)[0])


@register.filter
def named_plain(record: Any) -> str:
    """The same without a mark, for titles of pages and attributes."""
    return names_of(record)[0]


@register.filter
def named_also(record: Any) -> Any:
    """A record's other name, marked with its language; empty where there is none."""
    return tongue(names_of(record)[1])


@register.filter
def named_short(body: Any) -> Any:
    """What an issuing body is called in a line with others."""
    return tongue(short_name_of(body))


@register.filter
def named_also_short(body: Any) -> Any:
    """An issuing body's other name, short where it is Chinese."""
    if is_chinese():
        return named_also(body)
    return tongue(body.short_name_zh or body.name_zh)


@register.filter
def linked(record: Any) -> SafeString:
    """A link to a record by its name."""
    return format_html('<a href="{}">{}</a>', record.get_absolute_url(), named(record))


@register.filter
def linked_short(body: Any) -> SafeString:
    """A link to an issuing body by its short name, with its whole name as a tip."""
    short = short_name_of(body)
    return _body_link(body.get_absolute_url(), names_of(body)[0], short, foreign_tag(short))


# The same bodies come again and again on a page, and from page to page.
@lru_cache(maxsize=10_000)
def _body_link(url: str, whole: str, short: str, tag: str) -> SafeString:
    told = format_html('<span lang="{}">{}</span>', tag, short) if tag else short
    return format_html('<a href="{}" title="{}">{}</a>', url, whole, told)


@register.filter
def headlined(policy: Any) -> Any:
    """What an issue's table of contents calls a policy: its headline, or its Chinese title."""
    if is_chinese() and policy.title_zh:
        return policy.title_zh
    return tongue(policy.headline or policy.display_title)


@register.filter(name="dated")
def in_words(value: Any) -> str:
    """A date as exact as it is known, in the reader's language; empty for none.

    Dates of earlier versions are taken as these keep them.
    """
    if isinstance(value, dict):
        value = PreciseDate(date.fromisoformat(value["date"]), value["precision"])
    return dated(value or None)


@register.filter
def on_weekday(day: date) -> SafeString:
    """A day by its weekday and its number, for a page of its month."""
    return format_html(
        '<time datetime="{}">{} {}</time>', day.isoformat(), date_format(day, "D"), day.day
    )


@register.filter(name="timed")
def to_the_minute(value: Any) -> str:
    """A moment to the minute, in the reader's language; empty for none."""
    return timed(value) if value else ""


@dataclass(frozen=True, slots=True)
class Titles:
    """What heads a row, and what stands below it in the other language.

    Where a search marked a title, `pieces` or `also_pieces` are its parts.
    """

    text: str
    tag: str
    pieces: Any
    also: str
    also_tag: str
    also_pieces: Any


@register.filter
def titles(row: Any) -> Titles:
    """The titles of a row, that in the reader's language first."""
    first, second = names_of(row)
    marked = {
        True: getattr(row, "marked_title_zh", None),
        False: getattr(row, "marked_title", None),
    }
    is_zh = first == _chinese(row)
    return Titles(
        first, foreign_tag(first), marked[is_zh], second, foreign_tag(second), marked[not is_zh]
    )


def _chinese(row: Any) -> str | None:
    return chinese_name_of(row) or None
