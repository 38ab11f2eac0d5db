"""The text of an e-mail's body, plain or HTML, in whatever character set."""

from __future__ import annotations

import re
from email.message import EmailMessage

from .. import html, text
from ..limits import Unreadable
from .parts import payload

CHINESE = re.compile(
    r"(?:x-)?(?:gb[-_]?2312(?:-80)?|gbk|gb_1988|gb18030|cp936|euc-cn)", re.IGNORECASE
)
QUOTE = re.compile(r"(?:> ?){1,20}")
SIGNATURE = "-- "


def text_of(part: EmailMessage) -> str:
    """The text of a body, "" if there is none that can be read."""
    try:
        decoded = _decode(payload(part), part.get_content_charset())
        if part.get_content_type() == "text/html":
            return html.read_markup(decoded)
    except Unreadable:
        return ""
    plain = decoded.replace("\r\n", "\n").replace("\r", "\n")
    plain = unquoted(plain)
    if str(part.get_param("format", "")).lower() == "flowed":
        return unflowed(plain, shrinks=str(part.get_param("delsp", "")).lower() == "yes")
    return plain


def unquoted(plain: str) -> str:
    """The text without the marks of quotation, if most of its lines are quoted."""
    lines = plain.split("\n")
    quoted = sum(line.startswith(">") for line in lines)
    if quoted * 2 <= sum(bool(line.strip()) for line in lines):
        return plain
    return "\n".join(QUOTE.sub("", line, count=1) if line[:1] == ">" else line for line in lines)


def unflowed(plain: str, *, shrinks: bool = False) -> str:
    """Text of format=flowed (RFC 3676) with its soft line breaks undone.

    A line that ends with a space goes on in the next; `shrinks` (DelSp) says
    that this space is not part of the text. A signature's mark never flows.
    """
    out: list[str] = []
    flows = False
    for line in plain.split("\n"):
        quote = QUOTE.match(line)
        words = line[quote.end() :] if quote else line
        words = words[1:] if words.startswith(" ") and not quote else words
        if flows and words:
            out[-1] += words
        else:
            out.append(words)
        flows = words.endswith(" ") and words != SIGNATURE
        if flows and shrinks:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def _decode(data: bytes, charset: str | None) -> str:
    if charset and charset not in ("us-ascii", "unknown-8bit"):
        encoding = "gb18030" if CHINESE.fullmatch(charset) else charset
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except (LookupError, ValueError):  # no such encoding, or not in this one
            pass
    return text.decode(data)
