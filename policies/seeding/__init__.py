"""Fills the tracker from fixtures/; repeatable, and an editor's changes stay."""

from .issues import seed_issues
from .registry import seed_registry
from .tally import Tally

__all__ = ["Tally", "seed_issues", "seed_registry"]
