"""From the text of a field to the terms that the index keeps of it.

A Latin word gives itself (marked "=") and its stem; a word with a hyphen gives
its parts and the whole; Chinese gives its characters and overlapping pairs of
them; a document number gives itself, with and without its office; two words
that are both frequent give a pair ("of|the"), which keeps phrases quick.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from itertools import pairwise
from operator import add

from .characters import HAN_CHARACTER, fold
from .words import (
    NUMBER_SIGN,
    document_numbers,
    join_hyphens,
    split_hyphens,
    stem,
    word_texts,
)

TITLE, BODY, POINT, TEXT, COMMENT, SOURCE = range(1, 7)
FIELDS = (TITLE, BODY, POINT, TEXT, COMMENT, SOURCE)
# The pseudo-field of the values that filters choose by.
VALUE = 0
FIELD_NAMES = {
    "title": (TITLE,),
    "body": (BODY,),
    "target": (POINT,),
    "text": (TEXT,),
    "comment": (COMMENT,),
    "source": (SOURCE,),
    "facts": (TITLE, BODY, POINT, TEXT, SOURCE),
}
# From the most to the least telling; each record ranks by the first that all words reach.
TIERS = ((TITLE,), (BODY, POINT), (TEXT,), (COMMENT, SOURCE))
PART = " ¶ "
PLAIN, PAIR = "=", "|"
LONGEST = 100
OFFICE = re.compile(r"[^\[0-9]*")


def normal_text(parts: Iterable[str]) -> str:
    """The parts of a field as the index keeps them: words parted by spaces, parts by a mark."""
    kept = []
    for part in parts:
        if not part:
            continue
        folded = fold(part)
        found = [
            word if len(word) <= LONGEST or HAN_CHARACTER.match(word) else word[:LONGEST]
            for word in word_texts(folded)
        ]
        found += [number for number, _, _ in document_numbers(folded)]
        if found:
            kept.append(" ".join(found))
    return f" {PART.join(kept)} " if kept else ""


def terms_of(normal: str, pair_words: Set[str] = frozenset()) -> set[str]:
    """The terms of a normal text."""
    found: set[str] = set()
    for part in normal.split(PART):
        read = part.split()
        for word in read:
            if HAN_CHARACTER.match(word):
                found.update(word)
                found.update(map(add, word, word[1:]))
            else:
                found.update(_word_terms(word))
        if pair_words:
            found.update(pairs(read, pair_words))
    return found


def pairs(read: list[str], pair_words: Set[str]) -> set[str]:
    """The terms for neighbours that are both frequent, by stem, in both readings of a hyphen."""
    found = set()
    text = " ".join(read)
    for reading in (split_hyphens, join_hyphens) if "-" in text else (split_hyphens,):
        stems = [stem(word) for word in reading(text).split()]
        found |= {
            f"{first}{PAIR}{second}"
            for first, second in pairwise(stems)
            if first in pair_words and second in pair_words
        }
    return found


@lru_cache(maxsize=200_000)
def _word_terms(word: str) -> frozenset[str]:
    """The terms of a word that is not Chinese."""
    if word.startswith(NUMBER_SIGN):
        return frozenset(_endings(word))
    forms = {word}
    if "-" in word:
        forms = {*split_hyphens(word).split(), join_hyphens(word)}
    return frozenset(term for form in forms for term in (PLAIN + form, stem(form)))


def _endings(number: str) -> Iterator[str]:
    """A document number with ever less of its office: words before it are read as part of it."""
    text = number.removeprefix(NUMBER_SIGN)
    office = OFFICE.match(text).end()  # type: ignore[union-attr]
    last = office if text[office] == "[" else office - 1
    for start in range(last + 1):
        yield NUMBER_SIGN + text[start:]
