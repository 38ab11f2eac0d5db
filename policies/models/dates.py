"""Two columns, a date and its precision, read and written as one `PreciseDate`."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from policies.newsletter.dates import PreciseDate
from policies.vocabulary import Precision


class Precise:
    """Gives a record's `<name>_on` and `<name>_precision` as one `PreciseDate` or None."""

    def __init__(self, name: str) -> None:
        self.date_field = f"{name}_on"
        self.precision_field = f"{name}_precision"

    def __get__(self, record: Any, owner: type | None = None) -> Any:
        if record is None:
            return self
        value = getattr(record, self.date_field)
        if value is None:
            return None
        return PreciseDate(value, getattr(record, self.precision_field) or Precision.DAY.value)

    def __set__(self, record: Any, value: PreciseDate | None) -> None:
        setattr(record, self.date_field, value.value if value else None)
        setattr(record, self.precision_field, value.precision if value else "")


def date_field(verbose_name: str, help_text: str = "") -> models.DateField:
    """The column for the last day of the period meant."""
    return models.DateField(verbose_name, null=True, blank=True, db_index=True, help_text=help_text)


def precision_field() -> models.CharField:
    """The column for how exactly the date beside it is known."""
    return models.CharField(
        "precision",
        max_length=8,
        choices=Precision.choices,
        blank=True,
        default="",
        help_text="How exactly the source names the date. Left as typed: "
        "2027 is a year, 2027-06 a month, 2027-Q2 a quarter, 2027-06-30 a day.",
    )


def paired(model: str, *names: str) -> list[models.CheckConstraint]:
    """Constraints that a date has a precision and no precision stands without a date."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{name}_on__isnull": True, f"{name}_precision": ""})
            | Q(**{f"{name}_on__isnull": False, f"{name}_precision__in": Precision.values}),
            name=f"{model}_{name}_precise",
            violation_error_message="A date needs a precision, and a precision a date.",
        )
        for name in names
    ]


class PreciseDates(models.Model):
    """A record with such dates: whatever is saved becomes the end of its period."""

    precise_dates: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def settle_dates(self) -> None:
        """Make each date its period's end; a date without precision is a day."""
        for name in self.precise_dates:
            Precise(name).__set__(self, Precise(name).__get__(self))

    def clean(self) -> None:
        self.settle_dates()
        super().clean()

    def save(self, *args, **kwargs):
        self.settle_dates()
        super().save(*args, **kwargs)
