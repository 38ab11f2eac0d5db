"""What every record's admin shares."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, models
from django.http import HttpResponseRedirect
from django.urls import reverse

from policies.search.indexing import batch

from .conflicts import Guarded
from .forms import IsoDate, Known, KnownMultiple, PeriodField

logger = logging.getLogger(__name__)
TOO_LATE = (
    "Nothing was saved: somebody saved the same in this very moment. Please look and try again."
)
TAKEN = (
    "Nothing is saved yet: something in it exists already, or somebody saved the same in this "
    "very moment. Please look and try again."
)
LONGEST_TEXT = 200_000
LONG = [MaxLengthValidator(LONGEST_TEXT)]
FIELDS: dict[Any, dict[str, Any]] = {
    models.DateField: {"widget": IsoDate},
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4}), "validators": LONG},
}
PERIODS = FIELDS | {models.DateField: {"widget": IsoDate, "form_class": PeriodField}}
SHORT_TEXTS = PERIODS | {
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 2}), "validators": LONG}
}


class Choosing(BaseModelAdmin):
    """Related records are found by typing."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = Known(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownMultiple(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class DeskAdmin(Choosing, Guarded):
    """Lists of fifty, text areas of sensible height, and no error page for odd addresses."""

    list_per_page = 50
    formfield_overrides = FIELDS

    def changelist_view(self, request, extra_context=None):
        if any("\0" in value for values in request.GET.lists() for value in values[1]):
            return HttpResponseRedirect(request.path)
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """As elsewhere; what the database refuses is told above what was typed."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with batch():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            logger.warning("A save at %s was refused by the database", request.path, exc_info=True)
        request.refused = TAKEN
        with batch():
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))


class OnlyRead(BaseModelAdmin):
    """What the tracker writes itself and people only read."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def change_address(record: Any) -> str:
    """Where `record` is edited."""
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


def public_address(record: Any) -> str | None:
    """Where the public sees `record`; None when it does not."""
    seen = type(record)._default_manager.filter(pk=record.pk)
    if hasattr(seen, "published"):
        seen = seen.published()
    return record.get_absolute_url() if seen.exists() else None
