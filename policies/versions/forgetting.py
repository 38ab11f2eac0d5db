"""Takes versions out of the public history for good, for what must not be seen again."""

from __future__ import annotations

from django.db import transaction

from policies.models import PublicVersion
from policies.search.indexing import lock_state
from policies.vocabulary import VersionKind

from .kinds import BY_STORED
from .telling import versions_of


class NotForgotten(ValueError):
    """The version cannot be taken out; the message says why."""


@transaction.atomic
def forget(version: PublicVersion) -> PublicVersion:
    """Delete `version` and what it alone told. Its record stays as it is.

    Where it was the first of its record, the next one becomes the first publication.
    Refuses the version that holds today: that is changed by correcting the record.
    """
    lock_state()
    versions = versions_of(BY_STORED[version.kind], version.record_id)
    later = versions.filter(pk__gt=version.pk).order_by("pk").first()
    if later is None:
        raise NotForgotten(
            "This is the version that holds now. Correct or withdraw the record first."
        )
    is_first = version.change == VersionKind.PUBLISHED
    if is_first and later.change == VersionKind.CORRECTED:
        later.change = VersionKind.PUBLISHED
        later.save(update_fields=["change"])
    version.delete()
    return version
