"""Every case is a pair of files: NAME.txt as printed and NAME.json as it must be read.

A new oddity of a newsletter is a new pair. To write the JSON of a new case,
run this module with the case's name and check the result by eye:
`python -m tests.newsletter.test_golden NAME`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from policies.newsletter import parse_issue

from .rendering import golden

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.txt"))


def read(name: str) -> str:
    # Line ends and byte order marks are part of a case.
    return (CASES / f"{name}.txt").read_bytes().decode("utf-8")


def as_json(name: str) -> str:
    return json.dumps(golden(parse_issue(read(name))), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_case_reads_as_its_golden_file_says(name):
    expected = (CASES / f"{name}.json").read_text("utf-8")

    assert json.loads(as_json(name)) == json.loads(expected)


def test_every_golden_file_has_its_text():
    assert sorted(path.stem for path in CASES.glob("*.json")) == NAMES
    assert len(NAMES) >= 10


if __name__ == "__main__":
    for case in sys.argv[1:]:
        (CASES / f"{case}.json").write_text(as_json(case), "utf-8")
