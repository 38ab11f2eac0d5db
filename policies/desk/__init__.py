"""What waits for an editor, as plain data: what is in review, what lacks something, what is due."""

from . import changes, due
from .lacks import CHILDREN, LACKS, lacking, missing
from .piles import PILES, Pile, waiting
from .reviewing import in_review

__all__ = [
    "CHILDREN",
    "LACKS",
    "PILES",
    "Pile",
    "changes",
    "due",
    "in_review",
    "lacking",
    "missing",
    "waiting",
]
