"""Cuts folded text into words: Latin words and numbers, and unbroken runs of Chinese.

A hyphen stays inside its word: "semi-conductor" is read as two words and as one.
An ampersand between short parts makes one word (R&D). Possessive endings, dots in
abbreviations and commas in numbers are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from .characters import HAN, HAN_CHARACTER, fold, fold_traced

WORD = re.compile(
    rf"(?P<han>[{HAN}]+(?:[\"']+[{HAN}]+)*)"
    r"|(?P<initials>(?<![^\W_])(?:[a-z]\.){2,})(?![^\W_])"
    r"|(?P<number>\d+(?:[.,]\d+)*(?![^\W_]))"
    rf"|(?P<latin>[^\W_{HAN}]+(?:[-'&][^\W_{HAN}]+)*)"
)
NUMBER_SIGN = "№"
DOCUMENT_NUMBER = re.compile(
    rf"(?P<office>[{HAN}]{{0,16}}) ?[\[(〔【{{] ?(?P<year>(?:19|20)\d\d) ?[\])〕】}}] ?"
    r"第? ?(?P<number>\d{1,5}) ?(?:号|(?![\d.,%]))"
)
# An order (令) is numbered without a year.
ORDER_NUMBER = re.compile(
    rf"(?P<office>[{HAN}]{{1,16}}令) ?第? ?(?P<number>\d{{1,5}}) ?(?:号|(?![\d.,%]))"
)
STATE = "中华人民共和国"
_STEMMER = snowballstemmer.stemmer("english")


class Word(NamedTuple):
    """A word with its place in the text it was read from."""

    text: str
    start: int
    end: int

    @property
    def is_han(self) -> bool:
        """Whether it is a run of Chinese."""
        return HAN_CHARACTER.match(self.text) is not None


def words(folded: str) -> Iterator[Word]:
    """The words of text that is folded already."""
    for match in WORD.finditer(folded):
        text = _plain(match)
        if text:
            yield Word(text, match.start(), match.end())


def word_texts(folded: str) -> list[str]:
    """The words of text that is folded already, without their places."""
    found = []
    for match in WORD.finditer(folded):
        text = match[0]
        if match.lastgroup != "latin" or "'" in text:
            text = _plain(match)
        if text:
            found.append(text)
    return found


def words_of(text: str) -> list[str]:
    """The words of `text` as it is typed or printed."""
    return word_texts(fold(text))


def traced_words(text: str) -> list[Word]:
    """The words of `text` with their places in `text` itself, before folding."""
    folded, places = fold_traced(text)
    return [Word(w.text, places[w.start], places[w.end - 1] + 1) for w in words(folded)]


def document_numbers(folded: str) -> Iterator[tuple[str, int, int]]:
    """The document numbers (文号) in folded text in one form, whatever their brackets."""
    if not any(sign in folded for sign in ("20", "19", "令")):
        return
    for match in DOCUMENT_NUMBER.finditer(folded):
        number = f"[{match['year']}]{int(match['number'])}"
        yield NUMBER_SIGN + match["office"] + number, match.start(), match.end()
    for match in ORDER_NUMBER.finditer(folded):
        office = match["office"].removeprefix(STATE)
        yield f"{NUMBER_SIGN}{office}{int(match['number'])}", match.start(), match.end()


def split_hyphens(text: str) -> str:
    """Words with each hyphen read as a space."""
    return text.replace("-", " ")


def join_hyphens(text: str) -> str:
    """Words with each hyphen left out."""
    return text.replace("-", "")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a Latin word; figures and Chinese stay as they are."""
    if len(word) < 3 or not word.isalpha() or not word.isascii():
        return word
    return _STEMMER.stemWord(word)


def stemmed(text: str) -> str:
    """The words of a normal text, parted by spaces, each as its stem."""
    return " ".join([stem(word) for word in text.split(" ")])


def _plain(match: re.Match[str]) -> str:
    text = match[0]
    if match["han"]:
        return text.replace('"', "").replace("'", "")
    if match["initials"]:
        return text.replace(".", "")
    if match["number"]:
        return re.sub(r",(?=\d{3}(?!\d))", "", text).replace(",", ".")
    if text.endswith("'s"):
        text = text[:-2]
    return text.replace("'", "")
