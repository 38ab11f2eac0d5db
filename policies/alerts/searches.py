"""A search as alerts have it: one of the lists that can be followed, and a query string."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from pyroaring import BitMap

from policies.exports import EXPORTED, Exported
from policies.facets import SHAPES, chips
from policies.filters import TrackerFilterSet
from policies.formerslugs import todays
from policies.languages import mark
from policies.models import Alert

from .troubles import place_of

logger = logging.getLogger(__name__)

FOLLOWED = ("policies", "targets", "events")
TITLES = {
    "policies": gettext_lazy("Policies"),
    "targets": gettext_lazy("Targets"),
    "events": gettext_lazy("Corporate events"),
}
# What says how a list looks, not what it holds.
LOOKS = {"page", "sort", *SHAPES}


class Search:
    """The records that a list holds for a query string.

    The set is that of the index when it is first asked for; make a new one to ask again.
    """

    def __init__(self, kind: str, query: QueryDict) -> None:
        self.exported: Exported = EXPORTED[kind]
        self.query = query
        # The version of the data as of which the records were found.
        self.version = -1
        self._breaks = False

    @classmethod
    def of(cls, alert: Alert) -> Search:
        """What an alert follows."""
        return cls(alert.kind, QueryDict(todays(alert.query)))

    @property
    def kind(self) -> str:
        return self.exported.name

    @property
    def title(self) -> str:
        """What the list is called."""
        return str(TITLES[self.kind])

    @cached_property
    def filterset(self) -> TrackerFilterSet:
        return self.exported.filterset_class(self.query)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Each wrong parameter with what is wrong."""
        if self._breaks:
            return [(gettext("Search"), gettext("It led to an error of this site."))]
        return self.filterset.errors_by_parameter

    def can_be_answered(self) -> bool:
        """Whether its records are found. What breaks is logged, and one of the `errors`."""
        try:
            _ = self.ids
        except Exception as error:
            self._breaks = True
            place = place_of(error)
            logger.error("A search of an alert breaks: %s?%s\n%s", self.kind, self.asked, place)
        return not self.errors

    @cached_property
    def ids(self) -> BitMap:
        """The records found; none where a parameter is wrong."""
        self.version = self.filterset.index.version
        return self.filterset.ids()

    def in_order(self, keys: Iterable[int]) -> list[int]:
        """Some records in the order in which their list opens: the newest or the next due first.

        All of them: those that the order does not hold, or not yet, come last.
        """
        ids = BitMap(keys)
        placed = self.filterset.found.page(ids, self.filterset.default_order, 0, len(ids))
        return [*placed, *(ids - BitMap(placed))]

    @property
    def is_partial(self) -> bool:
        """Whether there may be more than were found, because looking took too long."""
        return self.ids is not None and self.filterset.found.is_partial

    @cached_property
    def asked(self) -> str:
        """The query string without what says how a list looks, the same for the same search."""
        pairs = {
            (name, value)
            for name, values in self.query.lists()
            for value in values
            if value and name not in LOOKS
        }
        return urlencode(sorted(pairs))

    @property
    def key(self) -> str:
        """A digest of the search."""
        return hashlib.sha256(f"{self.kind}?{self.asked}".encode()).hexdigest()

    @property
    def list_path(self) -> str:
        """The list without a search."""
        return reverse(self.exported.list_name)

    @property
    def path(self) -> str:
        """The list that holds the same records."""
        return f"{self.list_path}?{self.asked}" if self.asked else self.list_path

    @cached_property
    def words(self) -> list[tuple[str, str]]:
        """What is asked for, as pairs of a filter's name and the values chosen."""
        chosen: dict[str, list[str]] = {}
        for chip in chips(self.filterset, QueryDict(self.asked)):
            chosen.setdefault(chip.label, []).append(str(chip.value))
        return [(label, mark("comma").join(values)) for label, values in chosen.items()]

    @cached_property
    def in_words(self) -> str:
        """The search in one line."""
        if not self.words:
            return gettext("%(list)s, all") % {"list": self.title}
        colon = mark("colon")
        told = mark("semicolon").join(f"{label}{colon}{values}" for label, values in self.words)
        return f"{self.title}{mark('aside')}{told}"
