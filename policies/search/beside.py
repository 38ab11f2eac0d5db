"""What readers see of records though the index does not hold it: places and issues by name.

A change of it gives the data its next version, so that nobody takes an old answer for
today's. It does so in a transaction of its own, lest one that holds other rows wait for
the state of the index.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from policies.models import NewsletterIssue, Region

from .indexing import advance, lock_state


def connect() -> None:
    """Listen to the models whose rows are named by records and found by nothing else."""
    for model in (NewsletterIssue, Region):
        post_save.connect(_changed, sender=model, dispatch_uid="beside the index")
        post_delete.connect(_changed, sender=model, dispatch_uid="beside the index")


def _changed(sender: Any, using: str, **kwargs: Any) -> None:
    transaction.on_commit(_advance, using=using)


def _advance() -> None:
    with transaction.atomic():
        advance(lock_state(), [])
