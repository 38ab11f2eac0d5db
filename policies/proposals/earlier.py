"""Earlier records whose titles say the same, for what an editor chose for them.

Reads the latest titles only, so that it costs the same whatever the tracker holds.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from policies.models import CorporateEvent, Policy

from .names import Token, tokens
from .passages import FIRST, Passage

LATEST = 2000
# So much of an earlier title must stand in the new one, and so many words of it.
SHARE, FEWEST = 0.6, 3
NEAREST = 3
# A company is at home in the sectors of so many of its events.
OFTEN = 0.5
# What every other title says tells nothing.
COMMON = 0.2
_SMALL = "a an and at by for from in into is its of on or the to with 的 和 与 等 关 于"
SMALL = frozenset(_SMALL.split())


class Earlier:
    """The latest policies by the words of their titles, events by companies; three queries."""

    def __init__(self) -> None:
        rows = list(
            Policy.objects.filter(sectors__isnull=False)
            .order_by("-pk")
            .distinct()
            .values_list("pk", "title_en", "title_zh", "headline")[:LATEST]
        )
        self._titles = [
            (pk, words) for pk, *texts in rows for text in texts if (words := _words(text))
        ]
        self._sectors: dict[int, list[int]] = defaultdict(list)
        links = Policy.sectors.through.objects.filter(policy_id__in=[row[0] for row in rows])
        for policy, sector in links.values_list("policy_id", "sector_id"):
            self._sectors[policy].append(sector)
        count = Counter(word for _, words in self._titles for word in words)
        total = len(self._titles) or 1
        self._rarity = {
            word: math.log(1 + total / n)
            for word, n in count.items()
            if n <= max(2, total * COMMON)
        }
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for place, (_, words) in enumerate(self._titles):
            for word in words:
                if word in self._rarity:
                    self._by_word[word].append(place)
        self._told = [sum(map(self._weight, words)) for _, words in self._titles]
        self._of_company = _sectors_of_companies()

    def of_company(self, slug: str) -> list[int]:
        """The sectors that most of a company's events are in."""
        return self._of_company.get(slug, [])

    def sectors(self, texts: list[Passage]) -> Iterator[tuple[int, float, str]]:
        """Sectors of the records with the nearest titles: key, closeness up to 1, words."""
        best: dict[int, tuple[float, str]] = {}
        for text in texts:
            if text.weight < FIRST:
                continue
            for policy, closeness, printed in self._near(text.text):
                if closeness > best.get(policy, (0.0, ""))[0]:
                    best[policy] = (closeness, printed)
        nearest = sorted(best.items(), key=lambda one: (-one[1][0], -one[0]))[:NEAREST]
        given: dict[int, tuple[float, str]] = {}
        for policy, found in nearest:
            for sector in self._sectors[policy]:
                given.setdefault(sector, found)
        for sector, (closeness, printed) in given.items():
            yield sector, closeness, printed

    def _near(self, text: str) -> Iterator[tuple[int, float, str]]:
        read = tokens(text)
        shared: dict[int, set[str]] = defaultdict(set)
        for word in _words_of(read):
            for place in self._by_word.get(word, ()):
                shared[place].add(word)
        for place, words in shared.items():
            closeness = sum(map(self._weight, words)) / self._told[place]
            if len(words) >= FEWEST and closeness >= SHARE:
                yield self._titles[place][0], closeness, _printed(text, read, words)

    def _weight(self, word: str) -> float:
        return self._rarity.get(word, 0.0)


def _sectors_of_companies() -> dict[str, list[int]]:
    rows = CorporateEvent.objects.filter(companies__isnull=False).order_by("-pk")
    events: dict[str, set[int]] = defaultdict(set)
    count: dict[str, Counter[int]] = defaultdict(Counter)
    for event, slug, sector in rows.values_list("pk", "companies__slug", "sectors")[:LATEST]:
        events[slug].add(event)
        if sector is not None:
            count[slug][sector] += 1
    return {
        slug: [sector for sector, n in sectors.most_common() if n >= OFTEN * len(events[slug])]
        for slug, sectors in count.items()
    }


def _words(text: str) -> frozenset[str]:
    return frozenset(_words_of(tokens(text))) if text else frozenset()


def _words_of(read: list[Token]) -> Iterator[str]:
    """English stems and pairs of Chinese characters, as the search keeps them."""
    for token in read:
        if token.key.isascii() and token.key not in SMALL and not token.key.isdecimal():
            yield token.key
    for first, second in pairwise(read):
        if not first.key.isascii() and not second.key.isascii() and first.end == second.start:
            yield first.key + second.key


def _printed(text: str, read: list[Token], words: set[str]) -> str:
    """The longest stretch of `text` made of the shared words, small ones between them."""
    best = run = (0, 0)
    for place, token in enumerate(read):
        pair = token.key + read[place + 1].key if place + 1 < len(read) else ""
        before = read[place - 1].key + token.key if place else ""
        if token.key in words or pair in words or before in words:
            start = run[0] if run[1] else token.start
            run = (start, token.end)
            best = max(best, run, key=lambda one: one[1] - one[0])
        elif token.key not in SMALL:
            run = (0, 0)
    return text[best[0] : best[1]]
