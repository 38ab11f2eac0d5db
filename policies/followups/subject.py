"""A policy as follow-ups see it: its titles, its texts, and what it names of others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from policies.models import Policy
from policies.newsletter.links import unlinked
from policies.search.characters import HAN_CHARACTER, fold
from policies.search.words import STATE, document_numbers, split_hyphens, stem, words_of

from .titles import Title, batches, quoted, read_title

LONGEST = 4000
_ORDINARY = (
    "a an and are as at be by for from has have in into is it its of on or that the their this to"
    " with will which chinese china new notice measures plan action opinions implementation"
    " policy policies rules state council ministry issued released published announced companies"
    " enterprise enterprises work development promote promoting support first second third fourth"
    " fifth sixth seventh eighth ninth tenth batch 的 通知 关于 工作 意见 办法 实施 方案 开展"
)
ORDINARY = frozenset(stem(word) for word in _ORDINARY.split())
# What is read before a batch to know of what: "Little Giant companies in a sixth batch".
NEAR = 90


@dataclass(slots=True)
class Subject:
    """One policy, read once."""

    policy: Policy
    texts: list[str] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    cited: dict[str, str] = field(default_factory=dict)
    quoted: list[tuple[str, str]] = field(default_factory=list)
    batches: list[tuple[int, str, frozenset[str]]] = field(default_factory=list)
    terms: frozenset[str] = frozenset()

    @property
    def is_draft(self) -> bool:
        """Whether a title says that it is a draft."""
        return any(title.is_draft for title in self.titles)


def read_subject(policy: Policy, points: Iterable[str] = ()) -> Subject:
    """The policy with its titles, and with what its summary and `points` name."""
    printed = [policy.title_zh, policy.title_en, policy.printed_title_zh, policy.printed_title_en]
    printed = list(dict.fromkeys(text for text in printed if text))
    summary = unlinked(policy.summary[:LONGEST])
    subject = Subject(policy, texts=[*printed, policy.headline, summary, *points])
    subject.titles = [title for title in map(read_title, printed) if title.is_telling]
    subject.numbers = _numbers(policy.document_number)
    own = {title.core for title in subject.titles}
    for text in subject.texts:
        for number in _numbers(text) - subject.numbers:
            subject.cited.setdefault(number, _before(text, number))
        subject.quoted += [
            (title, before) for title, before in quoted(text) if read_title(title).core not in own
        ]
    for text in (*printed, policy.headline, summary):
        for batch, words, place in batches(text):
            near = text[max(0, place - NEAR) : place + len(words) + NEAR]
            subject.batches.append((batch, words, content(near)))
    named = [*printed, policy.headline] if printed or policy.headline else [summary[:300]]
    subject.terms = frozenset().union(*map(content, named))
    return subject


def content(text: str) -> frozenset[str]:
    """The telling terms of a text, as the index keeps them: stems, and pairs of characters."""
    found: set[str] = set()
    # The state’s name before that of a law says nothing of the law.
    for word in words_of(text.replace(STATE, " ")):
        if HAN_CHARACTER.match(word):
            found |= {word[at : at + 2] for at in range(len(word) - 1)}
        else:
            found |= {stem(part) for part in split_hyphens(word).split() if len(part) > 1}
    return frozenset(term for term in found if term not in ORDINARY and not term.isdecimal())


def _numbers(text: str) -> set[str]:
    return {number for number, _, _ in document_numbers(fold(text))} if text else set()


def _before(text: str, number: str) -> str:
    digits = re.sub(r"\D", " ", number).split()
    place = text.find(digits[-1]) if digits else -1
    return text[max(0, place - 90) : max(0, place)]
