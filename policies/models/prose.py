"""Text of several lines, in Markdown, as people type it: how it is kept, and its first words.

A line ends with a line feed alone, whoever sent it. Browsers send a carriage return
before it. Kept, it would make a correction of every text that stood in a form beside
the one that was corrected.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db import models
from django.utils.text import Truncator

from .markup import plain

LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")


def shown_text(text: str) -> str:
    """Markdown without the addresses of its links."""
    return LINK.sub(r"\1", text) if "](" in text else text


def in_one_line(text: str) -> str:
    """A Markdown text in one line, as plain text: what a page shows of it, figures as typed."""
    return plain(text)


def first_words(text: str, most: int, *, end: str = " …") -> str:
    """At most so many words of a Markdown text in one line, as plain text; `end` if it goes on."""
    return Truncator(in_one_line(text)).words(most, truncate=end)


def with_plain_ends(text: Any) -> Any:
    """A text whose lines end with a line feed alone; what is no text comes back as it is."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


class ProseFormField(forms.CharField):
    """The field of a form for such a text."""

    def to_python(self, value: Any) -> str | None:
        """The text as it is kept, so that what was not touched is not taken as changed."""
        return with_plain_ends(super().to_python(value))


class ProseField(models.TextField):
    """A column for such a text; to the database, and to migrations, a text like others."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The text as it is kept, on the record as well."""
        text = with_plain_ends(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, text)
        return text

    def formfield(self, **kwargs: Any) -> Any:
        """A form's field that keeps lines alike."""
        return super().formfield(**({"form_class": ProseFormField} | kwargs))

    def deconstruct(self) -> Any:
        """How migrations make it: they know text only."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
