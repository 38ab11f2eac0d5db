"""Cursors: where a page of a list ended, signed and tied to its search.

A cursor names the place of a page's last record by what it is ordered by, not a number
of a page. What is added, corrected or withdrawn meanwhile moves no other record: each
that does not itself move comes exactly once.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.http import QueryDict

from policies.search.walking import Mark


def written(mark: Mark, kind: str, query: QueryDict) -> str:
    """The cursor of a mark within the search for `query`."""
    return _signer(kind, query).sign_object([mark.group, mark.key], compress=True)


def read(cursor: str, kind: str, query: QueryDict) -> Mark:
    """The mark that a cursor of this search stands for. Raises BadSignature for any other."""
    try:
        group, key = _signer(kind, query).unsign_object(cursor)
    except (ValueError, UnicodeError) as damaged:
        raise BadSignature from damaged
    return Mark(group, tuple(key))


def _signer(kind: str, query: QueryDict) -> Signer:
    asked = sorted((name, value) for name, values in query.lists() for value in values)
    return Signer(salt=f"policies.api.cursors {kind} {asked}")
