"""Ways to damage a file: each takes a chance and bytes, and gives bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from .sources import KINDS, file_of, parts_of, repacked

Damage = Callable[[Random, bytes], bytes]
NUMBER = re.compile(rb"\d+")
SPACES = (b" ", "\xa0".encode(), "\u3000".encode(), "\u2009".encode(), b"\t", "\ufeff".encode())
HOSTILE = [
    text.encode("utf-8", "surrogatepass")
    for text in (
        "\0", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c\x1d\x1e", "\r", "\n\r", "\u202e",
        "\ufeff", "\ufffe", "\ud800", "\U0010ffff", "\u0301" * 500, "\u200d" * 200, "﷽" * 50,
        "ⅷ", "①", "½", "٣", "²", "一二三", "〇", "1" * 400, "9" * 30 + "%", "-" * 300,
        "." * 500, "（" * 80, "((((", "]](", "[a](", "](javascript:x)", "**" * 60, "|" * 200,
        "“" * 40, "•" * 30, "<" * 50, "<!--", "&#0;", "&#x110000;", "<![CDATA[", "]]>", "%PDF-1.4",
        "PK\x03\x04", "From: a@b.c\nTo: d@e.f\n\n",
        "Content-Type: multipart/mixed; boundary=x\n\n--x\n",
        "4月31日：", "April 31: ", "2024-13-45", "0001-01-01", "December 31, 9999", "Q5 2024",
        "CNY 1e999999", "EUR -0", "by 99999999999999", "(REPORTING PERIOD: MAY 9 - APRIL 1)",
        "endstream endobj", "<< /Length -1 >>", "stream\n", "/Kids [1 0 R]",
        "trailer<</Root 1 0 R>>",
    )
]  # fmt: skip
NESTS = (
    (b"<div>", b"</div>"), (b"<!--", b"-->"),
    (b"<table><tr><td>", b"</td></tr></table>"),
    (b"<ul><li>", b"</li></ul>"),
    (b"[", b"]"), (b"<<", b">>"), (b"(", b")"), (b"<a href='#'>", b"</a>"), (b"q ", b"Q "),
    (b"<w:p>", b"</w:p>"), (b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>"), (b"> ", b""),
    (b"  - ", b"\n"), (b"Content-Type: message/rfc822\n\n", b""), (b"<font>", b""),
)  # fmt: skip


def flip(chance: Random, data: bytes) -> bytes:
    """Some bits the other way."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 100))):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def cut(chance: Random, data: bytes) -> bytes:
    """The end missing, the start missing, or a piece in the middle."""
    first, last = _span(chance, data)
    return chance.choice((data[:first], data[last:], data[:first] + data[last:]))


def double(chance: Random, data: bytes) -> bytes:
    """A piece again and again, perhaps elsewhere."""
    first, last = _span(chance, data, most=2000)
    at = chance.choice((last, chance.randrange(len(data) + 1)))
    return data[:at] + data[first:last] * chance.choice((1, 2, 30)) + data[at:]


def splice(chance: Random, data: bytes) -> bytes:
    """A piece of another file, of any kind."""
    other = file_of(chance.choice(KINDS), chance.randrange(1000))
    first, last = _span(chance, other)
    at = chance.randrange(len(data) + 1)
    return data[:at] + other[first:last] + data[at + chance.choice((0, last - first)) :]


def noise(chance: Random, data: bytes) -> bytes:
    """Random bytes put in or over."""
    at, size = chance.randrange(len(data) + 1), chance.choice((1, 8, 300, 5000))
    return data[:at] + chance.randbytes(size) + data[at + chance.choice((0, size)) :]


def hostile(chance: Random, data: bytes) -> bytes:
    """Words and characters that break programs, at several places."""
    for _ in range(chance.choice((1, 4, 20))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(HOSTILE) + data[at:]
    return data


def numbers(chance: Random, data: bytes) -> bytes:
    """Some numbers too large, too small, or none."""
    share = chance.choice((0.01, 0.1, 0.5))

    def other(match: re.Match[bytes]) -> bytes:
        odd = (b"0", b"-1", b"4294967296", b"9" * 40, b"1e9", b"", b"NaN", match[0][::-1])
        return chance.choice(odd) if chance.random() < share else match[0]

    return NUMBER.sub(other, data)


def nest(chance: Random, data: bytes) -> bytes:
    """Something opened very often, closed as often or never."""
    opened, closed = chance.choice(NESTS)
    times, at = chance.choice((20, 300, 3000, 30_000)), chance.randrange(len(data) + 1)
    end = chance.choice((closed * times, b""))
    return data[:at] + opened * times + b"text" + end + data[at:]


def lines(chance: Random, data: bytes) -> bytes:
    """Lines in another order, lost, doubled, joined, or ended otherwise."""
    rows = data.split(b"\n")
    what = chance.randrange(5)
    if what == 0:
        chance.shuffle(rows)
    elif what == 1:
        rows = [row for row in rows if chance.random() < 0.8]
    elif what == 2:
        rows = [row for row in rows for _ in range(chance.choice((1, 1, 1, 2, 5)))]
    end = chance.choice((b"\n", b"\r\n", b"\r", b"\n\n", b" ", b"", "\u2028".encode(), b"\x0b"))
    return (end if what > 2 else b"\n").join(rows)


def spaces(chance: Random, data: bytes) -> bytes:
    """Each space another one, or none."""
    return data.replace(b" ", chance.choice((*SPACES, b"", b"  " * 40)))


def recoded(chance: Random, data: bytes) -> bytes:
    """Another encoding than the file says."""
    text = data.decode("utf-8", "replace")
    encoding = chance.choice(
        ("utf-16", "utf-16-be", "utf-32", "gb18030", "cp1252", "utf-7", "big5")
    )
    return text.encode(encoding, "ignore")


def grow(chance: Random, data: bytes) -> bytes:
    """The whole many times over."""
    return data * chance.choice((2, 5, 20))


def inside(chance: Random, data: bytes) -> bytes:
    """A part of a Word file damaged and packed again, so that its checksums are right."""
    try:
        parts = parts_of(data)
        name = chance.choice(("word/document.xml", chance.choice(sorted(parts))))
        parts[name] = chance.choice(PLAIN)(chance, parts[name] or b" ")
        return repacked(parts)
    except Exception:  # what was damaged before is no archive any more
        return flip(chance, data)


PLAIN: tuple[Damage, ...] = (
    flip, cut, double, splice, noise, hostile, numbers, nest, lines, spaces, recoded,
)  # fmt: skip
OF_KIND: dict[str, tuple[Damage, ...]] = {
    "docx": (*PLAIN, *(inside,) * 14),
    "txt": (*PLAIN, grow, hostile, lines, hostile, lines),
}


def _span(chance: Random, data: bytes, *, most: int = 0) -> tuple[int, int]:
    first = chance.randrange(len(data) + 1)
    last = chance.randrange(first, len(data) + 1)
    return first, min(last, first + most) if most else last
