"""The form by which readers report an error, with what keeps machines out.

A field that people do not see has to stay empty, and nobody writes a report in a few
seconds. Neither asks a third party; both say what to do to a person whom they stop.
"""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from policies.models import ErrorReport
from policies.models.reports import LONGEST

from .reported import Reported

# A page older than this is sent again, by then with a new mark of when it was opened.
OLDEST = 24 * 60 * 60
SALT = "policies.reports"


def _column(name: str) -> Any:
    column: Any = ErrorReport._meta.get_field(name)
    return column


class ReportForm(forms.Form):
    """What is wrong about a record, and optionally where it can be checked and whom to answer."""

    field = forms.ChoiceField(label=_("What is it about?"), required=False)
    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What stands there, and what should. Plain text."),
    )
    source_url = _column("source_url").formfield(
        label=_("Where can it be checked?"),
        required=False,
        help_text=_("A web address, if there is one."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        help_text=_(
            "Only if you want an answer. Editors alone see it; it is deleted when they decide."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, reported: Reported, field: str = "") -> None:
        initial = {"field": field, "opened": opened_now()}
        super().__init__(data, initial=initial, label_suffix="")
        known: Any = self.fields["field"]
        known.choices = [("", _("The record as a whole")), *reported.fields()]

    def clean_website(self) -> str:
        """Refuse what only a machine fills in."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Please leave this field empty."))
        return ""

    def clean_opened(self) -> str:
        """Refuse a page that was sent too soon or too late."""
        try:
            age = _age(self.cleaned_data["opened"])
        except signing.BadSignature:
            # The next page carries a new mark.
            data: Any = self.data
            self.data = data = data.copy()
            data["opened"] = opened_now()
            raise ValidationError(
                _("This page was open for too long. Nothing is lost: please send it again.")
            ) from None
        if age < settings.REPORT_SECONDS:
            raise ValidationError(
                _("That was very quick. Please wait some seconds, then send it again.")
            )
        return self.cleaned_data["opened"]


def opened_now() -> str:
    """A mark of when a page was opened, which nobody else can make."""
    return signing.dumps(time.time(), salt=SALT)


def _age(mark: str) -> float:
    """The seconds since a page was opened; raises BadSignature for a wrong or an old mark."""
    return time.time() - signing.loads(mark, salt=SALT, max_age=OLDEST)
