"""What each row of a list repeats: its title, its passages, its issuers, its document.

A page has dozens of each, and a template takes ten times as long over them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template import Library
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from policies.languages import dated, language_tag, mark
from policies.search.snippets import Piece
from policies.templatetags.languages import (
    linked_short,
    named,
    titles,
    tongue,
    tongue_of,
    translated,
)
from policies.templatetags.tracker import gist

register = Library()


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """A text in pieces, what was searched for marked."""
    written = [
        f"<mark>{escape(text)}</mark>" if is_marked else escape(text) for text, is_marked in pieces
    ]
    return mark_safe("".join(written))  # noqa: S308 - each part is escaped


@register.simple_tag(takes_context=True)
def row_title(context: Any) -> SafeString:
    """The title of the page's `row` as a heading of its `level`, and below it the other one."""
    row, level, shown = context["row"], context.get("level") or 2, titles(context["row"])
    heading = format_html(
        '<h{}><a href="{}{}"{}>{}</a></h{}>',
        level, row.get_absolute_url(), context.get("carried", ""),
        format_html(' lang="{}"', shown.tag) if shown.tag else "",
        marked(shown.pieces) if shown.pieces else shown.text, level,
    )  # fmt: skip
    also = marked(shown.also_pieces) if shown.also_pieces else shown.also
    if not also:
        return heading
    return heading + format_html('<p class="zh" lang="{}">{}</p>', shown.also_tag, also)


@register.simple_tag
def row_gist(row: Any, text: str) -> SafeString:
    """The passages of a row that match what was searched for, else the gist of its `text`."""
    if getattr(row, "snippets", None):
        return passages(row)
    if not text:
        return mark_safe("")
    return format_html('<p class="gist"{}>{}</p>', tongue_of(text), gist(text))


@register.simple_tag
def passages(row: Any) -> SafeString:
    """The passages of a row that match, each after the name of its field; empty for none."""
    found = getattr(row, "snippets", None)
    if not found:
        return mark_safe("")
    return format_html('<dl class="snippets">{}</dl>', format_html_join(
        "",
        '<div><dt>{}</dt><dd lang="{}">{}{}</dd></div>',
        (
            (translated(one.label), "zh-Hans" if one.is_chinese else "en", marked(one.pieces),
             _via(one.via))
            for one in found
        ),
    ))  # fmt: skip


def _via(name: str) -> SafeString:
    """By which other name a passage matched."""
    if not name:
        return mark_safe("")
    told = mark_safe(_("as %(name)s") % {"name": conditional_escape(tongue(name))})  # noqa: S308
    return format_html(' <span class="via" lang="{}">{}</span>', language_tag(), told)


@register.simple_tag
def issuers(policy: Any, everyone: Iterable[Any] = ()) -> SafeString:
    """Who issued a policy, each body with its page: the foremost of many, or `everyone`."""
    number, shown = len(policy.named_issuers), list(everyone or policy.foremost_issuers)
    if not shown:
        return conditional_escape(_("Issuing body unknown"))
    lead = format_html(' <span class="lead">{}</span>', _("lead")) if number > 1 else ""
    told = mark("comma").join([_issuer(one) + (lead if one.is_lead else "") for one in shown])
    if not everyone and (number := policy.further_issuers):
        more = pgettext("issuing bodies", "and %(number)s more") % {"number": number}
        told += format_html(' <a href="{}">{}</a>', policy.get_absolute_url(), more)
    return mark_safe(told)  # noqa: S308 - each part is escaped


@register.simple_tag
def supporters(beside: Iterable[Any]) -> SafeString:
    """Some issuers of a policy, each body with its page; empty where there is none."""
    told = mark("comma").join([_issuer(one) for one in beside])
    return mark_safe(told)  # noqa: S308 - each part is escaped


def _issuer(issuer: Any) -> SafeString:
    return linked_short(issuer.body) if issuer.body else conditional_escape(tongue(issuer.printed))


@register.filter
def falls_due(due: Any) -> SafeString:
    """By when a target is to be met, as exactly as it is known."""
    text = _('<span class="soft">due</span> %(date)s') % {"date": escape(dated(due))}
    return mark_safe(text)  # noqa: S308 - the date is escaped


@register.filter
def from_policy(policy: Any) -> SafeString:
    """From which document something is, with its page."""
    text = _('from <a href="%(url)s">%(title)s</a>')
    told = {"url": escape(policy.get_absolute_url()), "title": conditional_escape(named(policy))}
    return mark_safe(text % told)  # noqa: S308 - each part is escaped
