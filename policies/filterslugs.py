"""The filter whose values are addresses of records: a list that a reader keeps.

Values stand one after another with commas between them, or in a parameter that is
repeated. They are looked up among public records when asked for, so that no list of
all records is ever read.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from policies.filterkinds import ManyField, ManyFilter, Option
from policies.models import Target
from policies.search.index import KindIndex

# With more, an address grows longer than servers take.
MOST = 80


def slugs_in(values: list[str]) -> list[str]:
    """The slugs that values of a parameter name, each once, in their order."""
    parts = (part.strip() for value in values for part in value.split(","))
    return list(dict.fromkeys(part for part in parts if part))


def known_slugs(model: Any, wanted: list[str]) -> dict[str, str]:
    """Those of the slugs that lead to a public record, with its key."""
    wanted = [slug for slug in wanted if slug_re.match(slug)]
    named = model.objects.published().filter(slug__in=wanted).values_list("slug", "pk")
    return {slug: str(pk) for slug, pk in named}


class SlugsField(ManyField):
    """Up to `MOST` slugs of public records; the error names those that are unknown."""

    def __init__(self, *args: Any, model: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.model = model

    def to_python(self, value: Any) -> list[Option]:  # type: ignore[override]
        """The records named, each by the slug that was given."""
        given = [item for item in forms.MultipleChoiceField.to_python(self, value) if item]
        wanted = slugs_in(given)
        if not given:
            return []
        if not wanted:
            raise ValidationError(_("“%(value)s” names nothing.") % {"value": ",".join(given)})
        if len(wanted) > MOST:
            raise ValidationError(
                _("%(number)d are named; %(most)d are allowed at most.")
                % {"number": len(wanted), "most": MOST}
            )
        known = known_slugs(self.model, wanted)
        unknown = [slug for slug in wanted if slug not in known]
        if unknown:
            raise ValidationError(_told_unknown(unknown))
        return [Option(slug, known[slug], slug) for slug in wanted]


def _told_unknown(slugs: list[str]) -> str:
    named = ", ".join(f"“{slug}”" for slug in slugs)
    return ngettext(
        "%(slugs)s is not known. It may have been withdrawn.",
        "%(slugs)s are not known. They may have been withdrawn.",
        len(slugs),
    ) % {"slugs": named}


class SlugsFilter(ManyFilter):
    """Records that are named, or with `field_name` those that have to do with what is named."""

    field_class: Any = SlugsField

    def __init__(self, *, model: Any, **kwargs: Any) -> None:
        super().__init__(options=list, model=model, **kwargs)

    def ids(self, held: KindIndex, value: list[Option]) -> BitMap:
        """The records that are named, or that have one of the named among their values."""
        if self.field_name == "pk":
            return held.everything & BitMap([int(option.key) for option in value])
        return super().ids(held, value)

    def told(self, value: str) -> str:
        """A value as chips show it: a name where there is one, else how many there are."""
        slugs = slugs_in([value])
        if len(slugs) != 1:
            return ngettext("%(number)d record", "%(number)d records", len(slugs)) % {
                "number": len(slugs)
            }
        slug = slugs[0]
        named = self.extra["model"].objects.published().filter(slug=slug)
        found = named.first() if slug_re.match(slug) else None
        return str(found) if found else value


class OfPoliciesFilter(SlugsFilter):
    """Targets of the policies that are named."""

    def ids(self, held: KindIndex, value: list[Option]) -> BitMap:
        """The targets that the policies have."""
        policies = [int(option.key) for option in value]
        keys = Target.objects.filter(policy__in=policies).values_list("pk", flat=True)
        return held.everything & BitMap(keys)
