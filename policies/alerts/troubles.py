"""Errors as they are logged: by name and place. What they say could hold an address."""

from __future__ import annotations

import traceback


def place_of(error: Exception) -> str:
    """Where an error came from, and its name."""
    return "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
