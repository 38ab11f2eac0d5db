"""Bringing a newsletter issue in: from a file to records in review, with an editor's decisions.

`begin` keeps a file, a `Stage` shows what would be stored, `press` takes a
decision, and `finish` writes all of it. Pages are left to the admin.
"""

from .beginning import NotRead, begin, discard, read_now
from .finishing import AlreadyStored, CannotStore, Changed, finish
from .pressing import press
from .stage import Stage

__all__ = [
    "AlreadyStored",
    "CannotStore",
    "Changed",
    "NotRead",
    "Stage",
    "begin",
    "discard",
    "finish",
    "press",
    "read_now",
]
