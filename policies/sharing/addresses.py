"""The one address under which a page is known elsewhere, and the same page in each language.

An address is kept by what it finds. How a page is sorted or drawn is left out, and so is
the page of a list in another order; what is left stands in one order, so that two ways to
the same records give one address. What stands behind a record's address narrows the record
and is no other page.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest

from policies.facets import SHAPES
from policies.languages import CHINESE, OFFERED, PARAMETER, TAGS, is_chinese

# Parameters that say how a list looks.
LOOKS = {"sort", *SHAPES}
ANYBODYS = "x-default"
IN_CHINESE = next(code for code, language in OFFERED.items() if language == CHINESE)


def asked(request: HttpRequest) -> str:
    """The query that defines what a page holds, in its one order; empty where nothing does."""
    match = request.resolver_match
    if match is None or "slug" in match.kwargs:
        return ""
    dropped = {*LOOKS, "page"} if request.GET.get("sort") else LOOKS
    pairs = {
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if value and name not in dropped and (name, value) != ("page", "1")
    }
    return urlencode(sorted(pairs))


def lasting(request: HttpRequest) -> str:
    """The whole address of this page, whatever the language it is read in."""
    query = asked(request)
    return request.build_absolute_uri(request.path) + (f"?{query}" if query else "")


def canonical(request: HttpRequest) -> str:
    """The whole address of this page in the language that it is read in."""
    return in_chinese(lasting(request)) if is_chinese() else lasting(request)


def alternates(address: str) -> Iterator[tuple[str, str]]:
    """The languages of the page at `address`, each as links name it with its address.

    Without a wish of the reader's the page is in English, so that has no address of its own.
    """
    yield ANYBODYS, address
    for language in OFFERED.values():
        yield TAGS[language], in_chinese(address) if language == CHINESE else address


def in_chinese(address: str) -> str:
    """The page at `address` in Chinese."""
    return f"{address}{'&' if '?' in address else '?'}{PARAMETER}={IN_CHINESE}"
