"""Errors that readers report on public records; nothing of a report is ever public."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.vocabulary import ReportState

from .links import LinkField
from .prose import ProseField
from .slugs import SLUG_LENGTH
from .words import WordField

LONGEST = 2000


class ErrorReportQuerySet(models.QuerySet):
    def open(self) -> Self:
        """The reports about which nobody has decided."""
        return self.filter(state=ReportState.OPEN)

    def with_personal_data(self) -> Self:
        """The reports that still hold an e-mail address or the mark of a network."""
        return self.exclude(email="", network="")


class ErrorReport(models.Model):
    """What a reader says is wrong about one field of one record.

    The record is named by the kind and the slug that the reader saw, and by its key: a
    report outlives both a renamed and a deleted record.
    """

    kind = models.CharField(_("kind of record"), max_length=20, editable=False)
    slug = models.CharField(_("record"), max_length=SLUG_LENGTH, editable=False)
    record_id = models.BigIntegerField(editable=False)
    title = models.CharField(
        _("title"), max_length=500, editable=False, help_text=_("What readers called the record.")
    )
    field = models.CharField(
        _("field"),
        max_length=40,
        blank=True,
        editable=False,
        help_text=_("The public field concerned. Empty: the record as a whole."),
    )
    text = ProseField(_("what is wrong"), max_length=LONGEST, editable=False)
    source_url = LinkField(_("where it can be checked"), blank=True, editable=False)
    email = models.EmailField(
        _("e-mail"),
        blank=True,
        help_text=_("For your answer only. Deleted when you decide; empty it to delete it now."),
    )
    network = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("Whence it came, as a mark of a day."),
    )
    reported_at = models.DateTimeField(_("reported"), auto_now_add=True, db_index=True)
    state = WordField(
        _("state"),
        max_length=8,
        choices=ReportState.choices,
        default=ReportState.OPEN,
        db_index=True,
        help_text=_("Accepted: the record is corrected. Rejected: it stays as it is."),
    )
    note = ProseField(
        _("note"), blank=True, help_text=_("For editors: what was done, or why nothing was.")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at", "-pk"]
        verbose_name = _("report by a reader")
        verbose_name_plural = _("reports by readers")
        indexes = [models.Index(fields=["network", "reported_at"], name="report_network")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ReportState.OPEN, decided_at__isnull=True)
                | ~models.Q(state=ReportState.OPEN) & models.Q(decided_at__isnull=False),
                name="report_decided",
            ),
        ]

    def __str__(self) -> str:
        return self.title
