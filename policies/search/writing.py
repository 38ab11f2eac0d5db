"""A query that was read, as it would be typed."""

from __future__ import annotations

from .query import All, Any, Either, Match, Node, Not, Number
from .terms import FIELD_NAMES


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
