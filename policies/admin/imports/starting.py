"""The upload: a file or pasted text becomes an import, or a clear line beside the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from policies.imports import NotRead, begin
from policies.models import IssueImport

ACCEPTED = ".pdf,.docx,.html,.htm,.eml,.md,.txt"
PASTED = "pasted.txt"


class StartForm(forms.Form):
    """One file, or text; what cannot be read is refused beside it."""

    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,
        help_text="PDF, Word (.docx), web page (.html), e-mail (.eml), Markdown or plain text.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    text = forms.CharField(
        label="Or paste the text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        text = (cleaned.get("text") or "").strip()
        if cleaned.get("file") and text:
            self.add_error("text", "Give either a file or text, not both.")
        elif not cleaned.get("file") and not text and not self.errors:
            self.add_error("file", "Choose a file, or paste the text below.")
        return cleaned

    def begin(self, by: Any) -> tuple[IssueImport, bool] | None:
        """The import of what was given, and whether it is new; None where it is refused."""
        upload = self.cleaned_data.get("file")
        try:
            if upload is None:
                return begin(self.cleaned_data["text"].encode(), name="", by=by)
            # One byte more than is allowed is enough to refuse it.
            data = upload.read(settings.NEWSLETTER_MAX_BYTES + 1)
            return begin(data, name=upload.name or "", by=by)
        except NotRead as refusal:
            self.add_error("text" if upload is None else "file", str(refusal))
            return None
