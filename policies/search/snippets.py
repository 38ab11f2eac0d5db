"""The passages of a record that a query matches, cut out and marked.

Whatever is marked really matches: the same words are compared as in the search
itself, in the text as it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, groupby
from typing import Any as AnyRecord
from typing import NamedTuple

from policies.models.prose import shown_text

from .characters import HAN_CHARACTER, fold, fold_traced
from .evaluate import AS_TYPED, BY_STEM, ByField, Reading, readings
from .kinds import Kind
from .passages import Passage
from .query import All, Any, Either, Match, Node, Number
from .words import document_numbers, join_hyphens, stem, traced_words, word_texts

WIDTH, BEFORE = 220, 60
MOST = 3
# A text no longer than this may be a name that stands in many records.
NAME = 100


class Piece(NamedTuple):
    """A part of a text, and whether it is what was searched for."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Snippet:
    """A matching passage: its field and label, the text in pieces, and the name it matched by.

    `via` is empty where the text holds what was typed for it, or shows that name itself.
    """

    field: int
    label: str
    pieces: list[Piece]
    is_chinese: bool
    via: str = ""
    is_typed: bool = True

    @property
    def text(self) -> str:
        """The text without marks."""
        return "".join(piece.text for piece in self.pieces)


class Token(NamedTuple):
    """A word of a text in one reading of its hyphens; Chinese with the place of each character."""

    text: str
    places: list[int]
    start: int
    end: int


Tokens = dict[str, list[Token]]


class Wanted(NamedTuple):
    """A leaf of the query, and its name where it is another name of what was typed.

    `places` are the records that hold it in a field, None where that is not known. `thing` is
    the same for all names of one thing.
    """

    leaf: Match | Number
    via: str
    readings: list[Reading]
    places: ByField | None = None
    thing: int = 0

    def may_stand(self, field: int, record: AnyRecord) -> bool:
        """Whether the record's own text may hold the leaf in that field."""
        if field not in self.leaf.fields:
            return False
        return self.places is None or record.pk in self.places.get(field, ())


Places = Callable[[Match | Number], ByField | None]


def wanted(root: Node, places: Places = lambda leaf: None) -> list[Wanted]:
    """What a result may show: the leaves that are not excluded; `places` says where each is."""

    numbers = count(1)

    def sought(leaf: Match | Number, via: str, thing: int) -> Wanted:
        read = [] if isinstance(leaf, Number) else readings(leaf.words)
        return Wanted(leaf, via, read, places(leaf), thing)

    def walk(node: Node, thing: int = 0) -> Iterator[Wanted]:
        if isinstance(node, Match | Number):
            yield sought(node, "", thing)
        elif isinstance(node, Either):
            thing = next(numbers)
            yield from walk(node.typed, thing)
            for other in node.others:
                yield sought(other, other.typed, thing)
        elif isinstance(node, All | Any):
            for part in node.parts:
                yield from walk(part, thing)

    return list(walk(root))


def snippets(kind: Kind, record: AnyRecord, leaves: list[Wanted]) -> Iterator[Snippet]:
    """Every passage of `record` that matches, in the order of its fields, made as it is taken.

    Of the names of one body or company, the one that matches best.
    """
    passages = [(p, True) for p in kind.passages(record)] + [(p, False) for p in kind.named(record)]
    in_order = sorted(passages, key=lambda pair: pair[0].field)
    for names, same in groupby(in_order, key=lambda pair: pair[0].names):
        found = _matching(same, record, leaves)
        if names:
            best_name = max(found, key=_nearness, default=None)
            found = iter([best_name] if best_name else [])
        yield from found


def _matching(
    passages: Iterable[tuple[Passage, bool]], record: AnyRecord, leaves: list[Wanted]
) -> Iterator[Snippet]:
    """Those passages that match, each told with whether it is the record's own text."""
    for passage, own in passages:
        field = passage.field
        there = [
            want
            for want in leaves
            if (want.may_stand(field, record) if own else field in want.leaf.fields)
        ]
        snippet = _snippet(passage, there) if there and passage.text else None
        if snippet:
            yield snippet


def _nearness(snippet: Snippet) -> tuple[bool, int, int, int]:
    """How well a name answers: with what was typed, with more of it, with little else, briefly."""
    marked = [len(piece.text) for piece in snippet.pieces if piece.marked]
    long = len(snippet.text)
    return snippet.is_typed, len(marked), sum(marked) - long, -long


def best(found: Iterable[Snippet], most: int = MOST) -> list[Snippet]:
    """A few snippets that show as much as they can: no two with the same words marked."""
    chosen: list[Snippet] = []
    shown: set[str] = set()
    for snippet in found:
        marks = {piece.text.casefold() for piece in snippet.pieces if piece.marked}
        if marks - shown:
            chosen.append(snippet)
            shown |= marks
        if len(chosen) == most:
            break
    return chosen


def _snippet(passage: Passage, leaves: list[Wanted]) -> Snippet | None:
    text = shown_text(passage.text)
    there = _name_words(text) if len(text) <= NAME else Words(text)
    likely = [want for want in leaves if there.may_hold(want)]
    if not likely:
        return None
    apart = _tokens(text, "apart")
    tokens = {"apart": apart, "joined": _tokens(text, "joined") if "-" in there.folded else apart}
    found = [(want, spans) for want in likely if (spans := _spans(text, tokens, want))]
    if not found:
        return None
    marks = [span for _, spans in found for span in spans]
    typed = {want.thing for want, _ in found if not want.via}
    via = next((want.via for want, _ in found if want.via and want.thing not in typed), "")
    pieces = _pieces(text, _merged(marks))
    is_chinese = HAN_CHARACTER.search(text[:WIDTH]) is not None and not text[:1].isascii()
    # A name that stands there as it is written needs no word of its own.
    is_shown = any(piece.marked and fold(piece.text) == fold(via) for piece in pieces)
    via = "" if is_shown else via
    return Snippet(passage.field, passage.label, pieces, is_chinese, via, bool(typed))


class Words:
    """The words of a text without their places: a quick look before the exact one."""

    def __init__(self, text: str) -> None:
        self.folded = fold(text)
        read = word_texts(self.folded)
        self._words = {*read, *(part for w in read if "-" in w for part in w.split("-"))}
        self._words |= {join_hyphens(word) for word in read if "-" in word}
        self._stems = {stem(word) for word in self._words}
        self._han = [word for word in read if HAN_CHARACTER.match(word)]

    def may_hold(self, want: Wanted) -> bool:
        """Whether the text holds each word of the leaf, wherever they stand."""
        leaf = want.leaf
        if isinstance(leaf, Number):
            return any(digit in self.folded for digit in "0123456789")
        return any(all(self._has(word, leaf) for word in read.words) for read in want.readings)

    def _has(self, word: str, leaf: Match) -> bool:
        if HAN_CHARACTER.match(word):
            return any(word in run for run in self._han)
        if leaf.prefix:
            return any(there.startswith(word) for there in self._words)
        return stem(word) in self._stems


@lru_cache(maxsize=4096)
def _name_words(text: str) -> Words:
    """The words of a short text, kept, since names of bodies stand in many records."""
    return Words(text)


def _tokens(text: str, hyphens: str) -> list[Token]:
    tokens = []
    for word in traced_words(text):
        if word.is_han:
            folded, places = fold_traced(text[word.start : word.end])
            places = [
                word.start + place
                for character, place in zip(folded, places, strict=True)
                if HAN_CHARACTER.match(character)
            ]
            tokens.append(Token(word.text, places, word.start, word.end))
        elif "-" in word.text and hyphens == "apart":
            place = word.start
            for part in word.text.split("-"):
                end = min(place + len(part), word.end)
                tokens.append(Token(part, [], place, end))
                place = end + 1
        else:
            tokens.append(Token(word.text.replace("-", ""), [], word.start, word.end))
    return tokens


def _spans(text: str, tokens: dict[str, list[Token]], want: Wanted) -> list[tuple[int, int]]:
    leaf = want.leaf
    if isinstance(leaf, Number):
        folded, places = fold_traced(text)
        return [
            (places[start], places[end - 1] + 1)
            for number, start, end in document_numbers(folded)
            if number.endswith(leaf.term[1:])
        ]
    form = AS_TYPED if leaf.exact else BY_STEM
    return [
        span
        for name, reading in zip(("apart", "joined"), (want.readings * 2)[:2], strict=True)
        for span in _found(tokens[name], reading, form, open_end=leaf.prefix)
    ]


def _found(
    tokens: list[Token], reading: Reading, form: int, *, open_end: bool
) -> Iterator[tuple[int, int]]:
    words = reading.words
    if len(words) == 1 and HAN_CHARACTER.match(words[0]):
        for token in tokens:
            yield from _within(token, words[0])
        return
    for place in range(len(tokens) - len(words) + 1):
        here = tokens[place : place + len(words)]
        if all(
            _same(token, word, form, first=n == 0, last=n == len(words) - 1, open_end=open_end)
            for n, (token, word) in enumerate(zip(here, words, strict=True))
        ):
            first, last = here[0], here[-1]
            start = first.places[-len(words[0])] if first.places else first.start
            end = last.places[len(words[-1]) - 1] + 1 if last.places else last.end
            yield start, end


def _within(token: Token, word: str) -> Iterator[tuple[int, int]]:
    at = token.text.find(word) if token.places else -1
    while at >= 0:
        yield token.places[at], token.places[at + len(word) - 1] + 1
        at = token.text.find(word, at + 1)


def _same(token: Token, word: str, form: int, *, first: bool, last: bool, open_end: bool) -> bool:
    if token.places:
        return (
            token.text == word
            or (first and token.text.endswith(word))
            or (last and token.text.startswith(word))
        )
    if last and open_end:
        return token.text.startswith(word)
    if form == AS_TYPED:
        return token.text == word
    return stem(token.text) == stem(word)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def _pieces(text: str, marks: list[tuple[int, int]]) -> list[Piece]:
    """The part of the text where most marks stand, in pieces."""
    low, high = _window(text, marks)
    pieces = [Piece("… ", False)] if low else []
    place = low
    for start, end in marks:
        if start >= low and end <= high:
            pieces += [Piece(text[place:start], False), Piece(text[start:end], True)]
            place = end
    pieces.append(Piece(text[place:high], False))
    if high < len(text):
        pieces.append(Piece(" …", False))
    return [piece for piece in pieces if piece.text]


def _window(text: str, marks: list[tuple[int, int]]) -> tuple[int, int]:
    if len(text) <= WIDTH + BEFORE:
        return 0, len(text)
    start = max(
        (mark[0] for mark in marks),
        key=lambda at: (sum(at <= s and e <= at + WIDTH - BEFORE for s, e in marks), -at),
    )
    low = max(0, start - BEFORE)
    if low:
        space = text.find(" ", low, start)
        low = space + 1 if space >= 0 else low
    high = min(len(text), max(low + WIDTH, next(e for s, e in marks if s == start)))
    if high < len(text):
        space = text.rfind(" ", start + 1, high)
        last = max((e for s, e in marks if s >= low and e <= high), default=low)
        high = space if space >= last else high
    return low, high
