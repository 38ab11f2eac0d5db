"""What a reader may mean by the first letters: names and titles, of what the list there holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop as _

from policies.models.prose import first_words

from .beginnings import Known, joined
from .called import NAMES
from .characters import HAN_CHARACTER
from .evaluate import Evaluation
from .found import NAMES as THESAURUS
from .found import RELEVANCE, Found
from .index import Index, current_index
from .kinds import KINDS
from .query import All, QueryRefused, parse_query
from .snippets import wanted
from .writing import asking

MOST_NAMES, MOST_TITLES = 8, 4
LONGEST = 80
# Of so many names, the best, it is asked whether they find anything on a list.
MOST_ASKED = 12
FIRST_WORDS = 14
# The filter values by which records bear a name.
BEARING: dict[str, tuple[tuple[str, str], ...]] = {
    "body": (("policy", "issuer"),),
    "sector": (("policy", "sector"), ("event", "sector")),
    "company": (("event", "company"),),
    "term": (),
}
# Where the titles of records that are no names stand.
TITLED = {
    "policy": (_("Policy"), ("title",)),
    "target": (_("Target"), ("title",)),
    "event": (_("Event"), ("title", "text")),
}


class Suggestion(NamedTuple):
    """A name or title, the same in the other language ("" where unknown), and what it is."""

    text: str
    beside: str
    what: str

    @property
    def query(self) -> str:
        """What to search for."""
        return asking(self.text)


class Answers:
    """How many records a name has, for as long as none changes."""

    def __init__(self) -> None:
        self._kept: tuple[object, dict[object, int]] = (None, {})

    def current(self, index: Index) -> dict[object, int]:
        """What is known as of the index's version."""
        version, (kept, held) = (index.generation, index.version), self._kept
        if kept != version:
            held = {}
            self._kept = (version, held)
        return held


ANSWERS = Answers()


def suggestions(
    typed: str, *, in_chinese: bool = False, kinds: Collection[str] = ()
) -> list[Suggestion]:
    """Names and titles that begin with what is typed, or hold a word that does.

    First what is called so, then abbreviations, names, other names and words within that begin
    so; among equals, what more public records bear. Each is in English first, but in Chinese
    first where a Chinese character is typed, or `in_chinese` says that the reader is spoken to
    in Chinese.
    With `kinds` of record, all that is suggested finds some of them.
    """
    if not joined(typed) or len(typed.strip()) > LONGEST:
        return []
    index = current_index()
    in_chinese = in_chinese or HAN_CHARACTER.search(typed) is not None
    titles = (
        _suggestion(*title, in_chinese)
        for kind in kinds or ("policy",)
        for title in _titles(index, typed, kind)
    )
    made = [*_named(index, typed, in_chinese, kinds), *titles]
    # What bears one name, as a term and a sector may, is searched for alike: the first stands.
    return list({one.text: one for one in reversed(made)}.values())[::-1]


def _suggestion(english: str, chinese: str, what: str, in_chinese: bool) -> Suggestion:
    names = [chinese, english] if in_chinese else [english, chinese]
    text, *beside = dict.fromkeys(name for name in names if name)
    return Suggestion(text, "".join(beside), what)


def _named(
    index: Index, typed: str, in_chinese: bool, kinds: Collection[str]
) -> Iterator[Suggestion]:
    """The best names, of which `kinds` hold some record."""
    made = (
        (known.kind, _suggestion(known.english, known.chinese, known.what, in_chinese))
        for known in _in_order(index, typed, kinds)
    )
    offered = _finding(index, made, kinds) if kinds else (one for _kind, one in made)
    return islice(offered, MOST_NAMES)


def _in_order(index: Index, typed: str, kinds: Collection[str]) -> Iterator[Known]:
    """The names that answer what is typed, best first; weighed as far as they are taken."""
    found = sorted(NAMES.begin(index, typed), key=itemgetter(0))
    for _rank, equals in groupby(found, key=itemgetter(0)):
        known = [one for _, one in equals]
        weights = _weights(index, known)
        # A list's own records are found by their names: they come first, and nothing is asked.
        yield from sorted(known, key=lambda one: (one.kind not in kinds, -weights[one]))


def _finding(
    index: Index, made: Iterator[tuple[str, Suggestion]], kinds: Collection[str]
) -> Iterator[Suggestion]:
    """What is sure to find a record of one of the kinds."""
    asked = 0
    for own, one in made:
        if own not in kinds:
            asked += 1
            if asked > MOST_ASKED or not any(_finds(index, kind, one.query) for kind in kinds):
                continue
        yield one


def _finds(index: Index, kind: str, typed: str) -> bool:
    held = ANSWERS.current(index)
    number = held.get((kind, typed))
    if number is None:
        query = THESAURUS.current(index).expanded(parse_query(typed))
        number = held[kind, typed] = len(Found(index, kind, query).matching)
    return number > 0


def _weights(index: Index, known: list[Known]) -> dict[Known, int]:
    """How many public policies and events bear each name, or have its words if it is a term."""
    held = ANSWERS.current(index)
    weights: dict[Any, int] = {one: held[one] for one in known if one in held}
    unknown = [one for one in known if one not in weights]
    for one in unknown:
        bearing = (index.kind(kind).value(value, one.key) for kind, value in BEARING[one.kind])
        weights[one] = sum(map(len, bearing))
    terms = {one: parse_query(asking(one.english)).root for one in unknown if one.kind == "term"}
    for kind in ("policy", "event") if terms else ():
        evaluation = Evaluation(index, kind)
        evaluation.prepare(All(tuple(terms.values())))
        for term, words in terms.items():
            weights[term] += len(evaluation.find(words))
    held.update(weights)
    return weights


def _titles(index: Index, typed: str, kind: str) -> Iterator[tuple[str, str, str]]:
    """The best titles of records of a kind: English, Chinese, and what the record is."""
    what, fields = TITLED.get(kind, ("", ()))
    try:
        query = parse_query(" OR ".join(f"{field}:({typed.strip()}*)" for field in fields))
    except QueryRefused:
        return
    if not wanted(query.root):
        return
    found = Found(index, kind, query)
    keys = found.page(found.matching, RELEVANCE, 0, MOST_TITLES)
    records = KINDS[kind].model.objects.published().in_bulk(keys)
    for record in (records[key] for key in keys if key in records):
        yield _title(record), getattr(record, "title_zh", ""), what


def _title(record: Any) -> str:
    title = getattr(record, "display_title", "") or getattr(record, "metric", "")
    return title or first_words(record.text, FIRST_WORDS)
