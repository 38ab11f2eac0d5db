"""Template tags for what readers take away: files of lists and charts, citations, data sets."""

from __future__ import annotations

import json
from typing import Any

from django.template import Library
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from policies.answers import site_of
from policies.citations import STYLES, cite_work, highwire, legislation
from policies.exports import EXPORTED, Exported, formats_of
from policies.exports.described import data_set, whole_data_set, work_of_search
from policies.facets import SHAPES
from policies.languages import ENGLISH
from policies.models import Policy
from policies.works import Work, work_of

register = Library()

# By the folder of a list: where its feed, its calendar and its alerts are.
FOLLOWED = {
    kind: {"feed": f"{kind}.atom", "calendar": f"{kind}.ics", "alert": f"alert_new_{kind}"}
    for kind in ("policies", "targets", "events")
} | {"calendar": {"calendar": "calendar.ics"}}
# What their calendars hold.
DATES = {
    "targets": _("subscribe: targets due"),
    "events": _("subscribe: what happened"),
}
MANY_DATES = _("subscribe: effective dates, deadlines, targets due")
# What would end the block that holds JSON, or begin another.
LIVE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def _site(context: Any) -> str:
    return site_of(context["request"])


@register.inclusion_tag("partials/export_menu.html", takes_context=True)
def export_menu(context: Any) -> dict[str, Any]:
    """The formats in which the search of this page can be had; none where it is wrong."""
    kind = _listed(context)
    if kind is None:
        return {}
    asked = _asked(context, "page")
    files = [
        (f"{reverse(f'{kind.name}.{ending}')}{asked}", one)
        for ending, one in formats_of(kind.name).items()
    ]
    return {"files": files, "count": context.get("count")}


@register.inclusion_tag("partials/cite.html", takes_context=True)
def citations(context: Any, record: Any) -> dict[str, Any]:
    """The record cited in each style, as read today; the same in every language of the page."""
    with override(ENGLISH):
        return _cited(work_of(record, _site(context)))


@register.inclusion_tag("partials/cite.html", takes_context=True)
def cite_search(context: Any, number: int | None = None, of: str = "") -> dict[str, Any]:
    """The search of this page cited in each style, as read today; nothing where it is wrong.

    It bears the page's `title`, which is a lazy one, since citations are in two languages,
    and tells how many records its filters find, unless the page counts another `number`.
    Where the page is no list of them, it says what was counted: `of` is the kind of `number`.
    """
    request, filterset = context["request"], context.get("filterset")
    if filterset is None or context.get("errors"):
        return {}
    address = _site(context) + request.path
    if number is None and _listed(context) is None:
        of = filterset.record_kind
    work = work_of_search(context["title"], filterset, request.GET, address, number, of=of)
    return _cited(work)


def _cited(work: Work) -> dict[str, Any]:
    with override(ENGLISH):
        return {
            "cited": [
                (label, style, cite_work(work, style, localdate()))
                for style, (label, _write) in STYLES.items()
            ]
        }


@register.simple_tag(takes_context=True)
def data_set_head(context: Any) -> SafeString:
    """The list of this page as schema.org describes a data set; nothing where there is none."""
    kind = _listed(context)
    if kind is None:
        return SafeString("")
    query = context["request"].GET
    return in_page(data_set(kind, context["filterset"], query, _site(context)))


@register.simple_tag(takes_context=True)
def whole_data_set_head(context: Any) -> SafeString:
    """The whole tracker as such a data set."""
    return in_page(whole_data_set(_site(context)))


@register.inclusion_tag("partials/chart_files.html", takes_context=True)
def chart_files(context: Any, of: str, slug: str = "") -> dict[str, Any]:
    """The chart of this page as a picture, and its numbers; `of` is what it is a chart of.

    Only a lineage may have numbers that cannot be drawn.
    """
    args, asked = [slug] if slug else [], "" if slug else _asked(context, "page", "sort", "reading")
    files = {
        ending: f"{reverse(f'{of}_chart.{ending}', args=args)}{asked}" for ending in ("svg", "csv")
    }
    return {"files": files, "is_drawn": of != "lineage" or bool(context.get("chart"))}


def _listed(context: Any) -> Exported | None:
    """The list that this page is, if it can be taken away and its search is a good one."""
    found = {reverse(kind.list_name): kind for kind in EXPORTED.values()}
    return None if context.get("errors") else found.get(context["request"].path)


def _asked(context: Any, *dropped: str) -> str:
    """The query string of this page without some parameters, as an address goes on with it."""
    query = context["request"].GET.copy()
    for name in dropped:
        query.pop(name, None)
    return f"?{query.urlencode()}" if query else ""


@register.inclusion_tag("partials/citation_head.html", takes_context=True)
def citation_head(context: Any, record: Any) -> dict[str, Any]:
    """What reference managers and search engines read in the head of a record's page."""
    is_policy = isinstance(record, Policy)
    with override(ENGLISH):
        work = work_of(record, _site(context))
        return {
            "tags": highwire(work),
            "linked": in_page(legislation(record, work)) if is_policy else "",
        }


def in_page(value: Any) -> SafeString:
    """`value` as JSON that no page takes for its own markup."""
    return mark_safe(json.dumps(value, ensure_ascii=False).translate(LIVE))  # noqa: S308


@register.inclusion_tag("partials/follow_menu.html", takes_context=True)
def follow_menu(context: Any) -> dict[str, Any]:
    """The feed, the calendar and the alerts of this page's search; none where it is wrong."""
    return _followed(context)


@register.inclusion_tag("partials/follow_head.html", takes_context=True)
def follow_head(context: Any) -> dict[str, Any]:
    """The same in the head of the page, where readers of feeds look for it."""
    return _followed(context)


def _followed(context: Any) -> dict[str, Any]:
    request = context["request"]
    if context.get("errors"):
        return {}
    kind = request.path.strip("/").partition("/")[0]
    names = FOLLOWED.get(kind, {})
    asked = _asked(context, "page", "sort", *SHAPES)
    site = site_of(request).partition("://")[2]
    addresses = {way: f"{reverse(name)}{asked}" for way, name in names.items()}
    dates = DATES.get(kind, MANY_DATES)
    return addresses | {"site": site, "title": context.get("title", ""), "dates": dates}
