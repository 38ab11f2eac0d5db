"""Whether one policy updates another, how, and by which words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from policies.search.words import split_hyphens, stem, traced_words
from policies.vocabulary import Instrument, RelationKind

from .subject import Subject
from .titles import Title, read_title

# Above all, a document is itself; then titles and batches, what is named, what is alike.
SAME, TITLED, NAMED, ALIKE = 5, 4, 3, 1
# So much of the rarer words of both must be shared, and so many words.
SHARE, FEWEST = 0.6, 3
# As much of the words beside a batch.
SHARE_NEAR, FEWEST_NEAR = 0.4, 2
VERBS = (
    (RelationKind.REPLACES, r"废止|代替|取代|\b(?:replac|repeal|supersed|abolish)\w*"),
    (RelationKind.AMENDS, r"修改|修订|修正|\b(?:amend|revis|modif)\w*"),
    (
        RelationKind.IMPLEMENTS,
        r"落实|贯彻|实施|执行|\b(?:implement|carry|carries|follow(?:s|ing)? through)\w*",
    ),
)
BY_WORDS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in VERBS)
IMPLEMENTING = frozenset({Instrument.IMPLEMENTATION_PLAN, Instrument.WORK_PLAN})


class Reason(NamedTuple):
    """How a policy stands to an earlier one; the higher `strength` counts.

    `batch` is the earlier one's number where a batch follows a batch.
    """

    strength: float
    kind: str
    because: str
    batch: int = 0


def reason(new: Subject, old: Subject, rarity: Mapping[str, float]) -> Reason | None:
    """The strongest reason why `new` updates `old`, or None."""
    found = _same_number(new, old) or _same_address(new, old)
    if not found and not _is_later_batch(old, new):
        found = (
            _same_title(new, old)
            or _later_batch(new, old, rarity)
            or _names(new, old)
            or _alike(new, old, rarity)
        )
    if found and new.is_draft and not old.is_draft and found.kind == RelationKind.NEW_VERSION:
        return found._replace(kind=RelationKind.FOLLOWS_UP)
    return found


def _same_number(new: Subject, old: Subject) -> Reason | None:
    if new.numbers & old.numbers:
        return _about_the_same(new, old, f"same document number {old.policy.document_number}")
    return None


def _same_address(new: Subject, old: Subject) -> Reason | None:
    if new.policy.official_url and new.policy.official_url == old.policy.official_url:
        return _about_the_same(new, old, "same official address")
    return None


def _about_the_same(new: Subject, old: Subject, because: str) -> Reason:
    if old.is_draft and not new.is_draft:
        return Reason(SAME, RelationKind.NEW_VERSION, because)
    return Reason(SAME, RelationKind.FOLLOWS_UP, because)


def _same_title(new: Subject, old: Subject) -> Reason | None:
    for one in new.titles:
        for other in old.titles:
            if one.core == other.core:
                return _by_title(one, other, new, old)
    return None


def _by_title(one: Title, other: Title, new: Subject, old: Subject) -> Reason | None:
    numbers = {n for n, _, _ in new.batches}
    before = {n for n, _, _ in old.batches}
    if numbers and before and numbers != before:
        return _batch_reason(new, old)
    if other.is_draft and not one.is_draft:
        return Reason(TITLED, RelationKind.NEW_VERSION, "the earlier is the draft of this title")
    if one.is_version or other.is_version or (one.is_draft and other.is_draft):
        return Reason(TITLED, RelationKind.NEW_VERSION, "another version of the same title")
    return Reason(TITLED, RelationKind.FOLLOWS_UP, "same title")


def _is_later_batch(one: Subject, other: Subject) -> bool:
    """Whether `one` speaks only of later batches than `other`."""
    numbers, others = ({n for n, _, _ in subject.batches} for subject in (one, other))
    return bool(numbers and others) and min(numbers) > max(others)


def _later_batch(new: Subject, old: Subject, rarity: Mapping[str, float]) -> Reason | None:
    for number, _, near in new.batches:
        for before, _, others in old.batches:
            if before < number and _is_same_series(near, others, old, rarity):
                return _batch_reason(new, old)
    return None


def _is_same_series(
    near: frozenset[str], others: frozenset[str], old: Subject, rarity: Mapping[str, float]
) -> bool:
    """Whether the words beside two batches say that they are batches of the same."""
    shared = {term for term in near & (others | old.terms) if rarity.get(term, 1.0) > 0}
    told = min(_sum(near, rarity), _sum(others, rarity))
    return len(shared) >= FEWEST_NEAR and _sum(shared, rarity) >= SHARE_NEAR * told


def _batch_reason(new: Subject, old: Subject) -> Reason:
    number, words, _ = max(new.batches, key=lambda one: one[0])
    earlier = [one for one in old.batches if one[0] < number] or old.batches
    before, printed, _ = max(earlier, key=lambda one: one[0])
    return Reason(TITLED, RelationKind.FOLLOWS_UP, f"{words} after {printed}", before)


def _names(new: Subject, old: Subject) -> Reason | None:
    for number in new.cited.keys() & old.numbers:
        kind = _kind(new, new.cited[number])
        return Reason(NAMED, kind, f"names {old.policy.document_number}")
    cores = {title.core for title in old.titles}
    for text, before in new.quoted:
        if read_title(text).core in cores:
            mark = f"《{text}》" if not text.isascii() else f"“{text}”"
            return Reason(NAMED, _kind(new, before), f"names {mark}")
    return None


def _kind(new: Subject, before: str) -> str:
    """The relation that the words just before a name tell."""
    # The nearest verb counts, or the one behind the name that it belongs to.
    told = [(match.end(), kind) for kind, words in BY_WORDS for match in words.finditer(before)]
    if told:
        return max(told)[1].value
    if new.policy.instrument in IMPLEMENTING:
        return RelationKind.IMPLEMENTS
    return RelationKind.FOLLOWS_UP


def _alike(new: Subject, old: Subject, rarity: Mapping[str, float]) -> Reason | None:
    shared = new.terms & old.terms
    weight = _sum(shared, rarity)
    least = min(_sum(new.terms, rarity), _sum(old.terms, rarity))
    if len(shared) < FEWEST or not least or weight < SHARE * least:
        return None
    return Reason(
        ALIKE + min(weight / least, 1.0) / 2,
        RelationKind.FOLLOWS_UP,
        f"like words: {_printed(new, shared)}",
    )


def _sum(terms: Set[str], rarity: Mapping[str, float]) -> float:
    return sum(rarity.get(term, 0.0) for term in terms)


def rarities(frequency: Mapping[str, int], total: int) -> dict[str, float]:
    """How much a term tells by how few records hold it: nothing where every tenth does."""
    return {
        term: max(0.0, math.log((total + 50) / (10 * max(n, 1)))) for term, n in frequency.items()
    }


def _printed(subject: Subject, terms: frozenset[str]) -> str:
    """The longest stretch of the subject's texts that is made of the terms."""
    best = ""
    for text in subject.texts:
        start = end = 0
        for first, last, term in _places(text):
            if term in terms:
                start = start if first <= end + 1 and end else first
                end = last
                best = max(best, text[start:end], key=len)
    return best


def _places(text: str) -> Iterator[tuple[int, int, str]]:
    """The terms of a text with where they stand."""
    for word in traced_words(text):
        if word.is_han:
            # A run with quotation marks inside is taken as a whole.
            even = word.end - word.start == len(word.text)
            for at in range(len(word.text) - 1):
                first, last = (word.start + at, word.start + at + 2) if even else word[1:]
                yield first, last, word.text[at : at + 2]
        else:
            for part in split_hyphens(word.text).split():
                yield word.start, word.end, stem(part)
