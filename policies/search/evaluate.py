"""From a query to the records that it finds: set algebra on bitmaps.

A condition is read at a form (as typed, by stem, by other names of the same
thing) and a reach (the fields that count). Wider forms and reaches only add
records, so that the narrowest ones that still find a record say how well it fits.

Where looking through texts takes too long, what was not looked at counts as not found,
and below a NOT as found: nothing is ever given that should not be.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import pairwise

from pyroaring import BitMap

from . import store
from .characters import HAN_CHARACTER
from .documents import FIELD_END
from .index import Index, KindIndex, gave_up
from .query import All, Any, Either, Match, Node, Not, Number, leaves
from .terms import BODY, FIELDS, PAIR, PLAIN, TITLE
from .words import join_hyphens, split_hyphens, stem, stemmed

AS_TYPED, BY_STEM, BY_NAME = 0, 1, 2
FORMS = (AS_TYPED, BY_STEM, BY_NAME)
# How long the candidates of one phrase may be looked through, in seconds.
PATIENCE = 2.0
AT_ONCE = 1000
ByField = dict[int, BitMap]
EVERYWHERE = frozenset(FIELDS)


class Evaluation:
    """Conditions of one query on one kind of record."""

    def __init__(self, index: Index, kind: str) -> None:
        self.index = index
        self.held: KindIndex = index.kind(kind)
        # Phrases whose candidates were too many to look through them all.
        self.cut_short: list[str] = []

    def prepare(self, root: Node) -> None:
        """Read what the tree needs, in one query for each kind of record."""
        needed = [
            term for leaf in leaves(root) for term in needed_terms(leaf, self.index.pair_words)
        ]
        self.held.fetch(needed)
        if self.held.kind.names:
            self.index.kind(self.held.kind.names[1]).fetch(needed)

    def find(
        self,
        node: Node,
        form: int = BY_NAME,
        reach: frozenset[int] = EVERYWHERE,
        *,
        excludes: bool = False,
    ) -> BitMap:
        """The records for which the condition holds.

        What is not looked at in time is left out, and with `excludes` taken in.
        """
        if isinstance(node, All):
            found = self.held.everything
            for part in sorted(node.parts, key=lambda part: isinstance(part, Not)):
                found = found & self.find(part, form, reach, excludes=excludes)
            return found
        if isinstance(node, Any):
            return _union(self.find(p, form, reach, excludes=excludes) for p in node.parts)
        if isinstance(node, Not):
            return self.held.everything - self.find(node.part, excludes=not excludes)
        if isinstance(node, Either):
            names = (node.typed, *(node.others if form == BY_NAME else ()))
            return _union(self.find(n, form, reach, excludes=excludes) for n in names)
        fields = reach.intersection(node.fields)
        if isinstance(node, Number):
            by_field = self.held.leaf(node.term)
            return _union(by_field[field] for field in fields if field in by_field)
        by_field = self.matched(
            node, AS_TYPED if node.exact else min(form, BY_STEM), excludes=excludes
        )
        found = _union(by_field[field] for field in fields if field in by_field)
        if BODY in fields and self.held.kind.names:
            found |= self._named(node, form, excludes=excludes)
        return found

    def matched(self, match: Match, form: int, *, excludes: bool = False) -> ByField:
        """The records whose text holds the words, by field, whatever the fields asked for.

        What is not looked at in time is left out, and with `excludes` taken in.
        """
        key = (match.words, match.prefix, form)
        held = self.held.results.get(key)
        if held is None:
            were_cut = len(self.cut_short)
            found: dict[int, list[BitMap]] = {}
            for reading in readings(match.words):
                for field, ids in self._read(reading, match, form, excludes).items():
                    found.setdefault(field, []).append(ids)
            held = store.united(found)
            if len(self.cut_short) == were_cut:
                self.held.results[key] = held
        else:
            # Another thread may have dropped it just now.
            with suppress(KeyError):
                self.held.results.move_to_end(key)
        return held

    def _named(self, match: Match, form: int, *, excludes: bool) -> BitMap:
        value, other = self.held.kind.names  # type: ignore[misc]
        names = Evaluation(self.index, other)
        names.cut_short = self.cut_short
        by_field = names.matched(
            match, AS_TYPED if match.exact else min(form, BY_STEM), excludes=excludes
        )
        keys = _union(by_field[field] for field in (TITLE, BODY) if field in by_field)
        return _union(self.held.value(value, key) for key in keys)

    def _read(self, reading: Reading, match: Match, form: int, excludes: bool) -> ByField:
        words = reading.words
        if match.prefix and not HAN_CHARACTER.match(words[-1]):
            if len(words) == 1:
                return self._begins(words[0])
            form = AS_TYPED
        terms = reading.terms(form, self.index.pair_words, open_end=match.prefix)
        if len(terms) == 1 and reading.is_single:
            return self.held.leaf(terms[0])
        if form == BY_STEM and not match.prefix and reading.pair in terms:
            return self.held.leaf(reading.pair)
        candidates = self._together(terms)
        if form == AS_TYPED and not (match.exact or match.prefix):
            # Only the order of results asks for this; that each word stands there will do.
            by_stem = self.matched(match, BY_STEM, excludes=excludes)
            return {f: ids & by_stem[f] for f, ids in candidates.items() if f in by_stem}
        return self._verified(reading, match, form, candidates, excludes=excludes)

    def _together(self, terms: list[str]) -> ByField:
        """The records with all the terms in one field."""
        held = [self.held.leaf(term) for term in terms]
        shared = set.intersection(*(set(fields) for fields in held)) if held else set()
        return {field: BitMap.intersection(*(fields[field] for fields in held)) for field in shared}

    def _begins(self, prefix: str) -> ByField:
        found: dict[int, list[BitMap]] = {}
        low = PLAIN + prefix
        for _, block, fields in store.read_range(self.held.kind.number, low, low + "\U0010ffff"):
            for field, ids in fields.items():
                found.setdefault(field, []).append(store.placed(ids, block))
        return store.united(found)

    def _verified(
        self, reading: Reading, match: Match, form: int, candidates: ByField, *, excludes: bool
    ) -> ByField:
        needle = reading.needle(form, open_end=match.prefix)
        number = self.held.kind.number
        waiting = list(_union(candidates.values()))[::-1]
        found: ByField = {field: BitMap() for field in candidates}
        until = time.monotonic() + PATIENCE
        for start in range(0, len(waiting), AT_ONCE):
            if time.monotonic() > until:
                self.cut_short.append(match.typed)
                gave_up()
                if excludes:
                    unseen = BitMap(waiting[start:])
                    found = {
                        field: ids | candidates[field] & unseen for field, ids in found.items()
                    }
                break
            for key, text in store.read_texts(number, waiting[start : start + AT_ONCE]):
                texts = text.split(FIELD_END)
                for field, ids in candidates.items():
                    if key in ids and reading.stands_in(texts[field - 1], needle, form):
                        found[field].add(key)
        return {field: ids for field, ids in found.items() if ids}


class Reading:
    """Words next to each other, to be found in a text whose hyphens are read in one way or both."""

    def __init__(self, words: list[str], *hyphens: Callable[[str], str]) -> None:
        self.words = words
        self._hyphens = hyphens

    @property
    def is_single(self) -> bool:
        """Whether one term of the index says it all."""
        return len(self.words) == 1 and (
            not HAN_CHARACTER.match(self.words[0]) or len(self.words[0]) <= 2
        )

    @property
    def pair(self) -> str:
        """The term that says it all where both words are frequent; "" for other than two words."""
        if len(self.words) != 2 or len(self._hyphens) < 2:
            return ""
        return PAIR.join(stem(word) for word in self.words)

    def terms(self, form: int, pair_words: frozenset[str], *, open_end: bool = False) -> list[str]:
        """The terms that a text with these words surely holds."""
        found: list[str] = []
        last = len(self.words) - 1
        for place, word in enumerate(self.words):
            if HAN_CHARACTER.match(word):
                found += map("".join, pairwise(word)) if len(word) > 1 else [word]
            elif not (open_end and place == last):
                found.append(PLAIN + word if form == AS_TYPED else stem(word))
        stems = [stem(word) for word in self.words[: last if open_end else None]]
        found += [
            f"{first}{PAIR}{second}"
            for first, second in pairwise(stems)
            if first in pair_words and second in pair_words
        ]
        return list(dict.fromkeys(found))

    def needle(self, form: int, *, open_end: bool = False) -> str:
        """The words as they must stand in a text."""
        text = " ".join(self.words)
        text = text if form == AS_TYPED else stemmed(text)
        before = "" if HAN_CHARACTER.match(text) else " "
        after = "" if open_end or HAN_CHARACTER.match(text[-1]) else " "
        return before + text + after

    def stands_in(self, text: str, needle: str, form: int) -> bool:
        """Whether the needle stands in a normal text."""
        hyphens = self._hyphens if "-" in text else self._hyphens[:1]
        return any(
            needle in (seen if form == AS_TYPED else stemmed(seen))
            for seen in (read(text) for read in hyphens)
        )


def readings(words: tuple[str, ...]) -> list[Reading]:
    """The words with hyphens as spaces and with hyphens left out."""
    text = " ".join(words)
    apart, joined = split_hyphens(text).split(), join_hyphens(text).split()
    if apart == joined:
        return [Reading(apart, split_hyphens, join_hyphens)]
    return [Reading(apart, split_hyphens), Reading(joined, join_hyphens)]


def needed_terms(leaf: Match | Number, pair_words: frozenset[str]) -> Iterable[str]:
    """The terms that a leaf reads."""
    if isinstance(leaf, Number):
        return [leaf.term]
    return [
        term
        for reading in readings(leaf.words)
        for form in ((AS_TYPED,) if leaf.exact else (AS_TYPED, BY_STEM))
        for term in reading.terms(form, pair_words, open_end=leaf.prefix)
    ]


def _union(maps: Iterable[BitMap]) -> BitMap:
    held = list(maps)
    return BitMap.union(*held) if held else BitMap()
