"""Names by how they begin, or by how they go on from a word within.

Spaces and hyphens are passed over: "renmin yinhang" and "renminyinhang", "semi-cond" and
"semicond" are the same. In Chinese each character begins a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from .characters import HAN_CHARACTER, fold
from .words import split_hyphens, words_of

# How a thing answers what is typed, best first: it is called so; its abbreviation begins so, its
# name, another name of it, a word inside one of them.
EXACT, ABBREVIATED, NAMED, ALSO_NAMED, INSIDE = range(5)
# How well a thing bears the very name that is typed, best first.
WELL, ALSO, NEARLY = range(3)
# What makes no difference between names.
NO_SIGNS = re.compile(r"[\w\s\"'.,-]+")


class Known(NamedTuple):
    """A thing by its names: its kind and key, the name in both languages, and what it is."""

    kind: str
    key: int
    english: str
    chinese: str
    what: str


class Beginnings:
    """Things, to be found by the first letters of their names.

    `things` gives each with all that it is called, and how it answers where that begins so.
    """

    def __init__(self, things: Iterable[tuple[Known, list[tuple[str, int]]]]) -> None:
        self._things: list[Known] = []
        self._names: list[tuple[str, int, int]] = []
        self._whole: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for place, (thing, names) in enumerate(things):
            self._things.append(thing)
            for name, rank in names:
                if letters := joined(name):
                    self._names.append((name, rank, place))
                    self._whole[letters].append((_signs(name), rank, place))

    @cached_property
    def _tails(self) -> list[tuple[str, int, int]]:
        """Each name from each of its words on, in order; needed for what is still being typed."""
        return sorted(
            ("".join(words[at:]), INSIDE if at else rank, place)
            for name, rank, place in self._names
            for words in [_words(name)]
            for at in range(len(words))
        )

    def of(self, typed: str) -> list[tuple[int, Known]]:
        """The things of which a name or a word in it begins so, each with how it answers."""
        start, ranks = joined(typed), dict[int, int]()
        for place in range(bisect_left(self._tails, (start,)), len(self._tails)):
            tail, rank, thing = self._tails[place]
            if not start or not tail.startswith(start):
                break
            rank = EXACT if tail == start and rank < INSIDE else rank
            ranks[thing] = min(rank, ranks.get(thing, rank))
        return [(rank, self._things[thing]) for thing, rank in sorted(ranks.items())]

    def called(self, typed: str) -> Iterator[tuple[int, Known]]:
        """The things that are called exactly so, each with how well: `WELL` by a name of its own,
        `ALSO` by another one, `NEARLY` by one with other signs, as AI is not AI+.
        """
        signs = _signs(typed)
        for own_signs, rank, thing in self._whole.get(joined(typed), ()):
            is_other = ALSO if rank == ALSO_NAMED else WELL
            yield (is_other if own_signs == signs else NEARLY), self._things[thing]


# Names are taken in anew whenever one of them changes; most of them are as before.
@lru_cache(maxsize=50_000)
def joined(text: str) -> str:
    """The letters and figures of a text as names are compared by them."""
    return "".join(_words(text))


@lru_cache(maxsize=50_000)
def _signs(text: str) -> str:
    return NO_SIGNS.sub("", fold(text))


@lru_cache(maxsize=50_000)
def _words(text: str) -> tuple[str, ...]:
    words = split_hyphens(" ".join(words_of(text))).split()
    return tuple(p for word in words for p in (word if HAN_CHARACTER.match(word) else (word,)))
