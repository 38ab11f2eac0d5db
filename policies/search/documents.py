"""A record as the index keeps it: normal text by field, and values as terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any

from policies.models.prose import shown_text

from .kinds import Kind
from .terms import FIELDS, VALUE, normal_text, terms_of
from .values import Trees

# Every document holds this value.
ALL = "#all:1"
FIELD_END = "\n"


@dataclass(frozen=True, slots=True)
class Document:
    """The text of each field in the order of `FIELDS`, and the values."""

    texts: tuple[str, ...]
    values: frozenset[str]

    @classmethod
    def stored(cls, text: str, values: str) -> Document:
        """The document as its row keeps it."""
        return cls(tuple(text.split(FIELD_END)), frozenset(values.split(FIELD_END)) - {""})

    @property
    def text(self) -> str:
        """The texts in one string."""
        return FIELD_END.join(self.texts)

    @property
    def packed_values(self) -> str:
        """The values in one string."""
        return FIELD_END.join(sorted(self.values))

    def terms(self, pair_words: Set[str]) -> dict[str, set[int]]:
        """Every term with the fields that hold it."""
        found: dict[str, set[int]] = defaultdict(set)
        for field, text in zip(FIELDS, self.texts, strict=True):
            for term in terms_of(text, pair_words) if text else ():
                found[term].add(field)
        for value in self.values:
            found[value].add(VALUE)
        return found


def value_term(name: str, value: Any) -> str:
    """The term for a value that filters choose by."""
    return f"#{name}:{value}"


def make_document(kind: Kind, record: Any, trees: Trees) -> Document:
    """The document of a record with all that it reads fetched."""
    parts: dict[int, list[str]] = defaultdict(list)
    for passage in kind.passages(record):
        if passage.text:
            parts[passage.field].append(shown_text(passage.text))
    values = {
        value_term(name, value)
        for name, value in kind.values(record, trees)
        if value not in (None, "")
    }
    values.add(ALL)
    return Document(tuple(normal_text(parts[field]) for field in FIELDS), frozenset(values))


def make_documents(kind: Kind, ids: Iterable[int]) -> dict[int, Document]:
    """The documents of those of the records that are public."""
    trees = Trees()
    records: Iterator[Any] = iter(kind.public().filter(pk__in=list(ids)).order_by())
    return {record.pk: make_document(kind, record, trees) for record in records}
