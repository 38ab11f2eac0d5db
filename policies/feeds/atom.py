"""What all feeds share: how one is written, and how wrong or repeated questions are answered."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

LATEST = 50
# Characters that XML has no way to write.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Before anything was ever changed, a feed is as old as this.
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)


def refused(errors: list[tuple[str, str]]) -> HttpResponse:
    """The answer to a query string with wrong parameters, each by name."""
    lines = [f"{name}: {message}" for name, message in errors]
    return HttpResponse("\n".join(lines), status=400, content_type="text/plain; charset=utf-8")


def answered(
    request: HttpRequest, template: str, context: dict[str, Any], *, changed: datetime
) -> HttpResponse:
    """The feed, or that it is as it was; `changed` is when what it holds changed last."""
    context |= {
        "site": request.build_absolute_uri("/").rstrip("/"),
        "host": urlsplit(f"//{request.get_host()}").hostname,
        "own_address": request.build_absolute_uri(),
    }
    response = render(request, template, context)
    response.content = UNWRITABLE.sub("", response.content.decode()).encode()
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    response.headers["Last-Modified"] = http_date(changed.timestamp())
    digest = hashlib.sha256(response.content).hexdigest()[:32]
    response.headers["ETag"] = f'"{digest}"'
    return get_conditional_response(
        request, response.headers["ETag"], int(changed.timestamp()), response
    )  # type: ignore[return-value]
