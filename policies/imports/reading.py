"""From the bytes of a file to a parsed issue, read once as long as the process remembers."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from policies.newsletter import ParsedIssue, parse_issue
from policies.readers import Limits, kind_of, read

# Issues that a process keeps: a few editors work at once, and a long one takes seconds.
REMEMBERED = 4


def text_of(data: bytes, name: str) -> str:
    """The text of a file; raises Unreadable."""
    return read(data, name=name, limits=_limits())


def check_kind(data: bytes, name: str) -> None:
    """Raise Unreadable for a file that is too large, or of a kind that cannot be read."""
    _limits().check_size(data)
    kind_of(data, name)


def _limits() -> Limits:
    return Limits(
        max_bytes=settings.NEWSLETTER_MAX_BYTES, max_seconds=settings.NEWSLETTER_MAX_SECONDS
    )


@lru_cache(maxsize=REMEMBERED)
def parsed(text: str) -> ParsedIssue:
    """The issue in `text`; raises NotANewsletter."""
    return parse_issue(text)
