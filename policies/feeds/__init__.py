"""Atom feeds (RFC 4287) for whoever follows the tracker from elsewhere."""

from .changes import changes
from .searches import FOLLOWED, feed

__all__ = ["FOLLOWED", "changes", "feed"]
