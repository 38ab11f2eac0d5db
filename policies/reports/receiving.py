"""Takes in a report."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from policies.models import ErrorReport

from .forgetting import forget_networks
from .limits import is_full
from .reported import Reported

TITLE = 500


class Full(Exception):
    """No more reports are taken today."""


@transaction.atomic
def receive(*, reported: Reported, record: Any, network: str, **given: str) -> ErrorReport:
    """Keep what a reader reports; the same twice is kept once. Raises Full beyond the limits.

    `given` are the field concerned, the text, the source and the e-mail address.
    """
    forget_networks()
    said: dict[str, Any] = {
        "kind": reported.name,
        "record_id": record.pk,
        "network": network,
        "field": given["field"],
        "text": given["text"],
    }
    before = ErrorReport.objects.open().filter(**said).first()
    if before is not None:
        return before
    if is_full(network):
        raise Full
    return ErrorReport.objects.create(
        **said,
        slug=reported.slug_of(record),
        title=str(record)[:TITLE],
        source_url=given["source_url"],
        email=given["email"],
    )
