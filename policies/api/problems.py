"""What goes wrong, told as problem details (RFC 9457) that name the parameter."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404
from django.urls import reverse
from rest_framework.exceptions import APIException, NotAcceptable, NotFound
from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"
# What each status means here, as the documents say it.
MEANINGS = {
    400: "A parameter is unknown or its value makes no sense; `errors` names each.",
    404: "There is no such record or address.",
    405: "The API is for reading: GET, HEAD and OPTIONS.",
    406: "The media type that was asked for cannot be had.",
    410: "The record was public and has been withdrawn.",
    412: "The data has changed since the state that was named.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
    500: "Something went wrong here, not in the request.",
}


class BadParameters(APIException):
    """Parameters that make no sense, each with what is wrong about it."""

    status_code = 400

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        super().__init__(" ".join(f"{name}: {message}" for name, message in errors))
        self.errors = errors


class Withdrawn(APIException):
    """A record that was public."""

    status_code = 410


class Changed(APIException):
    """The data is not in the state that the request makes a condition."""

    status_code = 412
    default_detail = MEANINGS[412]


def answer(exception: Exception, context: dict[str, Any]) -> Response:
    """The response to an exception of a view: problem details, whatever it was."""
    request = context["request"]
    if isinstance(exception, Http404):
        exception = NotFound(*exception.args)
    if isinstance(exception, NotAcceptable):
        types = ", ".join(one.media_type for one in context["view"].get_renderers())
        exception = NotAcceptable(f"What can be had: {types}.")
    if not isinstance(exception, APIException | PermissionDenied):
        return _fault(exception, request)
    status = getattr(exception, "status_code", 403)
    wait = getattr(exception, "wait", None)
    return _problem(
        request,
        status,
        str(getattr(exception, "detail", exception)),
        errors=getattr(exception, "errors", []),
        headers={"Retry-After": str(max(1, int(wait)))} if wait is not None else None,
    )


def _fault(exception: Exception, request: Any) -> Response:
    """What Django does with an exception that nobody expected, but as JSON."""
    if settings.DEBUG:
        raise exception
    got_request_exception.send(sender=None, request=request._request)
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", request.path, exc_info=exception
    )
    return _problem(request, 500, MEANINGS[500])


def _problem(
    request: Any,
    status: int,
    detail: str,
    *,
    errors: list[tuple[str, str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    body: dict[str, Any] = {
        "type": request.build_absolute_uri(f"{reverse('api_docs')}#status-{status}"),
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.get_full_path(),
    }
    if errors:
        body["errors"] = [{"parameter": name, "detail": message} for name, message in errors]
    return Response(body, status=status, headers=headers, content_type=MEDIA_TYPE)
