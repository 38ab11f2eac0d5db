"""What every FilterSet does: answers from the index, and refuses what it does not know."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from policies.filterkinds import ManyFilter, Options, Wellformed
from policies.filterperiods import BoundFilter
from policies.languages import OFFERED, PARAMETER, lowered
from policies.paging import no_number
from policies.search.found import NAMES, RELEVANCE, Found
from policies.search.index import Index, KindIndex, current_index
from policies.search.orders import ORDERS
from policies.search.query import Query, QueryRefused, parse_query

ALWAYS_ALLOWED = {"page", "sort"}
_form_classes: dict[type, type[forms.Form]] = {}


def pair(
    name: str, label: Any, options: Options, wellformed: Wellformed | None = None
) -> dict[str, ManyFilter]:
    """A filter and its opposite, `name` and `not_name`."""
    shared: dict[str, Any] = {"field_name": name, "options": options, "wellformed": wellformed}
    return {
        name: ManyFilter(label=label, **shared),
        f"not_{name}": ManyFilter(
            label=format_lazy(_("Not {label}"), label=lowered(label)), exclude=True, **shared
        ),
    }


def bounds(name: str, label: Any, value: str = "") -> dict[str, BoundFilter]:
    """Two filters, `name_after` and `name_before`, both inclusive.

    `value` is what the index calls it, if not by that name.
    """
    field = value or name
    return {
        f"{name}_after": BoundFilter(
            field_name=field, lookup_expr="gte", label=format_lazy(_("{label} from"), label=label)
        ),
        f"{name}_before": BoundFilter(
            field_name=field, lookup_expr="lte", label=format_lazy(_("{label} until"), label=label)
        ),
    }


def unknown(name: str, known: Iterable[str]) -> str:
    """What is said of a parameter that no filter reads; none reads the language."""
    if name == PARAMETER:
        return gettext("Allowed: %(offered)s.") % {"offered": ", ".join(OFFERED)}
    told = {"name": name, "known": ", ".join(sorted(known))}
    return gettext("There is no filter “%(name)s”. Filters: %(known)s.") % told


def one_of(label: Any, words: dict[str, Any]) -> django_filters.ChoiceFilter:
    """A filter that takes one of a few words, each with what people read."""
    allowed = ", ".join(sorted(words))
    refused = format_lazy(_("“%(value)s” is not known. Allowed: {allowed}."), allowed=allowed)
    return django_filters.ChoiceFilter(
        label=label, choices=list(words.items()), error_messages={"invalid_choice": refused}
    )


class TrackerFilterSet(django_filters.FilterSet):
    """A FilterSet that answers from the index and refuses what it does not know."""

    q = django_filters.CharFilter(label=_("Search"))
    exact = one_of(_("Only as typed"), {"1": _("Yes")})

    record_kind = ""
    model: Any = None
    default_order = ""
    facets: tuple[str, ...] = ()
    # Parameters that say how to search and how a page looks, and let through what there is.
    beside: tuple[str, ...] = ("q", "exact", "as_one", "split", "by", "reading")

    def __init__(self, data: Any) -> None:
        super().__init__(data, queryset=self.model._base_manager.none())
        # All that one page says is read from the index as of here.
        self.index: Index = current_index()

    def get_form_class(self) -> type[forms.Form]:
        """The form of this kind of search, made once: none of its fields knows a request."""
        kind = type(self)
        if kind not in _form_classes:
            _form_classes[kind] = super().get_form_class()
        return _form_classes[kind]

    @property
    def orders(self) -> list[str]:
        """The orders that may be asked for, the usual one first."""
        rest = [name for name in ORDERS[self.record_kind] if name != self.default_order]
        named = [self.default_order, *rest]
        return [RELEVANCE, *named] if self.query and not self.query.is_empty else named

    @property
    def order(self) -> str:
        """The order asked for, else the usual one."""
        return self.data.get("sort") or self.orders[0]

    @cached_property
    def _parsed(self) -> tuple[Query | None, str]:
        typed = self.form.cleaned_data.get("q") if self.form.is_valid() else self.data.get("q")
        if not typed:
            return None, ""
        try:
            return parse_query(typed), ""
        except QueryRefused as refusal:
            return None, str(refusal)

    @property
    def query(self) -> Query | None:
        """The words searched for, as they are read; None without any."""
        return self._parsed[0]

    @cached_property
    def searched(self) -> Query | None:
        """The query with other names of the same things, unless `exact` is asked for."""
        if self.query is None or self.data.get("exact"):
            return self.query
        return NAMES.current(self.index).expanded(self.query)

    @cached_property
    def found(self) -> Found:
        """The question to the index; all that the page says of it is of one version."""
        return Found(self.index, self.record_kind, self.searched)

    @cached_property
    def errors_by_parameter(self) -> list[tuple[str, str]]:
        """Each wrong parameter with what is wrong about it; empty for a good query string."""
        known = set(self.filters) | ALWAYS_ALLOWED
        wrong = [(name, unknown(name, known)) for name in self.data if name not in known]
        given = self.data.lists() if isinstance(self.data, QueryDict) else ()
        wrong += [
            (name, gettext("“%(name)s” can be given once only.") % {"name": name})
            for name, values in given
            if len(values) > 1 and name in known and not self._takes_many(name)
        ]
        wrong += no_number(self.data)
        for name, errors in self.form.errors.items():
            wrong += [(name, str(message)) for error in errors.as_data() for message in error]
        if self._parsed[1]:
            wrong.append(("q", self._parsed[1]))
        sort = self.data.get("sort")
        if sort and sort not in self.orders:
            told = {"value": sort, "allowed": ", ".join(self.orders)}
            wrong.append(("sort", gettext("“%(value)s” is no order. Allowed: %(allowed)s.") % told))
        return wrong

    def _takes_many(self, name: str) -> bool:
        return isinstance(self.filters.get(name), ManyFilter)

    @cached_property
    def let_through(self) -> dict[str, BitMap]:
        """The records that each filter in use lets through."""
        return {
            name: self.filters[name].ids(self.narrows(name), value)
            for name, value in self.form.cleaned_data.items()
            if value and name not in self.beside
        }

    def narrows(self, name: str) -> KindIndex:
        """The records that the filter `name` lets through or not: those that are looked for."""
        return self.found.held

    def ids(self, *without: str) -> BitMap:
        """The records found; none where a parameter is wrong.

        `without` names filters to leave out, for counts that ignore their own filter.
        """
        if self.errors_by_parameter:
            return BitMap()
        kept = [ids for name, ids in self.let_through.items() if name not in without]
        return BitMap.intersection(self.found.matching, *kept) if kept else self.found.matching

    def counts(self, name: str, *without: str) -> dict[str, int]:
        """How many records found have each value of the filter `name`.

        `without` names filters to leave out, as in `ids`.
        """
        base = self.ids(*without)
        values = self.found.held.values.get(self.filters[name].field_name, {})
        if not base:
            return {}
        if len(base) == len(self.found.held.everything):
            return {key: len(ids) for key, ids in values.items()}
        return {key: n for key, ids in values.items() if (n := base.intersection_cardinality(ids))}

    def page(self, start: int, stop: int) -> list[int]:
        """The ids from place `start` up to `stop` in the order asked for."""
        return self.found.page(self.ids(), self.order, start, stop)


def declared(filters: dict[str, Any]) -> Any:
    """A base class that declares `filters`."""
    return type("Filters", (TrackerFilterSet,), filters)
