"""Makes the index anew, block by block, while searches and edits go on; and checks it.

A block is computed without holding anybody up. Then, in one short transaction, its
rows are replaced and what changed meanwhile is indexed again. What was done is
noted, so that a rebuild that was stopped goes on where it was.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Max
from pyroaring import BitMap

from policies.models import SearchChange, SearchState

from . import store
from .blocks import BLOCK, block_of
from .documents import Document, make_document
from .indexing import advance, index_records, lock_state, pair_words_in_use
from .kinds import KINDS, Kind
from .terms import FIELDS, PART, VALUE, terms_of
from .values import Trees
from .words import split_hyphens, stem

Tell = Callable[[str, int, int], None]
AT_ONCE = 1000
# With fewer records no phrase is slow enough to need terms of its own.
FEWEST_FOR_PAIRS = 5000
# A word is frequent when it is in so large a part of the records; so many at most.
FREQUENT, MOST_PAIR_WORDS = 0.02, 300
SAMPLE = 5000


def rebuild(tell: Tell, *, anew: bool = False) -> int:
    """Make all postings anew and give the number of records. `tell` hears of each step.

    Goes on with a rebuild that was stopped, unless `anew`.
    """
    with transaction.atomic():
        state = lock_state()
        if anew or state.next_pair_words is None:
            state.next_pair_words, state.progress = sorted(frequent_words()), {}
            state.save(update_fields=["next_pair_words", "progress"])
    total = 0
    for kind in KINDS.values():
        # Blocks of which nothing is left but postings are emptied.
        blocks = sorted({*_blocks(kind), *store.blocks(kind.number)})
        for place, block in enumerate(blocks):
            if block not in SearchState.objects.get(pk=1).progress.get(kind.name, []):
                total += rebuild_block(kind, block)
            tell(kind.name, place + 1, len(blocks))
    with transaction.atomic():
        state = lock_state()
        state.pair_words, state.next_pair_words, state.progress = state.next_pair_words, None, {}
        state.save(update_fields=["pair_words", "next_pair_words", "progress"])
        advance(state, [(kind.number, None) for kind in KINDS.values()])
    return total


def is_outdated() -> bool:
    """Whether the latest public record of some kind is not in the index as it would be made now.

    So it is where there never was an index, and after an upgrade that puts more into it.
    """
    for kind in KINDS.values():
        latest = kind.public().order_by("-pk").first()
        if latest is not None:
            held = store.read_documents(kind.number, [latest.pk]).get(latest.pk)
            if held != make_document(kind, latest, Trees()):
                return True
    return False


def rebuild_block(kind: Kind, block: int) -> int:
    """Make the postings of one block anew; gives the number of its records."""
    state = SearchState.objects.get(pk=1)
    pair_words = pair_words_in_use(state)
    with uncollected():
        documents = dict(_documents(kind, block))
        terms = block_terms(documents, block, pair_words)
    with transaction.atomic():
        locked = lock_state()
        store.clear_block(kind.number, block)
        store.fill_block(kind.number, block, terms, documents)
        late = SearchChange.objects.filter(version__gt=state.version, kind=kind.number)
        keys = {k for k in late.values_list("record_id", flat=True) if k and block_of(k) == block}
        index_records(kind, keys, pair_words)
        locked.progress.setdefault(kind.name, []).append(block)
        locked.save(update_fields=["progress"])
        advance(locked, [(kind.number, None)])
    return len(documents)


@contextmanager
def uncollected() -> Iterator[None]:
    """Millions of small objects come to be, none in a circle: looking for circles costs a sixth."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def block_terms(
    documents: dict[int, Document], block: int, pair_words: frozenset[str]
) -> dict[str, dict[int, list[int]]]:
    """The postings that a block with these documents has, in the order of their keys."""
    base = block * BLOCK
    held: dict[int, dict[str, list[int]]] = {field: defaultdict(list) for field in (VALUE, *FIELDS)}
    for key, document in documents.items():
        for value in document.values:
            held[VALUE][value].append(key - base)
        for field, text in zip(FIELDS, document.texts, strict=True):
            if text:
                terms = held[field]
                for term in terms_of(text, pair_words):
                    terms[term].append(key - base)
    found: dict[str, dict[int, list[int]]] = defaultdict(dict)
    for field, terms in held.items():
        for term, keys in terms.items():
            found[term][field] = keys
    return found


def faults(tell: Tell) -> Iterator[str]:
    """Each record or posting of the index that is not as the public records make it."""
    for kind in KINDS.values():
        blocks = sorted({*_blocks(kind), *store.blocks(kind.number)})
        for place, block in enumerate(blocks):
            yield from _faults_of_block(kind, block)
            tell(kind.name, place + 1, len(blocks))


def _faults_of_block(kind: Kind, block: int) -> Iterator[str]:
    low = block * BLOCK
    right = dict(_documents(kind, block))
    held = store.read_documents(kind.number, store.document_ids(kind.number, low, low + BLOCK))
    for key in sorted(right.keys() - held.keys()):
        yield f"{kind.name} {key} is public and not in the index"
    for key in sorted(held.keys() - right.keys()):
        yield f"{kind.name} {key} is in the index and not public"
    for key in sorted(right.keys() & held.keys()):
        if right[key] != held[key]:
            yield f"{kind.name} {key} is in the index as it was before a change"
    state = SearchState.objects.filter(pk=1).first()
    made = block_terms(held, block, pair_words_in_use(state) if state else frozenset())
    expected = {term: {f: BitMap(keys) for f, keys in made[term].items()} for term in made}
    stored = {t: f for t, _, f in store.read_range(kind.number, "", "\U0010ffff", block)}
    for term in sorted(expected.keys() | stored.keys()):
        if expected.get(term, {}) != stored.get(term, {}):
            yield f"{kind.name}: the postings of “{term}” in block {block} are wrong"


def frequent_words() -> set[str]:
    """The stems that are in many public policies, by a sample of the latest."""
    documents = KINDS["policy"]
    keys = list(
        documents.model.objects.published().order_by("-pk").values_list("pk", flat=True)[:SAMPLE]
    )
    if len(keys) < FEWEST_FOR_PAIRS:
        return set()
    counts: Counter[str] = Counter()
    for document in _made(documents, sorted(keys)):
        text = split_hyphens(PART.join(document[1].texts))
        counts.update({stem(word) for word in text.split() if word.isascii()})
    common = [word for word, n in counts.most_common(MOST_PAIR_WORDS) if n >= FREQUENT * len(keys)]
    return set(common)


def _blocks(kind: Kind) -> list[int]:
    highest = kind.model._base_manager.aggregate(highest=Max("pk"))["highest"]
    return list(range(block_of(highest) + 1)) if highest else []


def _documents(kind: Kind, block: int) -> Iterator[tuple[int, Document]]:
    low = block * BLOCK
    keys = kind.model._base_manager.filter(pk__gte=low, pk__lt=low + BLOCK).order_by("pk")
    yield from _made(kind, list(keys.values_list("pk", flat=True)))


def _made(kind: Kind, keys: list[int]) -> Iterator[tuple[int, Document]]:
    trees = Trees()
    for group in store.chunks(keys, AT_ONCE):
        # A span of keys, since a long list of them misleads SQLite's planner.
        here = kind.public().filter(pk__gte=group[0], pk__lte=group[-1])
        for record in here.order_by("pk"):
            yield record.pk, make_document(kind, record, trees)
