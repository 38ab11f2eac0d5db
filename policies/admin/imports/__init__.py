"""Bringing an issue in, on the desk: the list of imports, the upload, the review screen."""

from . import listing

__all__ = ["listing"]
