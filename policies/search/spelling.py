"""Words of the index that are near to one that it does not hold."""

from __future__ import annotations

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .characters import HAN_CHARACTER
from .evaluate import Evaluation
from .query import Match, Query, leaves, written
from .store import POSTINGS
from .terms import PLAIN
from .words import stem

SHORTEST = 4


def corrected(query: Query, evaluation: Evaluation) -> str:
    """The query with each word that no text holds put right; empty where nothing helps."""
    text, changed = written(query.root), False
    for leaf in leaves(query.root):
        if isinstance(leaf, Match) and not leaf.prefix:
            for word in leaf.words:
                near = nearest(word, evaluation)
                if near:
                    text, changed = _replaced(text, word, near), True
    return text if changed else ""


def nearest(word: str, evaluation: Evaluation) -> str:
    """The word of the index that is nearest to `word`, the more frequent among equals, or ""."""
    if len(word) < SHORTEST or HAN_CHARACTER.match(word) or word.isdecimal():
        return ""
    if any(evaluation.held.leaf(PLAIN + word).values()):
        return ""
    slips = 1 if len(word) < 6 else 2
    frequency = _words(evaluation.held.kind.number, {word[0], word[1]})
    near = process.extract(
        word, list(frequency), processor=None, scorer=OSA.distance, score_cutoff=slips, limit=50
    )
    if not near:
        return ""
    best = min(near, key=lambda found: (found[1], -frequency[found[0]]))[0]
    return "" if stem(best) == stem(word) else best


def _words(kind: int, initials: set[str]) -> dict[str, int]:
    """The words that begin with one of the letters, each with a measure of how frequent it is."""
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for initial in initials:
            low = PLAIN + initial
            cursor.execute(
                f"SELECT term, SUM(LENGTH(data)) FROM {POSTINGS}"  # noqa: S608
                " WHERE kind = %s AND term >= %s AND term < %s GROUP BY term",
                [kind, low.encode(), (low + "\U0010ffff").encode()],
            )
            found.update({bytes(t).decode()[len(PLAIN) :]: n for t, n in cursor.fetchall()})
    return found


def _replaced(text: str, word: str, near: str) -> str:
    at = text.casefold().find(word)
    return text[:at] + near + text[at + len(word) :] if at >= 0 else text
