"""From a number to a file: which kind, which text, damaged how."""

from __future__ import annotations

from random import Random

from .damage import OF_KIND, PLAIN
from .sources import KINDS, file_of

MAGICS = (
    b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html><body>", b"From: a@b.c\nSubject: x\n\n", b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"MAY 8, 2024 (REPORTING PERIOD: APRIL 2 - APRIL 30)\n\n1. A: b\n\nAt a glance: c\n",
)  # fmt: skip
# Of how many files one is random altogether.
RANDOM = 12


def made(number: int) -> tuple[bytes, str, str]:
    """The file of this number, its name, and how it was made."""
    chance = Random(number)
    kind = chance.choice(KINDS)
    name = chance.choice((f"file.{kind}", "", "file.html", "file.eml"))
    if chance.randrange(RANDOM) == 0:
        size = chance.choice((1, 50, 2000, 100_000))
        magic = chance.choice(MAGICS)
        return magic + chance.randbytes(size), name, f"{kind}: random behind {magic[:8]!r}"
    data = file_of(kind, chance.randrange(200))
    done = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        damage = chance.choice(OF_KIND.get(kind, PLAIN))
        data = damage(chance, data or b" ")
        done.append(damage.__name__)
    return data, name, f"{kind}: {', '.join(done)}"
