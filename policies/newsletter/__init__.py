"""The newsletter parser: the text of one issue in, a frozen `ParsedIssue` out.

Knows of no database and no Django; the standard library is all it needs.
"""

from .dates import PreciseDate
from .document import (
    Item,
    Leftover,
    Money,
    NotANewsletter,
    ParsedIssue,
    Person,
    Placement,
    Point,
    Quantity,
    Source,
    Warning,  # noqa: A004
)
from .doubts import Doubt, doubts
from .parser import parse_issue

__all__ = [
    "Doubt",
    "Item",
    "Leftover",
    "Money",
    "NotANewsletter",
    "ParsedIssue",
    "Person",
    "Placement",
    "Point",
    "PreciseDate",
    "Quantity",
    "Source",
    "Warning",
    "doubts",
    "parse_issue",
]
