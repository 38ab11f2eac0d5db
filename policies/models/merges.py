"""Two records that were one: what was moved, so that it can be moved back."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import models


class MergeQuerySet(models.QuerySet):
    def where_gone(self, kind: str, keys: Iterable[int]) -> dict[int, int]:
        """The keys of the records of `kind` that those of `keys` were merged into, in the end."""
        found: dict[int, int] = {}
        asked = {key: key for key in keys}
        while asked:
            merges = self.filter(kind=kind, undone_at=None, gone_id__in=set(asked.values()))
            into = dict(merges.order_by("pk").values_list("gone_id", "kept_id"))
            asked = {key: into[at] for key, at in asked.items() if at in into}
            found |= asked
        return found


class Merge(models.Model):
    """One merge; `undo` holds what it takes to part the two again."""

    kind = models.CharField(max_length=40, help_text="The model's name, in lower case.")
    kept_id = models.BigIntegerField()
    gone_id = models.BigIntegerField()
    kept_name = models.CharField(max_length=500)
    gone_name = models.CharField(max_length=500)
    undo = models.JSONField(default=dict)
    merged_at = models.DateTimeField(auto_now_add=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-merged_at"]

    def __str__(self) -> str:
        return f"{self.gone_name} into {self.kept_name}"
