"""A rectangle on a page, in points from its upper left corner."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle; `url` is where it leads, "" if it is no link."""

    x0: float
    top: float
    x1: float
    bottom: float
    url: str = ""
