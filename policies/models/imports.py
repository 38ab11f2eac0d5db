"""A newsletter file that an editor is bringing in."""

from django.conf import settings
from django.db import models

from policies.vocabulary import ImportState

from .issues import NewsletterIssue
from .words import WordField


class IssueImport(models.Model):
    """A file or pasted text with what an editor decided about it; nothing of it is public.

    The file stays as it came, in the database with the rest, so that one backup
    holds all and a write is whole or not at all.
    """

    name = models.CharField("file", max_length=255, blank=True)
    data = models.BinaryField("the file as it came")
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    text = models.TextField("text as read")
    choices = models.JSONField("decisions", default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    state = WordField(
        max_length=12, choices=ImportState.choices, default=ImportState.OPEN, db_index=True
    )
    issue = models.ForeignKey(
        NewsletterIssue, null=True, blank=True, on_delete=models.SET_NULL, related_name="imports"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="imports",
    )
    started_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    stored_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-changed_at"]
        verbose_name = "import"

    def __str__(self) -> str:
        return self.name or "pasted text"
