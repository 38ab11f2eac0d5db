"""Puts a question to the index: how many records, which ones, in which order.

The order of relevance is a rule, no score. A record stands in the first of these
groups in which all words of the query are found: titles alone; with bodies and
targets; with the summary; with comment and sources; and within each, words as
typed, by stem, by other names. In a group, the newest come first.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate, islice

from pyroaring import BitMap

from .called import NAMES as CALLED
from .evaluate import AS_TYPED, BY_NAME, BY_STEM, FORMS, ByField, Evaluation
from .index import NAMING, Index
from .orders import NEWEST
from .query import Match, Number, Query
from .terms import TIERS
from .thesaurus import Thesaurus

RELEVANCE = "relevance"
# Up to so many records are sorted by the database; more are read off the order of all.
FEW = 2000
# So many steps along an order cost about what a question to the database does.
STEPS = 20_000
REACHES = [frozenset(fields) for fields in accumulate(TIERS)]


class Found:
    """The records of one kind that a query finds, within those that filters let through."""

    def __init__(self, index: Index, kind: str, query: Query | None) -> None:
        self.query = query
        self.evaluation = Evaluation(index, kind)
        self.held = self.evaluation.held
        if query and not query.is_empty:
            self.evaluation.prepare(query.root)

    @cached_property
    def matching(self) -> BitMap:
        """The records that match the query, whatever the filters."""
        if self.query is None or self.query.is_empty:
            return self.held.everything
        found = self.evaluation.find(self.query.root)
        self.held.trim()
        return found

    @property
    def is_partial(self) -> bool:
        """Whether there may be more than were found, because looking took too long."""
        return bool(self.evaluation.cut_short)

    @property
    def newest(self) -> str:
        """The order among equals of relevance."""
        return NEWEST.get(self.held.kind.name, "name")

    @cached_property
    def called(self) -> tuple[BitMap, ...]:
        """The records of which all that was typed is the name, those that bear it best first.

        Pinyin counts as the name that it spells. Empty for kinds that bear no names.
        """
        kind = self.held.kind.name
        if self.query is None or kind not in NAMING:
            return ()
        found = BitMap(), BitMap(), BitMap()
        for how, known in CALLED.of_kind(self.evaluation.index, kind).called(self.query.typed):
            found[how].add(known.key)
        return found

    def places(self, leaf: Match | Number) -> ByField | None:
        """The records whose own text holds a leaf, by field; None where not all was looked at."""
        if isinstance(leaf, Number):
            return self.held.leaf(leaf.term)
        held = self.evaluation.matched(leaf, AS_TYPED if leaf.exact else BY_STEM)
        return None if self.is_partial else held

    def page(self, within: BitMap, order: str, start: int, stop: int) -> list[int]:
        """The ids from place `start` up to `stop`, of those in `within`, in the order named."""
        if order != RELEVANCE:
            return self._select(order, within, start, stop)
        newest = self.newest
        ids: list[int] = []
        for group in self.groups(within):
            if start < len(group):
                ids += self._select(newest, group, start, stop)
            start, stop = max(0, start - len(group)), stop - len(group)
            if stop <= 0:
                break
        return ids

    def groups(self, within: BitMap) -> Iterator[BitMap]:
        """The groups of relevance, best first, each without the records of those before."""
        rest = within
        if self.query and not self.query.is_empty:
            for called in self.called:
                yield rest & called
                rest = rest - called
            for reach in REACHES:
                for form in FORMS:
                    if not rest:
                        return
                    if form == BY_NAME and reach == REACHES[-1]:
                        break
                    group = rest & self.evaluation.find(self.query.root, form, reach)
                    yield group
                    rest = rest - group
        yield rest

    def _select(self, order: str, ids: BitMap, start: int, stop: int) -> list[int]:
        total = len(self.held.everything)
        stop = min(stop, len(ids))
        if start >= stop:
            return []
        if is_sorted_sooner(total, len(ids), stop):
            return self.held.orders.sort(order, ids)[start:stop]
        held: array[int] = self.held.orders.ids(order)
        return list(islice(filter(ids.__contains__, held), start, stop))


def is_sorted_sooner(total: int, count: int, wanted: int) -> bool:
    """Whether the database sorts `count` of all ids before the first `wanted` are read off."""
    return count <= FEW and total * wanted > STEPS * count


class Names:
    """The thesaurus of this process, made anew when a name changes."""

    def __init__(self) -> None:
        self._version: object = None
        self._held: Thesaurus | None = None

    def current(self, index: Index) -> Thesaurus:
        """The thesaurus as of the index's version."""
        if self._held is None or self._version != (index.generation, index.names_version):
            self._held = Thesaurus(index.kind("company").everything)
            self._version = (index.generation, index.names_version)
        return self._held


NAMES = Names()
