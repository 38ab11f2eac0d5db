"""Where a record stands on the site."""

from functools import cache

from django.urls import get_script_prefix, reverse


def address(name: str, slug: str) -> str:
    """The address called `name` of the record with this slug.

    `reverse` says the same, too slowly for a page of hundreds of links.
    """
    before, after = _around(name, get_script_prefix())
    return f"{before}{slug}{after}"


@cache
def _around(name: str, prefix: str) -> tuple[str, str]:
    before, _, after = reverse(name, args=["slug"]).rpartition("slug")
    return before, after
