"""What the readers' tests share. They need no Django, so its fixture is put aside here."""

from __future__ import annotations

from pathlib import Path

import pytest

from .samples import NEWSLETTER

REAL = Path(__file__).parents[2].parent / "shared" / "newsletters" / "2024-05-08.txt"


@pytest.fixture(autouse=True)
def _plain_static_files():
    """Take the place of the fixture of the whole suite that changes Django's settings."""


@pytest.fixture(params=["invented", "real"])
def newsletter(request) -> str:
    """A whole newsletter as text: the invented one, and the real one where it is there."""
    if request.param == "invented":
        return NEWSLETTER
    if not REAL.exists():
        pytest.skip(f"the newsletter is not kept here: {REAL}")
    return REAL.read_text(encoding="utf-8")
