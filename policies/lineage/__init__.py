"""The same metric in several documents: what was raised, lowered, repeated or dropped.

Editors link targets; what is likely is proposed to them. Nothing of it is found by
going through all targets: candidates come from the search index.
"""

from .answering import ask_again, decline, drop, link, take_back, unlink
from .drawing import Drawing, drawing
from .marks import Marks, mark
from .proposing import Proposal, Proposals, proposed, successors
from .telling import Entry, lineage

__all__ = [
    "Drawing",
    "Entry",
    "Marks",
    "Proposal",
    "Proposals",
    "ask_again",
    "decline",
    "drawing",
    "drop",
    "lineage",
    "link",
    "mark",
    "proposed",
    "successors",
    "take_back",
    "unlink",
]
