"""What hangs on a policy or an event: sums of money and named sources."""

from django.db import models

from .events import CorporateEvent
from .links import LinkField
from .policies import Policy


def _one_owner(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(policy__isnull=False, event__isnull=True)
        | models.Q(policy__isnull=True, event__isnull=False),
        name=name,
        violation_error_message="It belongs to one policy or to one event.",
    )


class Amount(models.Model):
    """Money named in a record, with the euro value printed beside it."""

    policy = models.ForeignKey(
        Policy, null=True, blank=True, on_delete=models.CASCADE, related_name="amounts"
    )
    event = models.ForeignKey(
        CorporateEvent, null=True, blank=True, on_delete=models.CASCADE, related_name="amounts"
    )
    value = models.DecimalField(max_digits=20, decimal_places=2)
    currency = models.CharField(max_length=3, help_text="ISO code, such as CNY.")
    eur = models.DecimalField(
        "printed euro value", max_digits=20, decimal_places=2, null=True, blank=True
    )
    purpose = models.CharField("what it is for", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [_one_owner("amount_has_one_owner")]

    def __str__(self) -> str:
        return f"{self.currency} {self.value:,.0f}"


class SourceLink(models.Model):
    """A named source; its address may be unknown."""

    policy = models.ForeignKey(
        Policy, null=True, blank=True, on_delete=models.CASCADE, related_name="sources"
    )
    event = models.ForeignKey(
        CorporateEvent, null=True, blank=True, on_delete=models.CASCADE, related_name="sources"
    )
    label = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    url = LinkField("address", blank=True, help_text="Empty where unknown.")
    checked_at = models.DateTimeField("last checked", null=True, blank=True)
    reached_at = models.DateTimeField("last reached", null=True, blank=True)
    archived_url = LinkField("archived copy", blank=True)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [_one_owner("source_has_one_owner")]

    def __str__(self) -> str:
        return self.label
