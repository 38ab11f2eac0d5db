"""The index as a process holds it: filter values whole, words as they are asked for.

Everything is stamped with the version of the data. A process that finds a newer
version takes in the changed records from the log, or starts anew when far behind.
Bitmaps that are held are never changed, only replaced.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from threading import RLock

from django.db import connection
from pyroaring import BitMap

from policies.models import SearchChange, SearchState

from . import store
from .blocks import BLOCK, placed
from .kinds import KINDS, NAMES_ALONE, Kind
from .orders import Orders
from .terms import VALUE

VALUES, VALUES_END = "#", "$"
# What the words of a kind may take up in a process, in bytes, and how many answers it keeps.
LEAVES_BYTES = 32 * 1024 * 1024
MOST_RESULTS = 50
# So many changes are taken in one by one; behind more, all is read anew.
FAR_BEHIND = 500
# How often an index is brought up to date anew because the data changed meanwhile.
TRIES = 5
# The kinds whose names are other names of the same thing; places are too, and no kind.
NAMING = ("body", "company", "term", "sector")
# What the log calls a change of their names, and of those of places.
NAMED_BY = {name: KINDS[name].number for name in NAMING} | {"place": NAMES_ALONE}


class KindIndex:
    """One kind of record as of one version.

    What a slow reader still adds to it never reaches the index of a later version.
    """

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.version = -1
        self.values: dict[str, dict[str, BitMap]] = {}
        self.orders = Orders(kind)
        self.results: OrderedDict[object, dict[int, BitMap]] = OrderedDict()
        self._leaves: OrderedDict[str, tuple[dict[int, BitMap], int]] = OrderedDict()
        self._bytes = 0

    @property
    def everything(self) -> BitMap:
        """All public records."""
        return self.value("all", "1")

    def value(self, name: str, value: object) -> BitMap:
        """The records with a filter value."""
        return self.values.get(name, {}).get(str(value), BitMap())

    def value_range(self, name: str, low: str | None, high: str | None) -> BitMap:
        """The records with a value from `low` to `high`, both included; None is open."""
        held = [
            ids
            for value, ids in self.values.get(name, {}).items()
            if (low is None or value >= low) and (high is None or value <= high)
        ]
        return BitMap.union(*held) if held else BitMap()

    def fetch(self, terms: Iterable[str]) -> None:
        """Read the terms that are not held, all in one query."""
        missing = [term for term in dict.fromkeys(terms) if term not in self._leaves]
        if missing:
            for term, fields in store.read_terms(self.kind.number, missing).items():
                self._keep(term, fields)

    def leaf(self, term: str) -> dict[int, BitMap]:
        """The records that hold a term, by field."""
        held = self._leaves.get(term)
        if held is None:
            fields = store.read_terms(self.kind.number, [term])[term]
            self._keep(term, fields)
            return fields
        # Another thread may have dropped it just now.
        with suppress(KeyError):
            self._leaves.move_to_end(term)
        return held[0]

    def trim(self) -> None:
        """Drop the terms that were used least recently, down to the space that is allowed."""
        while self._bytes > LEAVES_BYTES and len(self._leaves) > 1:
            _, (_, size) = self._leaves.popitem(last=False)
            self._bytes -= size
        while len(self.results) > MOST_RESULTS:
            self.results.popitem(last=False)

    def load(self) -> None:
        """Read all filter values."""
        held: dict[str, dict[str, BitMap]] = defaultdict(dict)
        for term, block, fields in store.read_range(self.kind.number, VALUES, VALUES_END):
            name, _, value = term[1:].partition(":")
            ids, known = placed(fields[VALUE], block), held[name].get(value)
            if known is None:
                held[name][value] = ids
            else:
                # Nobody else has it yet; a union would need room for it twice.
                known |= ids
        self.values = dict(held)

    def with_changes(self, keys: set[int]) -> KindIndex:
        """The index with the values and orders of the changed records as they are now."""
        changed = BitMap(keys)
        values = {
            name: {v: left for v, ids in held.items() if (left := _without(ids, changed))}
            for name, held in self.values.items()
        }
        for key, document in store.read_documents(self.kind.number, keys).items():
            for term in document.values:
                name, _, value = term[1:].partition(":")
                held = values.setdefault(name, {})
                held[value] = held.get(value, BitMap()) | BitMap([key])
        made = KindIndex(self.kind)
        made.values = values
        made.orders = self.orders.with_changes(keys, made.everything)
        return made

    def _keep(self, term: str, fields: dict[int, BitMap]) -> None:
        # Two bytes an id, or a bit for each id of a block, whichever is less.
        size = 200 + sum(
            min(2 * len(ids), (int(ids.max()) // BLOCK + 1) * 8192)
            for ids in fields.values()
            if ids
        )
        self._leaves[term] = (fields, size)
        self._bytes += size


def _without(ids: BitMap, gone: BitMap) -> BitMap:
    return ids - gone if ids.intersect(gone) else ids


class Index:
    """All kinds, brought up to date when asked for."""

    def __init__(self) -> None:
        self._kinds = {name: KindIndex(kind) for name, kind in KINDS.items()}
        self._lock = RLock()
        self._database = ""
        self.version = -1
        # Whether the version was read in a transaction, which may yet be taken back.
        self._is_uncertain = False
        # The versions in which names of each kind changed last, as far as is known.
        self.named = dict.fromkeys(NAMED_BY, -1)
        # Counts how often everything was dropped.
        self.generation = 0
        self.pair_words: frozenset[str] = frozenset()

    def current(self) -> Index:
        """This index, as of the version that the database has now; one query where nothing is new.

        All that one answer says is to be read from one call's index.
        """
        version, pair_words = _state()
        database = str(connection.settings_dict["NAME"])
        with self._lock:
            is_uncertain = connection.in_atomic_block
            if (
                database != self._database
                or version < self.version
                or (self._is_uncertain and not is_uncertain)
            ):
                self.forget()
                self._database = database
            if version != self.version:
                self._is_uncertain = is_uncertain
                for _ in range(TRIES):
                    kinds, named = self._caught_up(version)
                    read, (version, pair_words) = version, _state()
                    if read == version:
                        break
                self._kinds, self.named = kinds, named
                self.pair_words, self.version = frozenset(pair_words), read
        return self

    @property
    def names_version(self) -> int:
        """The version in which a name of the thesaurus changed last."""
        return max(self.named.values())

    def kind(self, name: str) -> KindIndex:
        """The index of one kind of record."""
        held = self._kinds[name]
        with self._lock:
            if held.version < 0:
                held.load()
                held.version = self.version
        return held

    def forget(self) -> None:
        """Drop everything, for a database that was exchanged or went back in time."""
        self._kinds = {name: KindIndex(kind) for name, kind in KINDS.items()}
        self.version, self.named = -1, dict.fromkeys(NAMED_BY, -1)
        self.generation += 1

    def _caught_up(self, version: int) -> tuple[dict[str, KindIndex], dict[str, int]]:
        """The kinds as of a version, and the versions of their names.

        Orders look up records as they are now: should there be a newer version by then,
        a record may be put beside one that has not moved yet, so it is done again.
        """
        behind = self.version < 0 or version - self.version > FAR_BEHIND
        changed: dict[int, set[int | None]] = defaultdict(set)
        if not behind:
            news = SearchChange.objects.filter(version__gt=self.version)
            for number, key in news.values_list("kind", "record_id"):
                changed[number].add(key)
        renamed = [name for name, number in NAMED_BY.items() if behind or number in changed]
        kinds = dict(self._kinds)
        for name, held in self._kinds.items():
            keys = changed[held.kind.number]
            if held.version < 0:
                continue
            made = held
            if behind or None in keys or len(keys) > FAR_BEHIND:
                made = KindIndex(held.kind)
                made.load()
            elif keys:
                made = held.with_changes({key for key in keys if key is not None})
            made.version = version
            kinds[name] = made
        return kinds, self.named | dict.fromkeys(renamed, version)


def _state() -> tuple[int, list[str]]:
    state = SearchState.objects.filter(pk=1).values_list("version", "pair_words").first()
    return state or (0, [])


INDEX = Index()


@dataclass(slots=True)
class Answer:
    """What one request is told from: an index, and whether all that it holds was looked through."""

    index: Index
    is_partial: bool = False


_answering: ContextVar[Answer | None] = ContextVar("answering", default=None)


def current_index() -> Index:
    """The index of this process, up to date; within `one_answer`, as of its beginning."""
    answer = _answering.get()
    return INDEX.current() if answer is None else answer.index


@contextmanager
def one_answer() -> Iterator[Answer]:
    """Let all that is asked inside be said of the version that the data has now, looked up once."""
    answer = Answer(INDEX.current())
    token = _answering.set(answer)
    try:
        yield answer
    finally:
        _answering.reset(token)


def gave_up() -> None:
    """Mark the answer that is being made as one that may lack something."""
    answer = _answering.get()
    if answer is not None:
        answer.is_partial = True
