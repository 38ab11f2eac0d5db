"""Finds names in text, in English and Chinese, by the words that the search knows.

Words are folded and stemmed as the search does it, so that plurals, accents,
width, traditional characters and hyphens do not matter; Chinese is compared by
characters, wherever in a sentence they stand. Where names overlap, the longest wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from policies.search.words import split_hyphens, stem, traced_words

# American spellings of what the registry spells in British.
AMERICAN = (
    (re.compile(r"(?<=[a-z]{3})iz(?=e|ation|ing)"), "is"),
    (re.compile(r"center"), "centre"),
    (re.compile(r"^program(?=s?$)"), "programme"),
    (re.compile(r"^labor"), "labour"),
    (re.compile(r"^catalog(?=s?$)"), "catalogue"),
)
# Words of names that mean the same in them, by stem.
SAME = {"compani": "enterpris", "firm": "enterpris"}
# Words that a name may have or lack: "green, low-carbon development".
PASSED_OVER = frozenset({"and", "the"})
# No name goes on beyond these.
BREAK = re.compile(r"[.;:!?。；：！？](?:\s|$)|[。；：！？]")
# What is called after a paper says nothing about its subject: "S&T Daily".
PAPER = re.compile(r" (?:Daily|Times|News|Post|Weekly|Journal|Herald)\b")
# So much a character of a Chinese name tells, beside a word of an English one.
CHARACTER = 0.5
ENOUGH = 3.0


class Token(NamedTuple):
    """A word or a Chinese character, with its place in the text."""

    key: str
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name of something, and how much finding it tells: a loose name less than a full one."""

    text: str
    owner: Any
    strength: float = 1.0


class Hit(NamedTuple):
    """A name that stands in a text; `printed` is how it stands there."""

    name: Name
    printed: str
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    names: list[Name] = field(default_factory=list)
    next: dict[str, _Node] = field(default_factory=dict)


class Names:
    """Names to be looked for, all at once."""

    def __init__(self, names: list[Name]) -> None:
        self._root = _Node()
        for name in names:
            read = tokens(name.text)
            if not read or (len(read) == 1 and len(read[0].key) < 2):
                continue
            node = self._root
            for token in read:
                node = node.next.setdefault(token.key, _Node())
            node.names.append(name)

    def find(self, text: str) -> Iterator[Hit]:
        """The names in `text`, in order, none inside another."""
        read = tokens(text)
        place = 0
        while place < len(read):
            found, after = self._longest(read, place, text)
            if not found:
                place += 1
                continue
            start, end = read[place].start, read[after - 1].end
            for name in found:
                if not PAPER.match(text, end):
                    yield Hit(name, text[start:end], start, end)
            place = after

    def _longest(self, read: list[Token], place: int, text: str) -> tuple[list[Name], int]:
        node: _Node | None = self._root
        best: list[Name] = []
        after, at = place, place
        while node is not None and at < len(read):
            if at > place and BREAK.search(text, read[at - 1].end, read[at].start):
                break
            node = node.next.get(read[at].key)
            if node is None:
                break
            at += 1
            if node.names:
                start, end = read[place].start, read[at - 1].end
                fitting = [n for n in node.names if _fits(n.text, read[place:at], text[start:end])]
                if fitting:
                    best, after = fitting, at
        return best, after


def tokens(text: str) -> list[Token]:
    """The words of `text` as stems, Chinese as single characters."""
    found = []
    for word in traced_words(text):
        if word.is_han:
            printed = text[word.start : word.end]
            if len(printed) == len(word.text):
                found += [
                    Token(c, c, word.start + i, word.start + i + 1) for i, c in enumerate(word.text)
                ]
            else:
                found += _spread(word.text, printed, word.start)
        else:
            found += [
                Token(_key(part), part, word.start, word.end)
                for part in split_hyphens(word.text).split()
                if part not in PASSED_OVER
            ]
    return found


def length(name: str) -> float:
    """How much finding a name tells by its length: 1 for a word or two characters."""
    return min(sum(CHARACTER if _is_han(t.key) else 1.0 for t in tokens(name)), ENOUGH)


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    for pattern, british in AMERICAN:
        word = pattern.sub(british, word)
    key = stem(word)
    return SAME.get(key, key)


def _spread(characters: str, printed: str, start: int) -> Iterator[Token]:
    """The characters of a run that is printed with quotation marks inside."""
    at = 0
    for character in characters:
        while at < len(printed) - 1 and not printed[at].isalnum():
            at += 1
        yield Token(character, character, start + at, start + at + 1)
        at = min(at + 1, len(printed) - 1)


def _fits(name: str, read: list[Token], printed: str) -> bool:
    """Whether a name of one word stands there as itself: "industry" is not "industrial"."""
    if len(read) > 1 or _is_han(read[0].key):
        return True
    if name.isupper():
        return printed.rstrip("s'’").isupper()
    word, own = read[0].word, tokens(name)[0].word
    return _singular(word) == _singular(own)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s")


def _is_han(key: str) -> bool:
    return len(key) == 1 and not key.isascii()
