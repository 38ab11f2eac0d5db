"""Keeps the index right: every change of a public record, in the transaction that makes it.

Each change advances the version of the data and is logged, so that every other
process can bring itself up to date. Writers of the index wait for each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import local

from django.db import transaction
from django.utils import timezone

from policies.models import PolicyRelation, SearchChange, SearchState, Target
from policies.vocabulary import RelationKind

from . import store
from .blocks import block_of
from .documents import Document, make_documents
from .kinds import KINDS, NAMES_ALONE, Kind

# Versions whose changes are kept in the log; a process further behind reads everything anew.
KEPT_VERSIONS = 5_000
_open = local()
# Who else wants to know what changed: ids by kind, told within the transaction, once a batch.
Listener = Callable[[Mapping[str, set[int]]], None]
LISTENERS: list[Listener] = []


def on_change(listener: Listener) -> None:
    """Tell `listener` of every change after it is indexed, in the same transaction."""
    if listener not in LISTENERS:
        LISTENERS.append(listener)


@contextmanager
def batch() -> Iterator[None]:
    """Index what is touched inside once, at the end, in one transaction with all that is written.

    Nothing of it stays where an exception leaves the block.
    """
    if getattr(_open, "touched", None) is not None:
        yield
        return
    _open.touched, _open.is_renamed = defaultdict(set), False
    try:
        with transaction.atomic():
            yield
            touched, _open.touched = _open.touched, None
            _index(touched, is_renamed=_open.is_renamed)
    finally:
        _open.touched = None


def touch(kind: str, ids: Iterable[int | None]) -> None:
    """Say that records changed, came or went: they are indexed now, or at the end of the batch."""
    keys = {key for key in ids if key is not None}
    if not keys:
        return
    if getattr(_open, "touched", None) is not None:
        _open.touched[kind] |= keys
    else:
        _index({kind: keys})


def touch_with_targets(policies: Iterable[int | None]) -> None:
    """Say that policies changed in what their targets are filtered by: the targets did, too.

    So did what they replace, which applies until they do.
    """
    keys = [key for key in policies if key is not None]
    if keys:
        replacing = PolicyRelation.objects.filter(policy__in=keys, kind=RelationKind.REPLACES)
        keys += replacing.values_list("other", flat=True)
        touch("policy", keys)
        touch("target", Target.objects.filter(policy__in=keys).values_list("pk", flat=True))


def renamed() -> None:
    """Say that something has another name which is no record itself but stands beside some.

    It is logged now, or at the end of the batch: who holds the state of the index while
    others hold records, and then wants those records, waits for them as they do for it.
    """
    if getattr(_open, "touched", None) is not None:
        _open.is_renamed = True
    else:
        _index({}, is_renamed=True)


def lock_state() -> SearchState:
    """The state of the index, locked until the transaction ends."""
    found = SearchState.objects.select_for_update().filter(pk=1).first()
    if found is None:
        SearchState.objects.get_or_create(pk=1)
        found = SearchState.objects.select_for_update().get(pk=1)
    return found


def _index(touched: dict[str, set[int]], *, is_renamed: bool = False) -> None:
    if not touched and not is_renamed:
        return
    with transaction.atomic():
        state = lock_state()
        pair_words = pair_words_in_use(state)
        for name, keys in touched.items():
            index_records(KINDS[name], keys, pair_words)
        changed = [(KINDS[name].number, key) for name, keys in touched.items() for key in keys]
        advance(state, [*changed, (NAMES_ALONE, None)] if is_renamed else changed)
        for listener in LISTENERS if touched else ():
            listener(touched)


def pair_words_in_use(state: SearchState) -> frozenset[str]:
    """The words whose pairs are terms, those of a rebuild under way among them."""
    return frozenset([*state.pair_words, *(state.next_pair_words or [])])


def advance(state: SearchState, changed: Iterable[tuple[int, int | None]]) -> None:
    """Give the data its next version and log what changed; without an id, all of a kind."""
    state.version, state.changed_at = state.version + 1, timezone.now()
    state.save(update_fields=["version", "changed_at"])
    SearchChange.objects.bulk_create(
        SearchChange(version=state.version, kind=kind, record_id=key) for kind, key in changed
    )
    if state.version % 1000 == 0:
        SearchChange.objects.filter(version__lte=state.version - KEPT_VERSIONS).delete()


def index_records(kind: Kind, keys: set[int], pair_words: frozenset[str]) -> None:
    """Make the postings of these records right, within a transaction that has the lock."""
    by_block: dict[int, list[int]] = defaultdict(list)
    for key in keys:
        by_block[block_of(key)].append(key)
    for block, group in sorted(by_block.items()):
        for part in store.chunks(sorted(group), 2000):
            new, old = make_documents(kind, part), store.read_documents(kind.number, part)
            changes = changed_terms(old, new, pair_words)
            store.change_block(kind.number, block, changes)
            store.write_documents(kind.number, new, set(old) - set(new))


def changed_terms(
    old: dict[int, Document], new: dict[int, Document], pair_words: frozenset[str]
) -> dict[str, dict[int, store.Change]]:
    """By term and field, the records that come to hold it and those that no longer do."""
    changes: dict[str, dict[int, store.Change]] = defaultdict(
        lambda: defaultdict(lambda: (set(), set()))
    )
    for key in old.keys() | new.keys():
        before = old[key].terms(pair_words) if key in old else {}
        after = new[key].terms(pair_words) if key in new else {}
        for term in before.keys() | after.keys():
            held, holds = before.get(term, set()), after.get(term, set())
            for field in holds - held:
                changes[term][field][0].add(key)
            for field in held - holds:
                changes[term][field][1].add(key)
    return changes
