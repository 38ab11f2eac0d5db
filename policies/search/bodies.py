"""The registry of issuing bodies as a process holds it, for the rows of a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from policies.models import IssuingBody

from .index import Index

# What is read of the issuers of policies, and of those of targets; their bodies are here.
ISSUERS = Prefetch("issuers", to_attr="issuers_read")
ISSUERS_OF_TARGETS = Prefetch("policy__issuers", to_attr="issuers_read")


class Bodies:
    """All bodies with their other names, read anew when a name changes."""

    def __init__(self) -> None:
        self._version: object = None
        self._held: dict[int, IssuingBody] = {}

    def give(self, index: Index, records: Iterable[Any]) -> None:
        """Set the bodies of the issuers that were read with policies, or with those of targets.

        Without a question to the database, unless a name changed.
        """
        issuers = [
            issuer
            for record in records
            for issuer in getattr(getattr(record, "policy", record), "issuers_read", ())
        ]
        version = (index.generation, index.names_version)
        if issuers and self._version != version:
            self._held = IssuingBody.objects.prefetch_related("aliases").in_bulk()
            self._version = version
        for issuer in issuers:
            if issuer.body_id in self._held:
                issuer.body = self._held[issuer.body_id]


BODIES = Bodies()
