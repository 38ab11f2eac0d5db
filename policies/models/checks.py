"""Whether the addresses in records still lead somewhere."""

from typing import Self

from django.db import models

from .links import LinkField

# Looks in a row that did not reach an address before it counts as dead.
DEAD_AFTER = 3


class LinkCheckQuerySet(models.QuerySet):
    def dead(self) -> Self:
        """The addresses that lead nowhere any more."""
        return self.filter(failures__gte=DEAD_AFTER)


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

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-failures", "url"]

    @property
    def is_dead(self) -> bool:
        return self.failures >= DEAD_AFTER

    def __str__(self) -> str:
        return self.url
