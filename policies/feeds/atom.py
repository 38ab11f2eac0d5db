"""What all feeds share: how one is written, and how wrong or repeated questions are answered."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from policies.answers import site_of
from policies.xmltext import writable

LATEST = 50


def answered(
    request: HttpRequest, template: str, context: dict[str, Any], *, changed: datetime
) -> HttpResponse:
    """The feed, or that it is as it was; `changed` is when what it holds changed last."""
    context |= {
        "site": site_of(request),
        "host": urlsplit(f"//{request.get_host()}").hostname,
        "own_address": request.build_absolute_uri(),
    }
    response = render(request, template, context)
    response.content = writable(response.content.decode()).encode()
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    response.headers["Last-Modified"] = http_date(changed.timestamp())
    digest = hashlib.sha256(response.content).hexdigest()[:32]
    response.headers["ETag"] = f'"{digest}"'
    return get_conditional_response(
        request, response.headers["ETag"], int(changed.timestamp()), response
    )  # type: ignore[return-value]
