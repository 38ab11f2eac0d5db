"""What helps a reader whose search finds nothing: what to drop, how to spell, what to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext
from rapidfuzz import fuzz, process

from policies.facets import Chip, chips
from policies.filters import TrackerFilterSet
from policies.models import Term
from policies.querystrings import rest
from policies.search.query import All
from policies.search.spelling import corrected
from policies.search.writing import written

NEAREST, NEAR_ENOUGH = 3, 72


@dataclass(frozen=True, slots=True)
class WayOut:
    """Something to leave out, how many records that would give, and the address that does it."""

    what: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Help:
    """A better spelling, and where nothing is found, what to leave out and terms that are near.

    The most fruitful way out comes first.
    """

    ways_out: list[WayOut]
    spelling: str
    spelling_url: str
    terms: list[Term]


def help_for(
    filterset: TrackerFilterSet, query: QueryDict, kinds: Sequence[type[TrackerFilterSet]] = ()
) -> Help | None:
    """Help for a good query string; None where it needs none.

    `kinds` are those of a page that finds nothing of any of them, and shows nothing without words:
    spellings are by the words of them all.
    """
    if filterset.errors_by_parameter:
        return None
    spelling = ""
    if filterset.query:
        asked = [kind(query) for kind in kinds] or [filterset]
        spelling = corrected(filterset.query, [one.found.evaluation for one in asked])
    spelling_url = _url(query, q=spelling) if spelling else ""
    if filterset.ids():
        return Help([], spelling, spelling_url, []) if spelling else None
    ways = [*_without_filters(filterset, query), *_without_words(filterset, query, kinds)]
    fruitful = sorted((way for way in ways if way.count), key=lambda way: -way.count)
    return Help(
        fruitful,
        spelling,
        spelling_url,
        _near_terms(query.get("q", "")),
    )


def _without_filters(filterset: TrackerFilterSet, query: QueryDict) -> list[WayOut]:
    ways = []
    for chip in chips(filterset, query):
        if chip.name in ("q", "exact"):
            continue
        changed = QueryDict(chip.url[1:])
        other = type(filterset)(changed)
        ways.append(WayOut(_told(chip), len(other.ids()), chip.url))
    return ways


def _told(chip: Chip) -> str:
    return gettext("%(label)s: %(value)s") % {"label": chip.label, "value": chip.value}


def _without_words(
    filterset: TrackerFilterSet, query: QueryDict, kinds: Sequence[type[TrackerFilterSet]]
) -> list[WayOut]:
    if filterset.query is None or filterset.query.is_empty:
        return []
    root = filterset.query.root
    parts = root.parts if isinstance(root, All) else (root,)
    if kinds and len(parts) == 1:
        return []
    ways = []
    for place, part in enumerate(parts):
        rest = written(All((*parts[:place], *parts[place + 1 :])))
        url = _url(query, q=rest)
        changed = QueryDict(url[1:])
        found = [len(kind(changed).ids()) for kind in kinds or (type(filterset),)]
        ways.append(WayOut(written(part), sum(found), url))
    return ways


def _url(query: QueryDict, *, q: str) -> str:
    if q:
        return f"?{rest(query, q=q)}"
    of_words = ["exact", "sort"] if query.get("sort") == "relevance" else ["exact"]
    return f"?{rest(query, *of_words, q=q)}"


def _near_terms(typed: str) -> list[Term]:
    if not typed.strip():
        return []
    terms = list(Term.objects.all())
    names = {
        (place, name): name.casefold()
        for place, term in enumerate(terms)
        for name in (term.term_en, term.term_zh, term.pinyin, *term.aliases_en, *term.aliases_zh)
    }
    near = process.extract(
        typed.casefold(), names, scorer=fuzz.WRatio, score_cutoff=NEAR_ENOUGH, limit=10
    )
    return [terms[place] for place in dict.fromkeys(key[0] for _, _, key in near)][:NEAREST]
