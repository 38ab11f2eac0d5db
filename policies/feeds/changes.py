"""What changed in published records, as a feed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from policies.answers import refused
from policies.versions.asking import asked
from policies.versions.latest import BEGINNING
from policies.versions.telling import entries

from .atom import LATEST, answered


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The latest corrections and withdrawals, for the same query strings as the page."""
    question = asked(request.GET)
    if question.errors:
        return refused(question.errors)
    found = entries(list(question.versions()[:LATEST]))
    updated = max((entry.since for entry in found), default=BEGINNING)
    query = request.META.get("QUERY_STRING", "")
    page = request.build_absolute_uri(reverse("changes"))
    context = {
        "entries": found,
        "updated": updated,
        "query": query,
        "page_address": f"{page}?{query}" if query else page,
    }
    return answered(request, "policies/changes.atom", context, changed=updated)
