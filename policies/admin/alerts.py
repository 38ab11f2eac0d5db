"""Who follows searches by e-mail, in numbers and marks: no address stands in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import Http404

from policies.models import AlertSubscriber
from policies.vocabulary import AlertState, MessageState

from .base import DeskAdmin, OnlyRead


class Standing(admin.SimpleListFilter):
    """Subscribers of whom something should be known."""

    title = "how it stands"
    parameter_name = "stands"
    conditions: dict[str, dict[str, Any]] = {
        "failing": {"failing_since__isnull": False},
        "retried": {"failing_since": None, "attempts__gt": 0},
        "stopped": {"alerts__state": AlertState.BROKEN},
        "unsure": {"messages__state": MessageState.UNSURE},
        "unconfirmed": {"alerts__state": AlertState.PENDING},
    }

    def lookups(self, request, model_admin):
        return [
            ("failing", "Address fails for good"),
            ("retried", "Failed lately, is tried again"),
            ("stopped", "A search cannot be answered"),
            ("unsure", "A mail may not have arrived"),
            ("unconfirmed", "Not confirmed yet"),
        ]

    def queryset(self, request, queryset):
        chosen = self.conditions.get(self.value() or "")
        if chosen is None:
            return queryset
        return queryset.filter(pk__in=AlertSubscriber.objects.filter(**chosen).values("pk"))


@admin.register(AlertSubscriber)
class AlertSubscriberAdmin(OnlyRead, DeskAdmin):
    """A list alone: `manage.py send_alerts` and the subscribers themselves write it."""

    list_display = (
        "mark", "active", "stopped", "mails", "unsure", "failing_since", "failure", "attempts",
    )  # fmt: skip
    list_display_links = None
    list_filter = (Standing,)
    search_fields = ()

    def get_queryset(self, request):
        counted = {
            "active_alerts": Count("alerts", Q(alerts__state=AlertState.ACTIVE), distinct=True),
            "stopped_alerts": Count("alerts", Q(alerts__state=AlertState.BROKEN), distinct=True),
            "mails_sent": Count("messages", Q(messages__state=MessageState.SENT), distinct=True),
            "mails_unsure": Count(
                "messages", Q(messages__state=MessageState.UNSURE), distinct=True
            ),
        }
        return super().get_queryset(request).defer("address").annotate(**counted)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """No subscriber has a page of his own."""
        raise Http404

    def history_view(self, request, object_id, extra_context=None):
        raise Http404

    @admin.display(description="subscriber")
    def mark(self, subscriber) -> str:
        return subscriber.mark

    @admin.display(description="alerts")
    def active(self, subscriber) -> int:
        return subscriber.active_alerts

    @admin.display(description="stopped searches")
    def stopped(self, subscriber) -> int:
        return subscriber.stopped_alerts

    @admin.display(description="mails sent")
    def mails(self, subscriber) -> int:
        return subscriber.mails_sent

    @admin.display(description="unsure")
    def unsure(self, subscriber) -> int:
        return subscriber.mails_unsure
