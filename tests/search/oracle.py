"""A plain reading of a query over plain lists of words, slow and without an index.

It shares with the search only what makes words of a text and a tree of a query.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from policies.search.characters import HAN_CHARACTER
from policies.search.query import All, Any, Either, Match, Node, Not, Number
from policies.search.terms import BODY
from policies.search.words import document_numbers, fold, stem, words_of


@dataclass(slots=True)
class Plain:
    """A record: its texts by field, the names of its issuers, its filter values."""

    key: int
    texts: dict[int, list[str]]
    names: list[str] = field(default_factory=list)
    values: dict[str, set[str]] = field(default_factory=dict)


def holds(node: Node, record: Plain) -> bool:
    """Whether the query finds the record."""
    if isinstance(node, All):
        return all(holds(part, record) for part in node.parts)
    if isinstance(node, Any):
        return any(holds(part, record) for part in node.parts)
    if isinstance(node, Not):
        return not holds(node.part, record)
    if isinstance(node, Either):
        return holds(node.typed, record) or any(holds(other, record) for other in node.others)
    texts = [text for name in node.fields for text in record.texts.get(name, [])]
    if isinstance(node, Number):
        return any(_has_number(text, node.term) for text in texts)
    if BODY in node.fields:
        texts += record.names
    return any(_has_words(text, node) for text in texts)


def _has_number(text: str, wanted: str) -> bool:
    numbers = [number for number, _, _ in document_numbers(fold(text))]
    return any(number.endswith(wanted[1:]) for number in numbers)


def _has_words(text: str, match: Match) -> bool:
    for hyphen in (" ", ""):
        wanted = " ".join(match.words).replace("-", hyphen).split()
        there = " ".join(words_of(text)).replace("-", hyphen).split()
        # One word is found in either reading; both are in the index.
        if len(wanted) == 1 and not HAN_CHARACTER.match(wanted[0]):
            there += " ".join(words_of(text)).replace("-", " ").split()
            there += " ".join(words_of(text)).replace("-", "").split()
        if any(_stands_at(there, place, wanted, match) for place in range(len(there))):
            return True
    return False


def _stands_at(there: list[str], place: int, wanted: list[str], match: Match) -> bool:
    here = there[place : place + len(wanted)]
    return len(here) == len(wanted) and all(
        _same(word, want, match, is_first=n == 0, is_last=n == len(wanted) - 1)
        for n, (word, want) in enumerate(zip(here, wanted, strict=True))
    )


def _same(word: str, want: str, match: Match, *, is_first: bool, is_last: bool) -> bool:
    if HAN_CHARACTER.match(want):
        if is_first and is_last:
            return want in word
        if is_first:
            return word.endswith(want)
        return word.startswith(want) if is_last else word == want
    if match.prefix:
        return word.startswith(want) if is_last else word == want
    return word == want if match.exact else stem(word) == stem(want)
