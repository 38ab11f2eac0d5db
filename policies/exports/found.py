"""What a search takes away: its records in its order, read in groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import slugify

from policies.filters import (
    BodyFilter,
    CompanyFilter,
    EventFilter,
    PolicyFilter,
    TargetFilter,
    TrackerFilterSet,
)
from policies.models import IssuingBody
from policies.querystrings import joined, pairs, rest
from policies.records import public_records
from policies.records.addresses import complete

# So many records are held at a time.
GROUP = 500
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Exported:
    """A kind of record whose lists can be taken away."""

    name: str
    list_name: str
    filterset_class: type[TrackerFilterSet]

    @property
    def model(self) -> Any:
        return self.filterset_class.model

    @property
    def records(self) -> QuerySet:
        """The public records."""
        return self.model.objects.all() if self.model is IssuingBody else self._published()

    def _published(self) -> QuerySet:
        long = [name for name in ("imported", "note") if hasattr(self.model, "imported")]
        return self.model.objects.published().defer(*long)

    def groups(self, ids: list[int], *related: Any) -> Iterator[list[Any]]:
        """The records called `ids` in that order, with what hangs on them, some at a time.

        What was withdrawn since is not among them.
        """
        for start in range(0, len(ids), GROUP):
            keys = ids[start : start + GROUP]
            found = self.records.prefetch_related(*related).in_bulk(keys)
            yield [found[key] for key in keys if key in found]

    def fields(self, ids: list[int], site: str) -> Iterator[dict[str, Any]]:
        """The public fields of each of them, with whole addresses."""
        for group in self.groups(ids):
            for fields in public_records(group):
                yield complete(fields, site)


EXPORTED: dict[str, Exported] = {
    kind.name: kind
    for kind in (
        Exported("policies", "policy_list", PolicyFilter),
        Exported("targets", "target_list", TargetFilter),
        Exported("events", "event_list", EventFilter),
        Exported("bodies", "body_list", BodyFilter),
        Exported("companies", "company_list", CompanyFilter),
    )
}


class Taken:
    """The records that a query string finds, to be written down on the day `day`.

    `site` is the address of the tracker without a slash at its end.
    """

    def __init__(self, kind: Exported, query: QueryDict, site: str, day: date) -> None:
        self.kind, self.query, self.site, self.day = kind, query, site, day
        self.filterset = kind.filterset_class(query)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Each wrong parameter with what is wrong. A page is none: a file holds all pages."""
        return self.filterset.errors_by_parameter

    @cached_property
    def ids(self) -> list[int]:
        """What was found, in the order asked for."""
        return self.filterset.page(0, len(self.filterset.ids()))

    @property
    def is_partial(self) -> bool:
        """Whether there may be more than were found, because looking took too long."""
        return self.filterset.found.is_partial

    @property
    def address(self) -> str:
        """The page of the same search."""
        return joined(self.site + reverse(self.kind.list_name), rest(self.query))

    @property
    def file_name(self) -> str:
        """What was found, by which question, and when; without an ending."""
        return file_name(self.kind.name, self.query, self.day)

    def groups(self, *related: Any) -> Iterator[list[Any]]:
        """The records with what hangs on them, some at a time; without what was withdrawn since."""
        return self.kind.groups(self.ids, *related)

    def fields(self) -> Iterator[dict[str, Any]]:
        """The public fields of each record, with whole addresses."""
        return self.kind.fields(self.ids, self.site)


def file_name(what: str, query: QueryDict, day: date) -> str:
    """What a file holds, by which question, and when; without an ending."""
    words = slugify(" ".join(f"{k} {v}" for k, v in pairs(query)), allow_unicode=True)
    return "-".join(filter(None, (what, words[:LONGEST_NAME].strip("-_"), day.isoformat())))
