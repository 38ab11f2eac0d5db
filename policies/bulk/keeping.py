"""Keeps an uploaded sheet between its dry run and the import.

It lies in the database, beside the sessions: every process finds it, only who
uploaded it gets it, and it goes with the import, or after an hour.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.backends.db import SessionStore

LIFETIME = 60 * 60


@dataclass(frozen=True, slots=True)
class Kept:
    """A sheet as it was uploaded, and the mark of the plan that was shown for it."""

    token: str
    name: str
    data: bytes
    fingerprint: str


def keep(data: bytes, *, name: str, model: Any, by: Any, fingerprint: str) -> str:
    """Keep a sheet; gives the word under which it is found again."""
    SessionStore.clear_expired()
    store = SessionStore()
    store["sheet"] = {
        "name": name,
        "data": base64.b64encode(data).decode("ascii"),
        "model": model._meta.label,
        "user": by.pk,
        "fingerprint": fingerprint,
    }
    store.set_expiry(LIFETIME)
    store.create()
    return str(store.session_key)


def kept(token: str, *, model: Any, by: Any) -> Kept | None:
    """The sheet under `token`, if it is of this model and this user; locked in a transaction."""
    # A sheet that two requests carry out at once is found by the first of them only.
    found = SessionStore.get_model_class().objects.select_for_update()
    if not token or not found.filter(session_key=token).exists():
        return None
    sheet = SessionStore(token).get("sheet") or {}
    if (sheet.get("model"), sheet.get("user")) != (model._meta.label, by.pk):
        return None
    data = base64.b64decode(sheet["data"])
    return Kept(token, sheet["name"], data, sheet["fingerprint"])


def drop(token: str) -> None:
    """Forget the sheet under `token`."""
    SessionStore(token).delete()
