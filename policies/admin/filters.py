"""Filters beside the lists: what a record lacks, and choices too many to list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.widgets import AutocompleteSelect

from policies.desk import LACKS, lacking

from .forms import Known, possible_keys


class Lacks(admin.SimpleListFilter):
    """Records that lack something; withdrawn ones are left out."""

    title = "what is missing"
    parameter_name = "lacks"

    def lookups(self, request, model_admin):
        return [(name, lack.words) for name, lack in LACKS[model_admin.model].items()]

    def queryset(self, request, queryset):
        name = self.value()
        if name is None:
            return queryset
        if name not in LACKS[queryset.model]:
            raise IncorrectLookupParameters(f"Nothing is called {name!r}.")
        return lacking(queryset, name)


class Chosen(admin.FieldListFilter):
    """One related record, found by typing."""

    template = "admin/chosen_filter.html"

    @property
    def name(self) -> str:
        """The parameter that holds the chosen record's key."""
        return f"{self.field_path}__id__exact"

    @property
    def key(self) -> str:
        """The chosen record's key as the address gives it."""
        given: Any = self.used_parameters.get(self.name)
        return str(given[0]) if given else ""

    def expected_parameters(self):
        return [self.name]

    def queryset(self, request, queryset):
        if not self.key:
            return queryset
        if not possible_keys([self.key]):
            raise IncorrectLookupParameters(f"{self.key!r} is no key.")
        return queryset.filter(**{self.name: int(self.key)}).distinct()

    def choices(self, changelist):
        """One choice only, for the template: the field and the link that empties it."""
        kept = changelist.filter_params.items()
        yield {
            "field": self.widget(changelist.model_admin.admin_site),
            "input_id": f"filter-{self.field_path}",
            "kept": [(name, v) for name, values in kept for v in values if name != self.name],
            "empty": changelist.get_query_string(remove=[self.name])
            if self.name in self.used_parameters
            else "",
        }

    def widget(self, site) -> str:
        """The field itself."""
        related: Any = self.field.remote_field
        choices = forms.ModelChoiceField(
            related.model._default_manager.all(),
            required=False,
            widget=Known(self.field, site),
        )
        attrs = {"id": f"filter-{self.field_path}", "data-width": "100%"}
        return choices.widget.render(self.name, self.key, attrs)


class ChosenFilters(admin.ModelAdmin):
    """An admin whose list needs the scripts of the autocomplete fields for its filters."""

    chosen_by: tuple[str, ...] = ()

    def get_list_filter(self, request) -> list[Any]:
        listed = list(super().get_list_filter(request))
        place = listed.index(Lacks) + 1 if Lacks in listed else 0
        return listed[:place] + [(name, Chosen) for name in self.chosen_by] + listed[place:]

    @property
    def media(self):
        field = self.opts.get_field(self.chosen_by[0])
        return super().media + AutocompleteSelect(field, self.admin_site).media
