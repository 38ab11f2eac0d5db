"""What of a version may still be shown: nothing of another record that is not public today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from policies.formerslugs import led_to
from policies.models import (
    Company,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PublicVersion,
    Sector,
)
from policies.vocabulary import VersionKind

from .corrections import references_in

# Which records of a kind are public today, and what versions call them by.
PUBLIC: dict[str, tuple[Any, str]] = {
    "policy": (Policy.objects.published, "slug"),
    "company": (Company.objects.published, "slug"),
    "issuingbody": (IssuingBody.objects.all, "slug"),
    "sector": (Sector.objects.all, "slug"),
    "newsletterissue": (NewsletterIssue.objects.published, "published_on"),
}
# Kinds that are reviewed before they are public: what is not, is not even named.
REVIEWED = {"policy"}


class Visible:
    """Which of the records that some states name are public; asks once for all of them.

    With a moment `at`, policies have to have been public then, too.
    """

    def __init__(self, states: Iterable[dict[str, Any]], *, at: datetime | None = None) -> None:
        named: dict[str, set[str]] = defaultdict(set)
        for state in states:
            for row in references_in(state):
                named[row["kind"]].add(row["slug"])
        self._public = {kind: self._found(kind, named[kind]) for kind in named if kind in PUBLIC}
        self._follow_former_slugs(named)
        if at is not None and self._public.get("policy"):
            self._keep_public_at(at)

    def _found(self, kind: str, slugs: set[str]) -> dict[str, int]:
        public, column = PUBLIC[kind]
        rows = public().filter(**{f"{column}__in": slugs}).values_list(column, "pk")
        return {str(slug): key for slug, key in rows}

    def _follow_former_slugs(self, named: dict[str, set[str]]) -> None:
        missing = {kind: named[kind] - found.keys() for kind, found in self._public.items()}
        lost = {(kind, slug) for kind, slugs in missing.items() for slug in slugs}
        for kind, keys in led_to(lost).items() if lost else ():
            public, _ = PUBLIC[kind]
            there = set(public().filter(pk__in=keys.values()).values_list("pk", flat=True))
            self._public[kind] |= {slug: key for slug, key in keys.items() if key in there}

    def _keep_public_at(self, at: datetime) -> None:
        policies = self._public["policy"]
        versions = PublicVersion.objects.filter(
            kind="policy", record_id__in=policies.values(), since__lte=at
        ).order_by("since", "pk")
        last = dict(versions.values_list("record_id", "change"))
        self._public["policy"] = {
            slug: key
            for slug, key in policies.items()
            if last.get(key, VersionKind.WITHDRAWN) != VersionKind.WITHDRAWN
        }

    def of(self, value: Any) -> Any:
        """Public fields without records that may not be named, and without links to nowhere."""
        if isinstance(value, list):
            return [self.of(row) for row in value if not self._names_hidden(row)]
        if not isinstance(value, dict):
            return value
        return {
            name: None if self._is_hidden(part) else self.of(part) for name, part in value.items()
        } | ({} if self._is_public(value) else {"address": ""})

    def _is_public(self, value: dict[str, Any]) -> bool:
        kind = value.get("kind")
        if not isinstance(kind, str) or kind not in self._public or "slug" not in value:
            return True
        return value["slug"] in self._public[kind]

    def _is_hidden(self, value: Any) -> bool:
        return (
            isinstance(value, dict)
            and value.get("kind") in list(REVIEWED)
            and (not self._is_public(value))
        )

    def _names_hidden(self, row: Any) -> bool:
        return self._is_hidden(row) or (
            isinstance(row, dict) and any(self._is_hidden(part) for part in row.values())
        )
