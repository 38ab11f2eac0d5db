"""The same metric in several documents: which target came before which, and where one ended.

How a target changed from one document to the next is not kept: the two figures tell it.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .editorial import PublicQuerySet
from .points import Target
from .policies import Policy

APART = _("A target cannot come before itself.")


class LinkQuerySet(PublicQuerySet):
    state_paths = ("later__policy__state", "earlier__policy__state")


class DroppedQuerySet(PublicQuerySet):
    state_paths = ("target__policy__state", "policy__state")


class TargetLink(models.Model):
    """Two targets of the same metric; public where both are."""

    later = models.ForeignKey(
        Target,
        on_delete=models.CASCADE,
        related_name="earlier_links",
        verbose_name=_("later target"),
    )
    earlier = models.ForeignKey(
        Target,
        on_delete=models.CASCADE,
        related_name="later_links",
        verbose_name=_("earlier target"),
        help_text=_("What an earlier document set for the same thing."),
    )
    note = models.CharField(
        max_length=300, blank=True, help_text=_("Public. What to know when comparing the two.")
    )

    objects = LinkQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("link of targets")
        verbose_name_plural = _("links of targets")
        constraints = [
            models.UniqueConstraint(
                fields=["later", "earlier"],
                name="target_link_once",
                violation_error_message=_("These two targets are linked already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(later=models.F("earlier")),
                name="target_link_between_two",
                violation_error_message=APART,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"

    def clean(self) -> None:
        """Say beside the earlier target what makes no sense."""
        super().clean()
        if self.later_id and self.later_id == self.earlier_id:
            raise ValidationError({"earlier": APART})
        turned = TargetLink.objects.filter(later=self.earlier_id, earlier=self.later_id)
        if self.later_id and self.earlier_id and turned.exclude(pk=self.pk).exists():
            raise ValidationError(
                {"earlier": _("The two are linked already, the other way round.")}
            )


class DroppedTarget(models.Model):
    """A target that a later document no longer names, as an editor found; public where both are."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="drops")
    policy = models.ForeignKey(
        Policy,
        on_delete=models.CASCADE,
        related_name="drops",
        help_text=_("The document that follows and does not name the target any more."),
    )
    note = models.CharField(
        max_length=300, blank=True, help_text=_("Public. What stands in its place, if anything.")
    )

    objects = DroppedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("dropped target")
        constraints = [
            models.UniqueConstraint(
                fields=["target", "policy"],
                name="target_dropped_once",
                violation_error_message=_("This is said already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.target} ✕ {self.policy}"

    def clean(self) -> None:
        """A document cannot drop a target of its own."""
        super().clean()
        if self.target_id and self.policy_id and self.target.policy_id == self.policy_id:
            raise ValidationError({"policy": _("This document is the one that sets the target.")})


class DeclinedTargetLink(models.Model):
    """Two targets that are not proposed for a link again: they do not measure the same."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="+")
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    declined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "other"], name="declined_target_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.target} ≠ {self.other}"
