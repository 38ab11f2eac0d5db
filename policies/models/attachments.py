"""What hangs on a policy or an event: sums of money and named sources."""

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

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
    value = models.DecimalField(
        max_digits=20,
        decimal_places=2,
        help_text="In full and without commas: 300000000, never “300 million”.",
    )
    currency = models.CharField(
        max_length=3,
        validators=[RegexValidator(r"^[A-Z]{3}$", "Three capital letters, such as CNY or EUR.")],
        help_text="ISO code, such as CNY.",
    )
    eur = models.DecimalField(
        "printed euro value",
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Only what the newsletter printed, in full. Never converted by you.",
    )
    purpose = models.CharField(
        "what it is for", max_length=300, blank=True, help_text="In a few words: subsidy, fund …"
    )
    position = models.PositiveSmallIntegerField(
        "order", default=1, validators=[MaxValueValidator(9999)], help_text="Left empty: the next."
    )

    history = HistoricalRecords()

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
    label = models.CharField(max_length=300, help_text="What readers see: the source’s title.")
    publisher = models.CharField(
        max_length=200, blank=True, help_text="Who published it: a paper, a ministry …"
    )
    url = LinkField(
        "address", blank=True, help_text="Empty where unknown; readers see “link unknown”."
    )
    archived_url = LinkField(
        "archived copy", blank=True, help_text="A copy that will last, such as web.archive.org’s."
    )
    position = models.PositiveSmallIntegerField(
        "order", default=1, validators=[MaxValueValidator(9999)], help_text="Left empty: the next."
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [_one_owner("source_has_one_owner")]

    def __str__(self) -> str:
        return self.label
