"""Words of the index that are near to one that it does not hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .characters import HAN_CHARACTER, fold_traced
from .evaluate import Evaluation
from .query import Match, Query, leaves
from .store import POSTINGS
from .terms import PLAIN
from .words import join_hyphens, split_hyphens, stem
from .writing import written

SHORTEST = 4


def corrected(query: Query, evaluations: Sequence[Evaluation]) -> str:
    """The query with each word that no text holds put right; empty where nothing helps.

    Texts are those of all kinds of record that `evaluations` are about.
    """
    typed = text = written(query.root)
    for leaf in leaves(query.root):
        if isinstance(leaf, Match) and not leaf.prefix:
            for part in _parts(leaf, evaluations):
                near = nearest(part, evaluations)
                if near:
                    text = _replaced(text, part, near)
    return text if text != typed else ""


def _parts(match: Match, evaluations: Sequence[Evaluation]) -> Iterator[str]:
    """The words, one with a hyphen by its parts where no text holds it as one."""
    for word in match.words:
        if not _is_held(join_hyphens(word), evaluations):
            yield from split_hyphens(word).split()


def nearest(word: str, evaluations: Sequence[Evaluation]) -> str:
    """The word of the texts that is nearest to `word`, the more frequent among equals, or ""."""
    if len(word) < SHORTEST or HAN_CHARACTER.match(word) or word.isdecimal():
        return ""
    if _is_held(word, evaluations):
        return ""
    slips = 1 if len(word) < 6 else 2
    kinds = [evaluation.held.kind.number for evaluation in evaluations]
    frequency = _words(kinds, {word[0], word[1]})
    near = process.extract(
        word, list(frequency), processor=None, scorer=OSA.distance, score_cutoff=slips, limit=50
    )
    if not near:
        return ""
    best = min(near, key=lambda found: (found[1], -frequency[found[0]]))[0]
    return "" if stem(best) == stem(word) else best


def _is_held(word: str, evaluations: Sequence[Evaluation]) -> bool:
    return any(any(one.held.leaf(PLAIN + word).values()) for one in evaluations)


def _words(kinds: Sequence[int], initials: set[str]) -> Counter[str]:
    """The words that begin with one of the letters, each with a measure of how frequent it is."""
    found: Counter[str] = Counter()
    with connection.cursor() as cursor:
        for kind, initial in product(kinds, initials):
            low = PLAIN + initial
            cursor.execute(
                f"SELECT term, SUM(LENGTH(data)) FROM {POSTINGS}"  # noqa: S608
                " WHERE kind = %s AND term >= %s AND term < %s GROUP BY term",
                [kind, low.encode(), (low + "\U0010ffff").encode()],
            )
            found.update({bytes(t).decode()[len(PLAIN) :]: n for t, n in cursor.fetchall()})
    return found


def _replaced(text: str, word: str, near: str) -> str:
    folded, places = fold_traced(text)
    at = re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", folded)
    if at is None:
        return text
    return text[: places[at.start()]] + near + text[places[at.end() - 1] + 1 :]
