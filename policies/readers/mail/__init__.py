"""E-mails: the newsletter in their body, or attached to them.

`parts` finds the bodies and attachments, `body` makes a body text. Subject
and date are not part of the text. An attachment is read by whoever calls.
"""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

from ..limits import Unreadable
from .body import text_of
from .parts import DAMAGED, Attachment, parse, parts_of

# A body shorter than this, in characters, is a covering note to what is attached.
NOTE = 500
EMPTY = "The e-mail holds no text that can be read: save the newsletter itself and choose that."

ReadAttachment = Callable[[bytes, str], str | None]


def read(data: bytes, read_attachment: ReadAttachment) -> str:
    """The text of an e-mail: of its body, or of what it brings where the body is a short note.

    That is a forwarded message inside it, else an attachment.

    `read_attachment` takes an attachment's bytes and name and gives its text,
    or None if it is none to read. Raises Unreadable if there is no text at all.
    """
    try:
        return _read(data, read_attachment)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # the standard library raises ValueError and worse on odd headers
        raise Unreadable(DAMAGED) from error


def _read(data: bytes, read_attachment: ReadAttachment) -> str:
    found = parts_of(parse(data))
    text, forwarded = _text(found.bodies), _text(found.forwarded)
    if len(text.strip()) < NOTE:
        text = forwarded or _longest(found.attachments, read_attachment) or text
    elif forwarded:
        text = f"{text}\n\n{forwarded}"
    if not text.strip():
        raise Unreadable(EMPTY)
    return text


def _text(bodies: list[EmailMessage]) -> str:
    return "\n\n".join(part for part in map(text_of, bodies) if part.strip())


def _longest(attachments: list[Attachment], read_attachment: ReadAttachment) -> str:
    texts = (read_attachment(attached.data, attached.name) for attached in attachments)
    return max((text for text in texts if text), key=len, default="")
