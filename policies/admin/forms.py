"""Form fields that take what an editor types: dates known to the year, lists of lines."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.widgets import (
    AdminDateWidget,
    AdminTextareaWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.core.exceptions import ValidationError

from policies.models.dates import read_period, write_period
from policies.newsletter.dates import period_end
from policies.vocabulary import Precision

NAMES_A_DAY = {Precision.YEAR: "only a year", Precision.MONTH: "only a month"} | {
    Precision.QUARTER: "only a quarter"
}


class IsoDate(AdminDateWidget):
    """A date written as 2024-04-26, with its calendar."""

    def __init__(self, attrs=None):
        super().__init__(attrs, "%Y-%m-%d")


class PeriodField(forms.DateField):
    """A date that may be a month, a quarter or a year."""

    default_error_messages = {
        "invalid": "Type a day as 2024-04-26, a month as 2024-04, "
        "a quarter as 2024-Q2 or a year as 2024."
    }

    def to_python(self, value):
        period = read_period(value) if isinstance(value, str) else None
        return period[0] if period else super().to_python(value)

    def has_changed(self, initial, data) -> bool:
        return super().has_changed(self.to_python(initial), data)


def plain(number: Decimal) -> Decimal:
    """`number` without the zeros that the database adds behind the point."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if number == whole else number.normalize()


class PlainNumbersForm(forms.ModelForm):
    """A form that shows 25 where the database has 25.0000."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = {k: plain(v) for k, v in self.initial.items() if isinstance(v, Decimal)}
        self.initial.update(numbers)


class PreciseDatesForm(PlainNumbersForm):
    """A record's form in which a date's precision follows from how it was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.instance.precise_dates:
            value, precision = getattr(self.instance, name), self.fields.get(f"{name}_precision")
            if value is not None:
                self.initial[f"{name}_on"] = write_period(value)
            if isinstance(precision, forms.ChoiceField):
                precision.choices = [("", "as typed"), *Precision.choices]
                precision.help_text = "Of the date beside it."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.instance.precise_dates:
            if f"{name}_on" in cleaned:
                self._settle(cleaned, f"{name}_on", f"{name}_precision")
        return cleaned

    def _settle(self, cleaned: dict[str, Any], on: str, precision: str) -> None:
        value, chosen = cleaned[on], cleaned.get(precision, "")
        if value is None:
            if chosen:
                self.add_error(on, "A precision is chosen, but there is no date.")
            return
        period = read_period(str(self.data.get(self.add_prefix(on), "")))
        if period is None:
            if not chosen and period_end(value, Precision.MONTH) == value:
                self.add_error(precision, self._which_day(value))
            cleaned[precision] = chosen or Precision.DAY
        elif chosen and Precision.values.index(chosen) < Precision.values.index(period[1]):
            text = f"This names {NAMES_A_DAY[period[1]]}: type the {chosen}, or set “as typed”."
            self.add_error(on, text)
        else:
            cleaned[precision] = chosen or period[1]

    @staticmethod
    def _which_day(value: date) -> str:
        whole = "year" if value.month == 12 else "month"
        return (
            f"The last day of a {whole}: does the source name this very day? "
            f"Then choose “Day”; otherwise choose what it names."
        )


class Known(AutocompleteSelect):
    """A record found by typing; no query for the chosen one where it is at hand as `known`."""

    known: Any = None

    def optgroups(self, name, value, attr=None):
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, possible_keys(value), attr)
        options = [self.create_option(name, self.known.pk, str(self.known), True, 0)]
        if not self.is_required:
            options.insert(0, self.create_option(name, "", "", False, 0))
        return [(None, options, 0)]


class KnownMultiple(AutocompleteSelectMultiple):
    """Records found by typing."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, possible_keys(value), attr)


def possible_keys(values: list[Any]) -> list[Any]:
    """Those of `values` that a database takes as keys; a forged form may hold others."""
    return [value for value in values if re.fullmatch(r"\d{1,18}", str(value), re.ASCII)]


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = AdminTextareaWidget

    def prepare_value(self, value):
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value):
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines()]
        return [line for line in lines if line]

    def has_changed(self, initial, data) -> bool:
        return (initial or []) != self.to_python(data)

    def run_validators(self, value) -> None:
        super().run_validators("\n".join(map(str, value)))


class PeopleField(LinesField):
    """A list of people, one a line: the name, then a comma and the role."""

    def prepare_value(self, value):
        if not isinstance(value, list):
            return value
        return "\n".join(
            ", ".join(filter(None, [row.get("name", ""), row.get("role", "")])) for row in value
        )

    def to_python(self, value):
        people = []
        for line in super().to_python(value):
            name, _, role = (part.strip() for part in line.partition(","))
            if not name:
                raise ValidationError(f"“{line}” names nobody: the name comes first.")
            people.append({"name": name, "role": role})
        return people

    def run_validators(self, value) -> None:
        super().run_validators([f"{row['name']}, {row['role']}" for row in value])
