"""Pages as they were made before, for as long as no public record changes.

The version of the data is part of what a page is kept by, so the first request after an
edit makes its page anew, in every process. Only pages that are the same for everybody
may be kept: none with a token in a form, none that knows who is logged in; and only
pages of all that there is, none of a search that took too long.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import get_language

from policies.search.index import one_answer

KEPT_SECONDS = 86_400


def kept(get: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view's `get` answer with the page that it made of the same address before."""

    @wraps(get)
    def answer(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with one_answer() as told:
            versions = told.index.generation, told.index.version
            cache, key = caches["pages"], _key(request, *versions)
            content = cache.get(key)
            if content is not None:
                return HttpResponse(content)
            response = get(self, request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
            if response.status_code == 200 and not told.is_partial:
                _forget_others(cache, versions)
                cache.set(key, response.content, KEPT_SECONDS)
            return response

    return answer


def _forget_others(cache: Any, versions: tuple[int, int]) -> None:
    """Drop the pages of other versions, which nobody will be given any more."""
    if cache.get("versions") != versions:
        cache.clear()
        cache.set("versions", versions, None)


def _key(request: HttpRequest, *versions: int) -> str:
    parts = (*versions, localdate(), get_language(), request.build_absolute_uri())
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
