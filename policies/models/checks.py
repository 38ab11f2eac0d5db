"""Whether the addresses in records still lead somewhere."""

from django.db import models

from .links import LinkField


class LinkCheck(models.Model):
    """The last looks at one address, whichever records name it."""

    url = LinkField("address", unique=True)
    checked_at = models.DateTimeField("last checked")
    reached_at = models.DateTimeField("last reached", null=True, blank=True)
    answer = models.CharField(
        max_length=200, blank=True, help_text="What came back the last time: 404, no such host."
    )
    failures = models.PositiveSmallIntegerField(
        default=0, help_text="Looks in a row that did not reach it."
    )

    class Meta:
        ordering = ["-failures", "url"]

    def __str__(self) -> str:
        return self.url
