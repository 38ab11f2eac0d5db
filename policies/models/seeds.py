"""What the fixtures gave last, so that seeding again tells an editor's changes from theirs."""

from django.db import models


class SeededRow(models.Model):
    """The values that one row of a fixture had when it was seeded last."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=300)
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="seeded_row_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
