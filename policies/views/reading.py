"""A reading list without an account: policies named in the address, carried from page to page.

`in` finds the policies of the list; `reading` only keeps them while the reader looks
elsewhere. Every link here keeps the rest of the address as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from policies.compare import FEWEST
from policies.compare import MOST as MOST_COMPARED
from policies.filterslugs import MOST, known_slugs, slugs_in
from policies.models import Policy

KEPT, FOUND = "reading", "in"


class ReadingList:
    """The policies that an address keeps, and where each step leads from this page."""

    def __init__(self, query: QueryDict, path: str = "") -> None:
        self._query, self._path = query, path
        self._name = KEPT if slugs_in(query.getlist(KEPT)) else FOUND
        asked = slugs_in(query.getlist(self._name))
        self.is_open = self._name == FOUND and bool(asked)
        if not asked:
            self._name = KEPT
        self.slugs = asked[: MOST + 1]

    def __bool__(self) -> bool:
        return bool(self.slugs)

    def __len__(self) -> int:
        return len(self.slugs)

    def __contains__(self, slug: str) -> bool:
        return slug in self.slugs

    @cached_property
    def unknown(self) -> list[str]:
        """What of the list is not public, or not any more."""
        known = known_slugs(Policy, self.slugs) if self.slugs else {}
        return [slug for slug in self.slugs if slug not in known]

    @property
    def carried(self) -> str:
        """What an address of a policy, or of their list, ends with to keep the list."""
        return f"?{_asked({KEPT: self.slugs})}" if self.slugs else ""

    @property
    def open_url(self) -> str:
        """The policies of the list."""
        return f"{reverse('policy_list')}?{_asked({FOUND: self.slugs})}"

    @property
    def compare_url(self) -> str:
        """The policies side by side, or the choice of them; nothing where there are too few."""
        if len(self.slugs) < FEWEST:
            return ""
        chosen = {"policy": self.slugs} if len(self.slugs) <= MOST_COMPARED else {}
        return f"{reverse('compare')}?{_asked(chosen | {KEPT: self.slugs})}"

    @property
    def more_url(self) -> str:
        """All policies, to add some of them."""
        return f"{reverse('policy_list')}{self.carried}"

    @property
    def files(self) -> list[tuple[str, str]]:
        """The list as files: what each is called, and where it is."""
        asked = _asked({FOUND: self.slugs})
        return [
            (label, f"{reverse(f'policies.{ending}')}?{asked}")
            for label, ending in (("RIS", "ris"), ("BibTeX", "bib"), ("Excel", "xlsx"))
        ]

    @property
    def clear_url(self) -> str:
        """This page without the list."""
        return self._with([])

    @property
    def known_url(self) -> str:
        """This page with what of the list is public."""
        return self._with([slug for slug in self.slugs if slug not in self.unknown])

    def flipped(self, slug: str) -> str:
        """This page with one policy added, or taken away; nothing where the list is full."""
        if slug in self.slugs:
            return self._with([kept for kept in self.slugs if kept != slug])
        return self._with([*self.slugs, slug]) if len(self.slugs) < MOST else ""

    def _with(self, slugs: list[str]) -> str:
        changed = self._query.copy()
        changed.pop(self._name, None)
        # Where the list is what is found, pages may have become fewer.
        if self._name == FOUND:
            changed.pop("page", None)
        kept = changed.urlencode()
        parts = [kept] if kept else []
        parts += [_asked({self._name: slugs})] if slugs else []
        return f"{self._path}?{'&'.join(parts)}" if parts else self._path or "?"


def _asked(lists: dict[str, list[str]]) -> str:
    return urlencode({name: ",".join(slugs) for name, slugs in lists.items()}, safe=",")


def beside(request: HttpRequest, policies: Iterable[Any]) -> dict[str, Any]:
    """The reading list of a page, with what adds each policy to it hung on the policy."""
    reading = ReadingList(request.GET, request.path)
    for policy in policies:
        policy.is_kept = policy.slug in reading
        policy.keep_url = reading.flipped(policy.slug)
    return {"reading": reading, "carried": reading.carried}
