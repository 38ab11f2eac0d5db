"""The biography of a phrase: where it first appeared, and how it spread over any search."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from policies.breakdown import Breakdown, Row
from policies.filters import EventFilter, PolicyFilter, TargetFilter, TrackerFilterSet
from policies.models import Term

OLDEST_FIRST = "announced"
# So many issues, bodies and sectors are shown at once; the rest is folded.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Spread:
    """Rows of one kind: those shown at once, and those that are folded away."""

    first: list[Row]
    more: list[Row]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How many records of another kind hold the words, and where they are listed."""

    kind: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """The first policy with a term by its key, how many there are, and the term's biography."""

    first: int
    count: int
    url: str


def asks_for_words(filterset: TrackerFilterSet) -> bool:
    """Whether a search has words; without them there is nothing to tell."""
    query = filterset.query
    return not filterset.errors_by_parameter and query is not None and not query.is_empty


def first_of(filterset: TrackerFilterSet) -> list[int]:
    """The key of the policy announced first among those found; empty where nothing is."""
    return filterset.found.page(filterset.ids(), OLDEST_FIRST, 0, 1)


def spread(found: Breakdown) -> dict[str, Any]:
    """How the policies of a search spread over years, issues, bodies and sectors."""
    years = [row for row in found.rows(found.years()) if row.total.count or row.label.isdigit()]
    issues = [row for row in found.rows(found.issues()) if row.total.count]
    return {
        "years": years,
        "issues": _folded(issues),
        "issue_number": sum(1 for part in found.one_of("issue") if part.ids),
        "bodies": _folded([row for row in found.rows(found.bodies()) if row.total.count]),
        "sectors": _folded([row for row in found.rows(found.sectors()) if row.total.count]),
    }


def maybe_earlier(found: Breakdown, first: Any) -> tuple[int, str]:
    """How many policies may be older than the first, being dated to its year alone; their list.

    A date known to the year stands at the end of it.
    """
    if first.announced_on is None or first.announced_precision not in ("day", "month"):
        return 0, ""
    value = f"{first.announced_on.year:04}-unknown"
    ids = found.base & found.held.value("month", value)
    return len(ids), found.url({"month": [value]}) if ids else ""


def elsewhere(query: QueryDict) -> list[Elsewhere]:
    """The same words, without the filters, in targets and events."""
    asked = QueryDict(mutable=True)
    for name in ("q", "exact"):
        if value := query.get(name):
            asked[name] = str(value)
    kinds: list[tuple[str, Any, str]] = [
        ("target", TargetFilter, "target_list"),
        ("event", EventFilter, "event_list"),
    ]
    return [
        Elsewhere(kind, len(made(asked).ids()), f"{reverse(name)}?{asked.urlencode()}")
        for kind, made, name in kinds
    ]


def appearance(term: Term) -> Appearance | None:
    """Where a term of the glossary first appeared; None where no public policy has it."""
    words = {"q": asked_for(term.term_en or term.term_zh)}
    query = QueryDict(urlencode(words))
    filterset: TrackerFilterSet = PolicyFilter(query)
    first = first_of(filterset)
    if not first:
        return None
    return Appearance(first[0], len(filterset.ids()), f"{reverse('phrase')}?{urlencode(words)}")


def asked_for(name: str) -> str:
    """A name as a phrase of the search."""
    return '"{}"'.format(name.replace('"', " "))


def held_together(words: str) -> str:
    """Several plain words as one phrase; nothing where they are none or say how they are meant."""
    is_plain = len(words.split()) > 1 and re.fullmatch(r"[\w\s’'-]+", words)
    has_signs = re.search(r"(^|\s)(-|OR(\s|$))", words)
    return asked_for(" ".join(words.split())) if is_plain and not has_signs else ""


def _folded(rows: list[Row]) -> Spread:
    return Spread(rows[:SHOWN], rows[SHOWN:])
