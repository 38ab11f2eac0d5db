"""In which language a request is answered: asked for, remembered, or the browser's wish.

`lang=en` or `lang=zh-hans` behind the address of any page shows it in that language
and is remembered, unless the page is a frame on another site; no page sees the
parameter, so it is part of no search and of no record's address. Programs are always
answered in English, whatever is asked for: files, feeds, calendars and the API have one
form, and the desk is in English too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

from policies.languages import ENGLISH, OFFERED, PARAMETER, TAGS

# A frame's language is that of the site around it, and not its reader's choice.
IN_A_FRAME = re.compile("/embed/")
MOVED = (301, 302, 303, 307, 308)
# The desk, the API, and whatever has the ending of a file.
IN_ENGLISH = re.compile(r"/(admin|api|mcp)(/.*)?|.*/[^/]*\.[^/]+")


class ReadersLanguage:
    """Answers each request in the language of its reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = _asked(request)
        is_wrong = any(value not in OFFERED for value in asked) or len(set(asked)) > 1
        if IN_ENGLISH.fullmatch(request.path_info):
            # What is wrong there is refused as any other parameter is.
            if not is_wrong:
                _take_out(request)
            return self._answered(request, ENGLISH)
        _take_out(request)
        wished = get_language_from_request(request)
        if is_wrong:
            with override(wished):
                context = {"value": ", ".join(asked), "offered": OFFERED}
                return render(request, "policies/bad_language.html", context, status=400)
        language = OFFERED[asked[0]] if asked else wished
        request.is_in_both_languages = True  # type: ignore[attr-defined]
        response = self._answered(request, language)
        response.headers.setdefault("Content-Language", TAGS[language])
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        if asked and not IN_A_FRAME.match(request.path_info):
            _remember(response, language)
        if asked and response.status_code in MOVED:
            _lead_on(response, asked[0])
        return response

    def _answered(self, request: HttpRequest, language: str) -> HttpResponse:
        request.LANGUAGE_CODE = language
        with override(language):
            return self.get_response(request)


def _asked(request: HttpRequest) -> list[str]:
    """The languages that the address asks for."""
    parts = request.META.get("QUERY_STRING", "").split("&")
    asked = [part for part in parts if part.partition("=")[0] == PARAMETER]
    return QueryDict("&".join(asked)).getlist(PARAMETER)


def _take_out(request: HttpRequest) -> None:
    """Make the address one that names no language."""
    parts = request.META.get("QUERY_STRING", "").split("&")
    rest = [part for part in parts if part.partition("=")[0] != PARAMETER]
    request.META["QUERY_STRING"] = "&".join(rest)


def _lead_on(response: HttpResponse, asked: str) -> None:
    """Let a redirect within the site keep the language, for who takes no cookie along."""
    address, mark, fragment = response.headers["Location"].partition("#")
    if address.startswith("/") and not address.startswith("//"):
        joint = "&" if "?" in address else "?"
        response.headers["Location"] = f"{address}{joint}{PARAMETER}={asked}{mark}{fragment}"


def _remember(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
