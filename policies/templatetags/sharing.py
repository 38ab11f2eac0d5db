"""Template tags for the head of pages and for taking a list to another site."""

from __future__ import annotations

from typing import Any

from django.template import Library
from django.urls import reverse

from policies.languages import OFFERED, PARAMETER, TAGS, language_tag
from policies.querystrings import rest
from policies.sharing.framing import ancestors
from policies.sharing.heads import head

register = Library()

# By the address of a list, the frames that show it: a list, and a chart.
FRAMES = {
    "policy_list": ("embed_policies", "embed_policies_timeline"),
    "policy_timeline": ("embed_policies", "embed_policies_timeline"),
    "target_list": ("embed_targets", "embed_targets_horizon"),
    "event_list": ("embed_events", "embed_events_timeline"),
    "event_timeline": ("embed_events", "embed_events_timeline"),
}


@register.inclusion_tag("partials/share_head.html", takes_context=True)
def share_head(context: Any) -> dict[str, Any]:
    """The address of this page that lasts, its languages, and what cards say of it."""
    request = context.get("request")
    return {} if request is None else {"head": head(request, context.flatten())}


@register.inclusion_tag("partials/embed_menu.html", takes_context=True)
def embed_menu(context: Any) -> dict[str, Any]:
    """What shows this search on another site; nothing where no site may, or it is wrong."""
    request = context["request"]
    names = FRAMES.get(getattr(request.resolver_match, "url_name", ""))
    if names is None or context.get("errors") or not ancestors():
        return {}
    code = next(code for code, one in OFFERED.items() if TAGS[one] == language_tag())
    asked = rest(request.GET, "reading", **{PARAMETER: code})
    frames = [request.build_absolute_uri(f"{reverse(name)}?{asked}") for name in names]
    return {"frames": frames, "title": context.get("title", "")}
