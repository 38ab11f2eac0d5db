"""Tells an answer's version before it is made, so that what did not change is not sent again.

An answer depends on the public data, of which the search keeps a version with its
moment, on the day, on the address asked for, and on the code that writes it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.timezone import localdate

import policies
from policies.models import SearchState
from policies.versions.asking import start_of

from .problems import Changed


@dataclass(frozen=True, slots=True)
class Stamp:
    """The version of an answer, and since when it is so."""

    etag: str
    since: datetime

    @property
    def headers(self) -> dict[str, str]:
        return {
            "ETag": self.etag,
            "Last-Modified": http_date(self.since.timestamp()),
            "Cache-Control": "public, no-cache",
        }

    def unchanged(self, request: Any) -> HttpResponse | None:
        """The answer to who has this version already, else None. Raises Changed."""
        found = get_conditional_response(request, self.etag, int(self.since.timestamp()))
        if found is not None and found.status_code == 412:
            raise Changed
        return found


def stamp(request: Any) -> Stamp:
    """The version of what `request` will be answered; to be taken before the data is read."""
    state = SearchState.objects.filter(pk=1).values_list("version", "changed_at").first()
    today = localdate()
    version, changed = state or (0, start_of(today))
    parts = (version, changed.timestamp(), today, code(), request.build_absolute_uri(),
             request.accepted_media_type)  # fmt: skip
    digest = hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]
    return Stamp(f'"{digest}"', max(changed, start_of(today)))


@cache
def code() -> str:
    """What stands for the code: another release may write another answer."""
    digest = hashlib.sha256()
    for path in sorted(Path(policies.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
