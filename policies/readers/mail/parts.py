"""What an e-mail is made of: the parts that are its body, the parts attached to it.

Each part is looked at once, without recursion; headers are cut to a sane
length before they are parsed. What a body says is left to `body`.
"""

from __future__ import annotations

import email
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage, Message
from typing import Any, cast

from ..limits import Unreadable

MAX_PARTS = 500
MAX_DEPTH = 20
MAX_ATTACHMENTS = 10
# In characters; the parser of headers is slow on endless ones.
MAX_HEADER = 2000
MAX_BOUNDARIES = 5000
DAMAGED = "The e-mail is damaged or too deeply nested: save the newsletter itself and choose that."
READABLE = ("application/", "text/")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to an e-mail."""

    data: bytes
    name: str


@dataclass(slots=True)
class Parts:
    """The bodies of an e-mail in order, those of messages inside it, and its attachments."""

    bodies: list[EmailMessage] = field(default_factory=list)
    forwarded: list[EmailMessage] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)


class _Policy(policy.EmailPolicy):
    """The standard library's policy, with headers cut before they are taken apart."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        """The header parsed, or as it stands where the parser breaks on it."""
        short = str(value)[:MAX_HEADER]
        try:
            return super().header_fetch_parse(name, short)
        except Exception:  # the standard library raises IndexError and worse on odd headers
            return policy.compat32.header_fetch_parse(name, short)


POLICY = _Policy()


def parse(data: bytes) -> EmailMessage:
    """The e-mail in `data`. Raises Unreadable if its nesting defeats the parser."""
    if data.count(b"\n--") > MAX_BOUNDARIES or data.lower().count(b"multipart/") > MAX_PARTS:
        raise Unreadable(DAMAGED)
    try:
        return cast(EmailMessage, email.message_from_bytes(data.lstrip(), policy=POLICY))
    except MemoryError:
        raise
    except Exception as error:  # RecursionError, and what broken headers raise
        raise Unreadable(DAMAGED) from error


def parts_of(message: EmailMessage) -> Parts:
    """The bodies and attachments of `message`, forwarded messages inside it included.

    Of alternatives the HTML is taken, else the plain text.
    """
    found = Parts()
    stack = [(message, 0, found.bodies)]
    seen = 0
    while stack:
        part, depth, bodies = stack.pop()
        seen += 1
        if seen > MAX_PARTS or depth > MAX_DEPTH:
            raise Unreadable(DAMAGED)
        inside = found.forwarded if part.get_content_type() == "message/rfc822" else bodies
        for child in reversed(_opened(part, bodies, found.attachments)):
            stack.append((child, depth + 1, inside))
    return found


def _opened(
    part: EmailMessage, bodies: list[EmailMessage], attachments: list[Attachment]
) -> list[EmailMessage]:
    """The parts inside `part` to look at; a part without any is filed in one of the lists."""
    kind = part.get_content_type()
    if part.is_multipart():
        inside = cast(list[Any], part.get_payload())
        children = [cast(EmailMessage, child) for child in inside if isinstance(child, Message)]
        return _best(children) if kind == "multipart/alternative" else children
    name = part.get_filename() or ""
    attached = part.get_content_disposition() == "attachment" or bool(name)
    if kind in ("text/html", "text/plain") and not attached:
        bodies.append(part)
    elif kind.startswith(READABLE) and len(attachments) < MAX_ATTACHMENTS:
        attachments.append(Attachment(payload(part), name))
    return []


def _best(alternatives: list[EmailMessage]) -> list[EmailMessage]:
    """The alternative that shows most: HTML, also inside another multipart, else plain text."""
    for wanted in ("text/html", "multipart/", "text/plain"):
        for part in reversed(alternatives):
            if part.get_content_type().startswith(wanted) and _holds_text(part):
                return [part]
    return alternatives[-1:]


def _holds_text(part: EmailMessage) -> bool:
    return bool(part.get_payload() if part.is_multipart() else payload(part).strip())


def payload(part: EmailMessage) -> bytes:
    """The bytes of a part, its transfer encoding undone."""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
