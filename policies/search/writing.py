"""A query as it would be typed: one that was read, and one for a text that stands in records."""

from __future__ import annotations

import re

from .characters import HAN
from .query import All, Any, Either, Match, Node, Not, Number, QueryRefused, parse_query
from .terms import FIELD_NAMES, FIELDS
from .words import traced_words

# A phrase is cut before the word that goes beyond so many characters.
LONGEST_PHRASE = 200
QUOTES = '["“”„‟«»＂]+'
WITHIN_CHINESE = re.compile(f"(?<=[{HAN}]){QUOTES}(?=[{HAN}])")


def asking(text: str) -> str:
    """The query that finds the records in which a text stands.

    It is the text itself where that reads as plain words; else its first words, as a phrase.
    """
    try:
        query = parse_query(text)
    except QueryRefused:
        return _phrase(text)
    return text if _is_plain(query.root) and not query.notices else _phrase(text)


def _is_plain(node: Node) -> bool:
    if isinstance(node, All):
        return all(map(_is_plain, node.parts))
    if isinstance(node, Match):
        return node.fields == FIELDS and not node.exact and not node.prefix
    return isinstance(node, Number) and node.fields == FIELDS


def _phrase(text: str) -> str:
    # Quotation marks are passed over within Chinese, and part words elsewhere.
    bare = " ".join(re.sub(QUOTES, " ", WITHIN_CHINESE.sub("", text)).split()).removesuffix(" …")
    if len(bare) > LONGEST_PHRASE:
        ends = [word.end for word in traced_words(bare) if word.end <= LONGEST_PHRASE]
        bare = bare[: ends[-1] if ends else LONGEST_PHRASE]
    return f'"{bare}"'


def written(node: Node) -> str:
    """A query as it would be typed."""
    if isinstance(node, Match):
        text = f'"{node.typed}"' if node.quoted else node.typed
        return f"{_field(node)}{'=' if node.exact else ''}{text}{'*' if node.prefix else ''}"
    if isinstance(node, Number):
        return _field(node) + node.typed
    if isinstance(node, Not):
        part = _grouped(node.part)
        return f"-({part})" if isinstance(node.part, Not) else f"-{part}"
    if isinstance(node, Either):
        return written(node.typed)
    if isinstance(node, Any):
        return " OR ".join(_grouped(part) for part in node.parts)
    return " ".join(
        _grouped(part) if isinstance(part, Any) else written(part) for part in node.parts
    )


def _grouped(node: Node) -> str:
    return f"({written(node)})" if isinstance(node, All | Any) else written(node)


def _field(leaf: Match | Number) -> str:
    return next((f"{name}:" for name, fields in FIELD_NAMES.items() if fields == leaf.fields), "")
