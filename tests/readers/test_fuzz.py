"""Damaged and random files of every kind are read or refused, and no line of theirs is lost.

A slice of what `python -m tests.fuzz` makes; a failure names the number of its file,
which `python -m tests.fuzz --first NUMBER --write PATH` writes.
"""

from __future__ import annotations

import pytest

from tests.fuzz.inputs import made
from tests.fuzz.trial import tried

FILES, SLICE = 300, 30


@pytest.mark.parametrize("first", range(0, FILES, SLICE))
def test_damaged_files_are_read_or_refused(first):
    results = [tried(number) for number in range(first, first + SLICE)]
    assert [one for one in results if one.fault] == []


def test_the_same_number_makes_the_same_file():
    assert [made(number) for number in range(40)] == [made(number) for number in range(40)]
    assert len({made(number)[0] for number in range(40)}) > 30
