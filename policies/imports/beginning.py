"""Keeps a file that an editor brings in, and reads it.

What cannot be read leaves nothing behind. A file that is here already leads to
its import.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.db.models import Q

from policies.models import IssueImport
from policies.newsletter import NotANewsletter
from policies.readers import Unreadable
from policies.vocabulary import ImportState

from .reading import check_kind, parsed, text_of

# Reading more than this may take longer than an editor waits without a word.
LONG_BYTES = 500_000
LONGEST_NAME = 255


class NotRead(ValueError):
    """The file cannot be brought in; the message is one line that says why."""


def begin(data: bytes, *, name: str = "", by: Any = None) -> tuple[IssueImport, bool]:
    """The import of the file `data`, and whether it is new.

    A file that was put aside, or whose issue was deleted, is brought in anew. A long
    one is kept unread, with an empty text, until `read_now`. Raises NotRead.
    """
    digest = hashlib.sha256(data).hexdigest()
    present = IssueImport.objects.defer("data", "text").filter(sha256=digest)
    over = Q(state=ImportState.DISCARDED) | Q(state=ImportState.STORED, issue=None)
    found = present.exclude(over).first()
    if found is not None:
        return found, False
    is_long = len(data) > LONG_BYTES
    text = _not_yet(data, name) if is_long else _read(data, name)
    kept = IssueImport(name=shown_name(name), data=data, sha256=digest, text=text, started_by=by)
    kept.save()
    return kept, True


def read_now(key: int) -> IssueImport:
    """Read the long file of import `key`; raises NotRead, and then the import is gone."""
    kept = IssueImport.objects.get(pk=key)
    if kept.text or kept.state != ImportState.OPEN:
        return kept
    try:
        kept.text = _read(bytes(kept.data), kept.name)
    except NotRead:
        kept.delete()
        raise
    IssueImport.objects.filter(pk=key, text="").update(text=kept.text)
    return kept


@transaction.atomic
def discard(key: int) -> IssueImport | None:
    """Put an open import aside; None if it is not open any more."""
    kept = IssueImport.objects.select_for_update().get(pk=key)
    if kept.state != ImportState.OPEN:
        return None
    kept.state = ImportState.DISCARDED
    kept.revision += 1
    kept.save(update_fields=["state", "revision", "changed_at"])
    return kept


def shown_name(name: str) -> str:
    """The last part of a file's name, without what no name may hold."""
    plain = "".join(c for c in PurePath(name.replace("\\", "/")).name if c.isprintable())
    stem, suffix = PurePath(plain).stem, PurePath(plain).suffix[:10]
    return stem[: LONGEST_NAME - len(suffix)] + suffix if plain else ""


def _read(data: bytes, name: str) -> str:
    try:
        text = text_of(data, name)
        parsed(text)
    except (Unreadable, NotANewsletter) as refusal:
        raise NotRead(_sentence(str(refusal))) from None
    return text


def _not_yet(data: bytes, name: str) -> str:
    """No text; what can be told of a long file without reading it is told at once."""
    try:
        check_kind(data, name)
    except Unreadable as refusal:
        raise NotRead(_sentence(str(refusal))) from None
    return ""


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".") + "."
