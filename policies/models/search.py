"""The tables of the search index; `policies.search` alone reads and writes them.

Terms and bitmaps are bytes, so that both databases order them alike.
"""

from django.db import models
from django.utils import timezone


class SearchPosting(models.Model):
    """Which records of one block of 65,536 hold a term, in which field."""

    pk = models.CompositePrimaryKey("kind", "term", "block")
    kind = models.PositiveSmallIntegerField()
    term = models.BinaryField(max_length=400)
    block = models.PositiveIntegerField()
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.kind}/{bytes(self.term).decode()}/{self.block}"


class SearchDocument(models.Model):
    """A public record as the index holds it: its normal text by field, and its filter values."""

    pk = models.CompositePrimaryKey("kind", "record_id")
    kind = models.PositiveSmallIntegerField()
    record_id = models.PositiveIntegerField()
    text = models.TextField()
    values = models.TextField()

    def __str__(self) -> str:
        return f"{self.kind}/{self.record_id}"


class SearchState(models.Model):
    """The version of the public data and since when, and how far a rebuild has come; one row."""

    version = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    pair_words = models.JSONField(default=list)
    next_pair_words = models.JSONField(null=True)
    progress = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"version {self.version}"


class SearchChange(models.Model):
    """A record that a version changed; without a record, everything of its kind."""

    version = models.BigIntegerField(db_index=True)
    kind = models.PositiveSmallIntegerField()
    record_id = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.version}: {self.kind}/{self.record_id}"
