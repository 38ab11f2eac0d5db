"""The parameters that the API has beside those of a search: read, or refused by name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.signing import BadSignature
from django.http import QueryDict

from policies.filtersets import unknown
from policies.languages import PARAMETER
from policies.search.walking import Mark
from policies.versions.asking import BadDay, past_day

from . import cursors
from .kinds import Kind

PAGE_SIZE, LARGEST_PAGE = 25, 100
LISTED = ("fields", "page_size", "cursor")
SINGLE = ("fields", "as_of")
COUNTED = ("facet",)
# Why what is known elsewhere is not known here.
ELSEWHERE = {
    "page": "Lists go by cursor here, not by page: follow `next`.",
    "as_of": "Only single records can be asked for as of a day: /policies/some-slug/?as_of=…",
    "format": "Ask with the header Accept; records come as application/json.",
}


class Asked:
    """A query string, divided into the search and the parameters `own`; collects what is wrong.

    `untold` are those that who asks gives by other means; where there are none, the
    language may be asked for, which was read before.
    """

    def __init__(
        self,
        query: QueryDict,
        own: Iterable[str],
        searched: Iterable[str] = (),
        *,
        untold: Iterable[str] = (),
    ) -> None:
        self.own, self.errors = tuple(own), list[tuple[str, str]]()
        known = {*own, *searched}
        for name in query:
            if name == PARAMETER and not untold:
                self.errors.append((name, unknown(name, known)))
            elif name not in known:
                self.errors.append((name, self._unknown(name, known - {*untold})))
        self._own = {name: query.getlist(name) for name in own if name in query}
        self.search = query.copy()
        for name in query:
            if name in own or name not in known:
                del self.search[name]

    def _unknown(self, name: str, known: set[str]) -> str:
        said = f"There is no parameter “{name}” here."
        if name in ELSEWHERE and (name != "page" or "cursor" in self.own):
            return f"{said} {ELSEWHERE[name]}"
        return f"{said} Known: {', '.join(sorted(known))}." if known else f"{said} None is known."

    def fields(self, kind: Kind) -> set[str] | None:
        """The public fields that were chosen; None for all."""
        return self._chosen("fields", [field.name for field in kind.fields])

    def facets(self, names: Iterable[str]) -> set[str] | None:
        """The facets that were chosen; None where none was."""
        return self._chosen("facet", list(names))

    def page_size(self) -> int:
        """How many records a page is to have."""
        text = self._one("page_size")
        if not text:
            return PAGE_SIZE
        if text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= LARGEST_PAGE:
            return int(text)
        self.errors.append(("page_size", f"“{text}” is no number from 1 to {LARGEST_PAGE}."))
        return PAGE_SIZE

    def mark(self, kind: Kind) -> Mark | None:
        """Where the page before ended; None for the first."""
        text = self._one("cursor")
        if not text:
            return None
        try:
            return cursors.read(text, kind.name, self.search)
        except BadSignature:
            wanted = "It is none of this search, or damaged. Begin again without it."
            self.errors.append(("cursor", wanted))
            return None

    def day(self) -> date | None:
        """The day of the past that is asked for."""
        if "as_of" not in self._own:
            return None
        try:
            return past_day(self._own["as_of"])
        except BadDay as refusal:
            self.errors.append(("as_of", str(refusal)))
            return None

    def _one(self, name: str) -> str:
        values = self._own.get(name, [])
        if len(values) > 1:
            self.errors.append((name, f"“{name}” can be given once only."))
        return values[0] if values else ""

    def _chosen(self, name: str, known: list[str]) -> set[str] | None:
        values = [part.strip() for value in self._own.get(name, []) for part in value.split(",")]
        wanted = [value for value in values if value]
        if not wanted and any(self._own.get(name, [])):
            self.errors.append((name, "It names nothing."))
        self.errors += [
            (name, f"“{value}” is not known. Allowed: {', '.join(known)}.")
            for value in dict.fromkeys(wanted)
            if value not in known
        ]
        return set(wanted) or None
