"""What answers for programs share: where the site is, and how a wrong question is refused."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

PLAIN = "text/plain; charset=utf-8"


def site_of(request: HttpRequest) -> str:
    """The address of the tracker as it was reached, without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")


def refused(errors: list[tuple[str, str]]) -> HttpResponse:
    """The answer to a query string with wrong parameters, each by name, as plain text."""
    lines = [f"{name}: {message}" for name, message in errors]
    return HttpResponse("\n".join(lines), status=400, content_type=PLAIN)


def head_alone(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: HEAD is answered without the body, which servers would warn of."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method != "HEAD":
            return response
        if isinstance(response, StreamingHttpResponse):
            # What it would have read from is closed with it.
            response.streaming_content = ()
        elif isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return answered
