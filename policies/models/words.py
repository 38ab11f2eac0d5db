"""A field that holds a word of a closed list, and tells its label at once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import get_language


class WordField(models.CharField):
    """A CharField with choices that `vocabulary` lists.

    Django's own `get_…_display` translates every word of the list before it takes one,
    which lists of records feel; this one looks the word up.
    """

    @cached_property
    def labels(self) -> dict[Any, Any]:
        """Each word and its label, which is still in no language."""
        return dict(self.flatchoices)

    @cached_property
    def _said(self) -> dict[tuple[str | None, str | None], str]:
        """The labels that were said, by language and word: lists say the same hundreds of times."""
        return {}

    def contribute_to_class(self, cls: type, name: str, private_only: bool = False) -> None:
        """Give the model the field and `get_…_display`, unless it has one of its own."""
        shown = f"get_{name}_display"
        if shown not in cls.__dict__:
            setattr(cls, shown, lambda record: self.label_of(getattr(record, self.attname)))
        super().contribute_to_class(cls, name, private_only)

    def label_of(self, word: str | None) -> str | None:
        """What readers call `word`, in their language; a word that is not in the list as it is."""
        if word not in self.labels:
            return None if word is None else str(word)
        key = get_language(), word
        if key not in self._said:
            self._said[key] = str(self.labels[word])
        return self._said[key]

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """As a CharField: what it shows is nothing that a database knows."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
