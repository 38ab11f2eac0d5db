"""Template tags for what readers take away: files of a list, citations of a record."""

from __future__ import annotations

import json
from typing import Any

from django.template import Library
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import override

from policies.citations import STYLES, cite, highwire, legislation, work_of
from policies.exports import EXPORTED, formats_of
from policies.facets import SHAPES
from policies.languages import ENGLISH
from policies.models import Policy

register = Library()

# By the folder of a list: where its feed, its calendar and its alerts are.
FOLLOWED = {
    kind: {"feed": f"{kind}.atom", "calendar": f"{kind}.ics", "alert": f"alert_new_{kind}"}
    for kind in ("policies", "targets", "events")
} | {"calendar": {"calendar": "calendar.ics"}}
# What would end the block that holds JSON, or begin another.
LIVE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def _site(context: Any) -> str:
    return context["request"].build_absolute_uri("/").rstrip("/")


@register.inclusion_tag("partials/export_menu.html", takes_context=True)
def export_menu(context: Any) -> dict[str, Any]:
    """The formats in which the search of this page can be had; none where it is wrong."""
    request = context["request"]
    found = {reverse(kind.list_name): kind for kind in EXPORTED.values()}
    kind = None if context.get("errors") else found.get(request.path)
    if kind is None:
        return {}
    query = request.GET.copy()
    query.pop("page", None)
    asked = f"?{query.urlencode()}" if query else ""
    files = [
        (f"{reverse(f'{kind.name}.{ending}')}{asked}", one)
        for ending, one in formats_of(kind.name).items()
    ]
    return {"files": files, "count": context.get("count")}


@register.inclusion_tag("partials/cite.html", takes_context=True)
def citations(context: Any, record: Any) -> dict[str, Any]:
    """The record cited in each style, as read today; the same in every language of the page."""
    today, site = localdate(), _site(context)
    with override(ENGLISH):
        cited = [(label, style, cite(record, style, today, site)) for style, (label, _) in
                 STYLES.items()]  # fmt: skip
    return {"cited": cited}


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
    names = FOLLOWED.get(request.path.strip("/").partition("/")[0], {})
    query = request.GET.copy()
    for dropped in ("page", "sort", *SHAPES):
        query.pop(dropped, None)
    asked = f"?{query.urlencode()}" if query else ""
    site = request.build_absolute_uri("/").partition("://")[2].rstrip("/")
    addresses = {way: f"{reverse(name)}{asked}" for way, name in names.items()}
    return addresses | {"site": site, "title": context.get("title", "")}
