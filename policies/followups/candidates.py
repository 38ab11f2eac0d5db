"""Records that may be what a policy updates: asked of the index, never gone through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pyroaring import BitMap

from policies.search.evaluate import Evaluation
from policies.search.index import Index, KindIndex, current_index
from policies.search.query import All, Any, Match, Node, Number
from policies.search.terms import POINT, TEXT, TITLE
from policies.search.words import words_of

from .subject import Subject
from .titles import ORDINALS, read_title

# So many of the newest are looked at for each reason.
MOST = 20
# How far back a batch is looked for.
BATCHES_BACK = 3
# A term that more records hold tells nothing; so many of the rarest are read.
FREQUENT, RAREST, FEWEST_SHARED = 2000, 12, 3
ORDINAL_WORDS = {place: word for word, place in ORDINALS.items()}


class Candidates:
    """Questions to the index as it stands when made."""

    def __init__(self) -> None:
        self._index: Index = current_index()
        self._held: KindIndex = self._index.kind("policy")
        self.total = max(1, len(self._held.everything))

    def of(self, subject: Subject) -> set[int]:
        """The keys of public records that may be earlier ones of the subject."""
        nodes = [*_numbers(subject), *_titles(subject), *_quoted(subject), *_batches(subject)]
        found: set[int] = set()
        for node in nodes:
            found |= self._newest(node)
        found |= self._alike(subject)
        found.discard(subject.policy.pk)
        return found

    def frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """How many records hold each term in a title or the summary."""
        wanted = set(terms)
        self._held.fetch(wanted)
        return {term: len(self._holding(term)) for term in wanted}

    def _newest(self, node: Node) -> set[int]:
        evaluation = Evaluation(self._index, "policy")
        evaluation.prepare(node)
        ids = evaluation.find(node) & self._held.everything
        self._held.trim()
        # A record's key rises with its age, near enough.
        return set(ids[-MOST:]) if len(ids) > MOST else set(ids)

    def _alike(self, subject: Subject) -> set[int]:
        frequency = self.frequency(subject.terms)
        rare = sorted(
            (n, term) for term, n in frequency.items() if 0 < n <= min(FREQUENT, self.total)
        )[:RAREST]
        count: Counter[int] = Counter()
        for _, term in rare:
            count.update(self._holding(term))
        shared = [(n, key) for key, n in count.items() if n >= FEWEST_SHARED]
        return {key for _, key in sorted(shared, reverse=True)[:MOST]}

    def _holding(self, term: str) -> BitMap:
        by_field = self._held.leaf(term)
        return by_field.get(TITLE, BitMap()) | by_field.get(TEXT, BitMap())


def _numbers(subject: Subject) -> Sequence[Node]:
    return [Number(term, term, (TITLE,)) for term in (*subject.numbers, *subject.cited)][:8]


def _titles(subject: Subject) -> list[Node]:
    return [_together(title.segments) for title in subject.titles if title.segments]


def _quoted(subject: Subject) -> list[Node]:
    titles = [read_title(text) for text, _ in subject.quoted]
    return [_together(title.segments) for title in titles if title.is_telling][:6]


def _batches(subject: Subject) -> list[Node]:
    nodes: list[Node] = []
    for number, _, near in subject.batches[:4]:
        earlier = [
            Match(tuple(words), " ".join(words), (TITLE, TEXT, POINT))
            for n in range(max(1, number - BATCHES_BACK), number)
            for words in _spellings(n)
        ]
        about = [Match((term,), term, (TITLE, TEXT)) for term in sorted(near)[:24]]
        if earlier and about:
            nodes.append(All((Any(tuple(earlier)), Any(tuple(about)))))
    return nodes


def _spellings(number: int) -> list[list[str]]:
    texts = [f"第{number}批", f"第{_in_chinese(number)}批", f"batch {number}"]
    if number in ORDINAL_WORDS:
        texts.append(f"{ORDINAL_WORDS[number]} batch")
    return [words_of(text) for text in texts]


def _in_chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")


def _together(segments: tuple[tuple[str, ...], ...]) -> Node:
    parts = tuple(Match(words, " ".join(words), (TITLE,)) for words in segments)
    return parts[0] if len(parts) == 1 else All(parts)
