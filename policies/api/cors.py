"""Lets programs on other sites read the API and the files of lists; all of it is public."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

OPEN = re.compile(r"/api/|/[a-z]+\.[a-z.]+$")
ASKS = "Access-Control-Request-Method"
TOLD = (
    "ETag, Last-Modified, Link, Location, Retry-After, RateLimit-Limit, RateLimit-Remaining, "
    "RateLimit-Reset, X-Record-Count, X-Complete"
)


def open_for_reading(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware; stands before those that may answer themselves, such as with a redirect."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not OPEN.match(request.path_info):
            return get_response(request)
        # A browser asks before it sends headers of its own; what is asked for need not be made.
        is_asking = request.method == "OPTIONS" and ASKS in request.headers
        response = HttpResponse(status=204) if is_asking else get_response(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = TOLD
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = "*"
            response.headers["Access-Control-Max-Age"] = "86400"
        return response

    return middleware
