"""What tells programs where things are: browsers, search engines, assistants."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from policies.answers import PLAIN, refused, site_of
from policies.exports import EXPORTED
from policies.filters import unknown
from policies.languages import is_chinese
from policies.search.suggest import suggestions


def _written(request: HttpRequest, template: str, media: str, **context: Any) -> HttpResponse:
    answer = render(request, template, {"site": site_of(request)} | context, content_type=media)
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """How browsers search the tracker from their address bar."""
    media = "application/opensearchdescription+xml; charset=utf-8"
    return _written(request, "found/opensearch.xml", media)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What may be meant by the first letters, as OpenSearch has it: the letters, and in three
    lists what to search for, what it is, and where it is searched for.
    """
    wrong = [(name, unknown(name, ("q",))) for name in request.GET if name != "q"]
    if wrong:
        return refused(wrong)
    typed, address = request.GET.get("q", ""), request.build_absolute_uri(reverse("search"))
    found = suggestions(typed, in_chinese=is_chinese())
    lists = [
        [one.query for one in found],
        [_(one.what) for one in found],
        [f"{address}?{_query(one.query)}" for one in found],
    ]
    media = "application/x-suggestions+json; charset=utf-8"
    return JsonResponse([typed, *lists], safe=False, content_type=media)


def _query(text: str) -> str:
    return urlencode({"q": text})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may ask for: pages, but not every combination of filters."""
    return _written(request, "found/robots.txt", PLAIN, files=list(EXPORTED))


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """What the tracker is and where its data is, for assistants that read it."""
    return _written(request, "found/llms.txt", PLAIN)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon, for what looks for it where it stood before pages named it."""
    return HttpResponseRedirect(static("icon-32.png"))
