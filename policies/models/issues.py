"""A newsletter issue as printed."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from .editorial import PublicThroughQuerySet


class IssueQuerySet(PublicThroughQuerySet):
    record_paths = ("policies", "events")

    def get_by_natural_key(self, publisher, published_on):
        return self.get(publisher=publisher, published_on=published_on)


class InIssue:
    """What a record that an issue reported knows of its place there."""

    issue_id: int | None
    imported: dict
    first_line: int | None

    @property
    def stood_earlier(self) -> bool:
        """Whether it stood in an earlier version of the issue’s file, and in today’s no more."""
        return bool(self.issue_id and self.imported and not self.first_line)


class NewsletterIssue(models.Model):
    """One issue; its source text is kept for editors and is never public."""

    publisher = models.CharField(max_length=200, help_text="Who puts the newsletter out.")
    title = models.CharField(max_length=200, help_text="The newsletter’s title as printed.")
    published_on = models.DateField(
        help_text="The day on its front. It is the issue’s address on the site."
    )
    period_start = models.DateField(
        "reporting period from", null=True, blank=True, help_text="First day that it reports on."
    )
    period_end = models.DateField(
        "reporting period to", null=True, blank=True, help_text="Last day that it reports on."
    )
    contributors = models.JSONField(
        default=list, blank=True, help_text="One person a line: name, then a comma and the role."
    )
    source_name = models.CharField("source file", max_length=255, blank=True)
    source_text = models.TextField(blank=True)
    source_sha256 = models.CharField("SHA-256", max_length=64, blank=True, db_index=True)
    leftovers = models.JSONField(default=list, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "published_on"],
                name="issue_unique",
                violation_error_message="This publisher's issue of that day is here already.",
            ),
            models.CheckConstraint(
                condition=models.Q(period_start__isnull=True)
                | models.Q(period_end__isnull=True)
                | models.Q(period_start__lte=models.F("period_end")),
                name="issue_period_in_order",
                violation_error_message="The reporting period ends before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.published_on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("issue", args=[self.published_on.isoformat()])

    def natural_key(self):
        return self.publisher, self.published_on
