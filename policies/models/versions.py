"""What the public saw of a record, and when."""

from django.db import models

from policies.vocabulary import VersionKind

from .words import WordField


class PublicVersion(models.Model):
    """A record's public fields from a moment on, until its next version.

    Names no editor. Without `fields` the record was not public.
    """

    kind = models.CharField(max_length=40, help_text="The model's name, in lower case.")
    record_id = models.BigIntegerField()
    since = models.DateTimeField()
    change = WordField(max_length=12, choices=VersionKind.choices)
    title = models.CharField(max_length=500)
    fields = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-since", "-pk"]
        indexes = [
            models.Index(fields=["kind", "record_id", "since"]),
            models.Index(fields=["change", "-since"]),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_change_display()} {self.since:%Y-%m-%d})"
