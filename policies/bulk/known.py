"""What the cells of a sheet may name: bodies, sectors, regions, companies, issues, policies.

Read once for a whole sheet, then looked up without a query. A name is found by
slug or by any of its names in either language; never by likeness. What is not
found gets the likeliest names for the editor to choose from.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process

from policies.formerslugs import led_to
from policies.models import (
    BodyAlias,
    Company,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Region,
    Sector,
)
from policies.models.names import name_key
from policies.registry import BodyRegistry

# A name less like what was typed than this, of 100, is not proposed.
LIKE = 55
PROPOSED = 3
NAME_FIELDS = ("name_en", "name_zh", "abbreviation", "short_name_zh", "title")


class Names:
    """The records of one model by slug and by every name; a name of two records finds none."""

    def __init__(self, records: Iterable[Any], names: dict[int, list[str]] | None = None) -> None:
        self.by_slug: dict[str, Any] = {}
        self._by_key: dict[str, Any] = {}
        self._words: dict[str, str] = {}
        self._likely: dict[str, list[str]] = {}
        for record in records:
            self.by_slug[record.slug] = record
            given = [getattr(record, name, "") for name in NAME_FIELDS]
            given += getattr(record, "aliases", None) or [] if names is None else []
            given += (names or {}).get(record.pk, [])
            for name in filter(None, given):
                self._words.setdefault(name_key(name), str(name))
                if self._by_key.setdefault(name_key(name), record) is not record:
                    self._by_key[name_key(name)] = None

    def find(self, name: str) -> Any:
        """The record called `name`, or None."""
        return self.by_slug.get(name.strip().lower()) or self._by_key.get(name_key(name))

    def likely(self, name: str) -> list[str]:
        """The names that are most like `name`, each of another record, the likeliest first."""
        if name in self._likely:
            return self._likely[name]
        candidates = list(self._words)
        found = process.extract(name_key(name), candidates, scorer=fuzz.ratio, limit=12)
        near, seen = [], set()
        for key, score, _ in found:
            record = self._by_key[key]
            if score >= LIKE and record is not None and record.pk not in seen:
                seen.add(record.pk)
                near.append(self._words[key])
        self._likely[name] = near[:PROPOSED]
        return self._likely[name]


class Known:
    """Everything that a sheet may name, each kind read when the first cell asks for it."""

    def __init__(self) -> None:
        self._policies: dict[str, Policy] = {}

    @cached_property
    def registry(self) -> BodyRegistry:
        return BodyRegistry()

    @cached_property
    def _aliases(self) -> list[BodyAlias]:
        return list(BodyAlias.objects.all())

    @cached_property
    def bodies(self) -> Names:
        names: dict[int, list[str]] = {}
        for alias in self._aliases:
            names.setdefault(alias.body_id, []).append(alias.name)
        return Names(IssuingBody.objects.all(), names)

    @cached_property
    def alias_owners(self) -> dict[str, int]:
        """By the key of another name, the key of the body that has it."""
        return {alias.key: alias.body_id for alias in self._aliases}

    @cached_property
    def sectors(self) -> Names:
        return Names(Sector.objects.all())

    @cached_property
    def regions(self) -> Names:
        return Names(Region.objects.all())

    @cached_property
    def companies(self) -> Names:
        return Names(Company.objects.all())

    @cached_property
    def issues(self) -> list[NewsletterIssue]:
        return list(NewsletterIssue.objects.only("publisher", "published_on", "title"))

    def body(self, name: str) -> IssuingBody | None:
        """The registered body that `name` means, as intake resolves it, or by its slug."""
        return self.registry.resolve(name) or self.bodies.by_slug.get(name.strip())

    def read_policies(self, slugs: Iterable[str]) -> None:
        """Make the policies with these addresses, today's or former ones, known."""
        self._policies |= by_slug(Policy, slugs)

    @property
    def policies_read(self) -> set[int]:
        """The keys of the policies that are known."""
        return {policy.pk for policy in self._policies.values()}

    def policy(self, slug: str) -> Policy | None:
        return self._policies.get(slug.strip())


def by_slug(model: Any, slugs: Iterable[str], records: Any = None) -> dict[str, Any]:
    """The records of `model` by each of `slugs`, by a former one too; from `records` if given."""
    wanted = sorted({slug.strip() for slug in slugs if slug.strip()})
    found: dict[str, Any] = {}
    kind = model._meta.model_name
    records = model._base_manager.all() if records is None else records
    for start in range(0, len(wanted), 1000):
        part = wanted[start : start + 1000]
        found |= {record.slug: record for record in records.filter(slug__in=part)}
        gone = [slug for slug in part if slug not in found]
        former = led_to({(kind, slug) for slug in gone}).get(kind, {})
        present = {record.pk: record for record in records.filter(pk__in=former.values())}
        found |= {slug: present[key] for slug, key in former.items() if key in present}
    return found


def unknown(name: str, kind: str, names: Names, *, advice: str = "") -> str:
    """Says that `name` is no `kind`, and what it may have meant."""
    near = names.likely(name)
    proposed = f" Perhaps {' or '.join(f'“{one}”' for one in near)}?" if near else ""
    return f"“{name}” is no {kind} that is known.{proposed}{f' {advice}' if advice else ''}"
