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
from policies.search.found import NAMES
from policies.search.query import Query
from policies.search.respelling import is_refused, of_facts, phrase, spelt_out
from policies.search.words import words_of

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
class Commented:
    """How many policies hold the words in their comments only, and where they are listed.

    `first` holds the key of the one announced first, found by `filterset`; nothing where there
    is none. `url` is empty where the question would be too long.
    """

    count: int
    first: list[int]
    filterset: TrackerFilterSet
    url: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """The first policy with a term by its key, how many there are, and the term's biography.

    `first` is None where comments alone have it.
    """

    first: int | None
    count: int
    url: str
    commented: Commented


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


def named_closely(filterset: TrackerFilterSet) -> Query:
    """The words with other names of the same things, but for those that mean a part of them.

    Where it is too long to be written out, only what was typed.
    """
    query: Any = filterset.query
    if filterset.data.get("exact"):
        return query
    found = NAMES.current(filterset.index).expanded(query, looser=False)
    words = spelt_out(found.root)
    return query if is_refused(words) or is_refused(of_facts(words)) else found


def spelt(query: QueryDict, named: Query) -> QueryDict:
    """The same question with the other names in `named` written out."""
    return _asking(query, q=spelt_out(named.root), exact="1")


def in_facts(query: QueryDict) -> QueryDict:
    """The same question about all but the signed comments; a place that it names stays."""
    return _asking(query, q=of_facts(query.get("q", "")))


def commented(whole: QueryDict, facts: TrackerFilterSet) -> Commented:
    """The policies that a question finds in their comments only."""
    filterset: TrackerFilterSet = PolicyFilter(whole)
    ids = filterset.ids() - facts.ids()
    first = filterset.found.page(ids, OLDEST_FIRST, 0, 1)
    words = whole.get("q", "")
    if facts.ids():
        words = f"({words}) -({of_facts(words)})"
    asked = _asking(whole, q=words).urlencode()
    url = "" if is_refused(words) else f"{reverse('policy_list')}?{asked}"
    return Commented(len(ids), first, filterset, url)


def appearance(term: Term) -> Appearance | None:
    """Where a term of the glossary first appeared by its own names; None where it did nowhere."""
    names = _own_names(term)
    if not names:
        return None
    asked = QueryDict(urlencode({"q": names, "exact": "1"}))
    facts: TrackerFilterSet = PolicyFilter(in_facts(asked))
    first, only = first_of(facts), commented(asked, facts)
    if not first and not only.count:
        return None
    url = f"{reverse('phrase')}?{asked.urlencode()}"
    return Appearance(next(iter(first), None), len(facts.ids()), url, only)


def held_together(words: str) -> str:
    """Several plain words as one phrase; nothing where they are none or say how they are meant."""
    is_plain = len(words.split()) > 1 and re.fullmatch(r"[\w\s’'-]+", words)
    has_signs = re.search(r"(^|\s)(-|OR(\s|$))", words)
    return phrase(" ".join(words.split())) if is_plain and not has_signs else ""


def _asking(query: QueryDict, **changed: str) -> QueryDict:
    asked = query.copy()
    for name, value in changed.items():
        asked[name] = value
    return asked


def _own_names(term: Term) -> str:
    """The names of a term as alternatives, as many as a question may hold."""
    asked = ""
    for name in (term.term_en, term.term_zh, *term.aliases_en, *term.aliases_zh):
        if words_of(name):
            longer = f"{asked} OR {phrase(name)}" if asked else phrase(name)
            asked = asked if is_refused(f"({longer}) -(facts:({longer}))") else longer
    return asked


def _folded(rows: list[Row]) -> Spread:
    return Spread(rows[:SHOWN], rows[SHOWN:])
