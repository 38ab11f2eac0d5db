"""E-mails to text: the HTML part where there is one, else the plain one, else an attachment."""

from __future__ import annotations

import email
from collections.abc import Callable
from email import policy
from email.message import EmailMessage

from .failures import Unreadable
from .html import read_html
from .text import decode

# A body shorter than this, in characters, only says "see attachment".
_SHORT = 500
_MAX_PARTS = 200


def read_mail(data: bytes, read_attachment: Callable[[bytes], str]) -> str:
    """The text of the e-mail `data`; raises Unreadable for one without readable text."""
    try:
        message = email.message_from_bytes(data, policy=policy.default)
        parts = []
        for part in message.walk():
            parts.append(part)
            if len(parts) > _MAX_PARTS:
                raise Unreadable("The e-mail has too many parts to be a newsletter.")
        body = _body(parts)
        if len(body) < _SHORT:
            for part in parts:
                content = part.get_payload(decode=True)
                if isinstance(content, bytes) and content[:4] in (b"%PDF", b"PK\x03\x04"):
                    return read_attachment(content)
    except Unreadable:
        raise
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable("The e-mail is damaged. Save it again, or paste its text.") from error
    if not body.strip():
        raise Unreadable("The e-mail holds no text. Save the newsletter itself, or paste it.")
    return body


def _body(parts: list[EmailMessage]) -> str:
    for kind, convert in (("text/html", read_html), ("text/plain", str)):
        for part in parts:
            if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
                text = convert(_content(part))
                if text.strip():
                    return text.replace("\r\n", "\n")
    return ""


def _content(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except LookupError:
        payload = part.get_payload(decode=True)
        return decode(payload) if isinstance(payload, bytes) else ""
