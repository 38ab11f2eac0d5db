"""Other names of the same thing: glossary terms, bodies, sectors, places and companies.

工信部, MIIT and Ministry of Industry and Information Technology are one; so are
little giants and 小巨人. Chinese names are known by their pinyin too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pypinyin import lazy_pinyin

from policies.models import Company, IssuingBody, Region, Sector, Term

from .characters import HAN_CHARACTER, fold
from .query import All, Any, Either, Match, Node, Not, Query
from .words import join_hyphens, split_hyphens, stem, words_of

LONGEST = 8
MOST_NAMES = 16
# What Chinese adds to the name of a place to say what it is.
PLACE = re.compile("(?<=..)(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|地区|省|市)$")
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one thing; by the first `known` of them it is recognised."""

    names: tuple[str, ...]
    read: tuple[Key, ...]
    known: int


class Thesaurus:
    """The names as they stand when it is made; of companies, those with the given keys."""

    def __init__(self, companies: Iterable[int]) -> None:
        self._things: dict[Key, list[Names]] = defaultdict(list)
        self._spoken: dict[Key, dict[Key, str]] = defaultdict(dict)
        for thing in _things(companies):
            for key in {key for words in thing.read[: thing.known] for key in _keys(words)}:
                if len(key) <= LONGEST and not _is_too_short(key):
                    self._things[key].append(thing)
            for words, name in zip(thing.read, thing.names, strict=True):
                if HAN_CHARACTER.match(words[0]):
                    for spoken in pinyin(name):
                        self._spoken["".join(words_of(spoken)),][words] = name

    def expanded(self, query: Query, *, looser: bool = True) -> Query:
        """The query with the other names of what it names; without the `looser` ones if asked."""
        return replace(query, root=self._expand(query.root, looser))

    def of(self, words: Key, *, looser: bool = True) -> dict[Key, str]:
        """The other names of whatever the words are a name of, as read and as written."""
        own = set(_keys(words))
        # Shanxi is a name, and the pinyin of Shaanxi's.
        is_name = any(key in self._things for key in own)
        others = {} if is_name else dict(self._spoken.get(("".join(words),), {}))
        for known_as in (words, *list(others)):
            for key in (*_keys(known_as), ("".join(known_as),)):
                for thing in self._things.get(key, ()):
                    told = None if looser else thing.known
                    others.update(zip(thing.read[:told], thing.names[:told], strict=True))
        return {read: name for read, name in others.items() if own.isdisjoint(_keys(read))}

    def _expand(self, node: Node, looser: bool) -> Node:
        if isinstance(node, All):
            return _flat(All(tuple(self._windows(node.parts, looser))))
        if isinstance(node, Any):
            return Any(tuple(self._expand(part, looser) for part in node.parts))
        if isinstance(node, Not):
            return Not(self._expand(node.part, looser))
        if isinstance(node, Match):
            return next(iter(self._windows((node,), looser)))
        return node

    def _windows(self, parts: tuple[Node, ...], looser: bool) -> Iterator[Node]:
        """The parts, the longest run of them that is a name made one."""
        place = 0
        while place < len(parts):
            for end in range(min(len(parts), place + LONGEST), place, -1):
                named = self._named(parts[place:end], looser)
                if named is not None:
                    yield named
                    place = end
                    break
            else:
                part = parts[place]
                yield part if isinstance(part, Match) else self._expand(part, looser)
                place += 1

    def _named(self, parts: tuple[Node, ...], looser: bool) -> Either | None:
        matches = [part for part in parts if isinstance(part, Match)]
        if len(matches) < len(parts) or any(m.exact or m.prefix for m in matches):
            return None
        first = matches[0]
        if any(m.fields != first.fields for m in matches):
            return None
        words = tuple(word for match in matches for word in match.words)
        others = [
            Match(read, name, first.fields, quoted=True)
            for read, name in self.of(words, looser=looser).items()
        ]
        if not others:
            return None
        typed = first if len(matches) == 1 else All(tuple(matches))
        return Either(typed, tuple(others[:MOST_NAMES]))


def also_searched(query: Query) -> list[tuple[str, list[str]]]:
    """What was typed with the other names that were searched for it."""
    found: list[tuple[str, list[str]]] = []

    def walk(node: Node) -> None:
        if isinstance(node, Either):
            parts = node.typed.parts if isinstance(node.typed, All) else (node.typed,)
            typed = " ".join(part.typed for part in parts if isinstance(part, Match))
            found.append((typed, [other.typed for other in node.others]))
        elif isinstance(node, Not):
            walk(node.part)
        elif isinstance(node, All | Any):
            for part in node.parts:
                walk(part)

    walk(query.root)
    return found


@lru_cache(maxsize=50_000)
def pinyin(name: str) -> tuple[str, ...]:
    """The pinyin of a name that holds Chinese, without tones, its syllables parted by spaces.

    Signs stay. With ü it is given twice, since some type v for it and others u: lv se, lu se.
    """
    if not HAN_CHARACTER.search(name):
        return ()
    spoken = " ".join(lazy_pinyin(name))
    if "v" not in spoken:
        return (spoken,)
    return spoken, fold(" ".join(lazy_pinyin(name, v_to_u=True)))


def _things(companies: Iterable[int]) -> Iterator[Names]:
    for term in Term.objects.all():
        yield _names([term.term_en, term.term_zh, *term.aliases_en, *term.aliases_zh])
    for body in IssuingBody.objects.prefetch_related("aliases"):
        names = [body.abbreviation, body.name_en, body.name_zh, body.short_name_zh]
        yield _names([*names, *(alias.name for alias in body.aliases.all())])
    for sector in Sector.objects.all():
        # What stands for a part of a sector does not stand for all of it.
        yield _names([sector.name_en, sector.name_zh], wider=sector.aliases)
    for region in Region.objects.all():
        yield _names([region.name_en, region.name_zh, PLACE.sub("", region.name_zh)])
    for company in Company.objects.filter(pk__in=list(companies)):
        yield _names([company.name_en, company.name_zh])


def _names(names: Iterable[str], *, wider: Iterable[str] = ()) -> Names:
    read: dict[Key, str] = {}
    for name in names:
        _add(read, name)
    known = len(read)
    for name in wider:
        _add(read, name)
    return Names(tuple(read.values()), tuple(read), known)


def _add(read: dict[Key, str], name: str) -> None:
    words = tuple(words_of(name))
    if words:
        read.setdefault(words, name)


def _keys(words: Key) -> Iterator[Key]:
    text = " ".join(words)
    for reading in (split_hyphens(text), join_hyphens(text)):
        yield tuple(stem(word) for word in reading.split())


def _is_too_short(key: Key) -> bool:
    return len(key) == 1 and len(key[0]) == 1 and key[0].isascii()


def _flat(node: All) -> Node:
    return node.parts[0] if len(node.parts) == 1 else node
