"""A query written anew: a name as a phrase, other names spelt out, the facts alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .query import (
    All,
    Any,
    Either,
    Match,
    Node,
    Not,
    Number,
    QueryRefused,
    leaves,
    parse_query,
)
from .terms import FIELD_NAMES, FIELDS
from .writing import written

QUOTES = dict.fromkeys(map(ord, '"“”„‟«»＂'))
FACTS = "facts"


def phrase(name: str) -> str:
    """A name as a phrase of the search; marks within it are passed over in texts, too."""
    return f'"{name.translate(QUOTES)}"'


def spelt_out(node: Node) -> str:
    """A query with its other names as alternatives that could have been typed."""
    return written(_changed(node, _with_names))


def of_facts(typed: str) -> str:
    """The same query about all but signed comments; a place that it names itself stays."""
    root = parse_query(typed).root
    if all(leaf.fields == FIELDS for leaf in leaves(root)):
        return f"{FACTS}:({written(root)})"
    return written(_changed(root, _in_facts))


def is_refused(typed: str) -> bool:
    """Whether a query is too long."""
    try:
        parse_query(typed)
    except QueryRefused:
        return True
    return False


def _with_names(node: Node) -> Node:
    if not isinstance(node, Either):
        return node
    others = (replace(m, typed=m.typed.translate(QUOTES)) for m in node.others)
    return Any((node.typed, *others))


def _in_facts(node: Node) -> Node:
    if isinstance(node, Match | Number) and node.fields == FIELDS:
        return replace(node, fields=FIELD_NAMES[FACTS])
    return node


def _changed(node: Node, change: Callable[[Node], Node]) -> Node:
    """The query with `change` of each part that joins no others."""
    if isinstance(node, Not):
        return Not(_changed(node.part, change))
    if isinstance(node, All | Any):
        return type(node)(tuple(_changed(part, change) for part in node.parts))
    return change(node)
