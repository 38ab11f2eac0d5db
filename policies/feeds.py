"""Feeds: what changed, as Atom (RFC 4287), for whoever follows the tracker from elsewhere."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from policies.versions.asking import asked
from policies.versions.telling import entries

LATEST = 50
# Characters that XML has no way to write.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Before anything was ever changed, a feed is as old as this.
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The latest corrections and withdrawals, for the same query strings as the page."""
    question = asked(request.GET)
    if question.errors:
        lines = [f"{name}: {message}" for name, message in question.errors]
        return HttpResponse("\n".join(lines), status=400, content_type="text/plain; charset=utf-8")
    found = entries(list(question.versions()[:LATEST]))
    updated = max((entry.since for entry in found), default=BEGINNING)
    query = request.META.get("QUERY_STRING", "")
    page = request.build_absolute_uri(reverse("changes"))
    context = {
        "entries": found,
        "updated": updated,
        "site": request.build_absolute_uri("/").rstrip("/"),
        "host": urlsplit(f"//{request.get_host()}").hostname,
        "query": query,
        "own_address": request.build_absolute_uri(),
        "page_address": f"{page}?{query}" if query else page,
    }
    response = render(request, "policies/changes.atom", context)
    response.content = UNWRITABLE.sub("", response.content.decode()).encode()
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    response.headers["Last-Modified"] = http_date(updated.timestamp())
    digest = hashlib.sha256(response.content).hexdigest()[:32]
    response.headers["ETag"] = f'"{digest}"'
    return get_conditional_response(
        request, response.headers["ETag"], int(updated.timestamp()), response
    )  # type: ignore[return-value]
