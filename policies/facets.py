"""Counts beside each filter, as plain data; each ignores its own filter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from django.http import QueryDict

from policies.filterkinds import HasFilter, ManyFilter, Option, offered
from policies.filters import TrackerFilterSet
from policies.querystrings import rest

SHOWN = 8
# Parameters that say how a page looks, not what it finds.
SHAPES = {"by", "split", "reading"}
# What the head of a page says of its search, rather than a chip.
HEADS = {"when"}
# A facet with more values than this shows the rest on a page of its own.
LONG = 20


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value: how many records it would give, and the addresses that choose or exclude it.

    `url` adds the value, or drops it where it is chosen; `not_url` does the same for
    its exclusion, empty where a filter has no opposite. `share` is in percent of the
    largest count. `is_with_below` marks a body that counts what bodies below it
    issued.
    """

    value: str
    label: str
    label_zh: str
    count: int
    share: int
    selected: bool
    excluded: bool
    url: str
    not_url: str
    is_with_below: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter's values, most frequent first; `more` are folded away at first.

    Of all `number` values, those of a long facet that are not at the top stand on a page
    of their own.
    """

    name: str
    label: str
    top: list[FacetValue]
    more: list[FacetValue]
    number: int
    is_open: bool
    is_years: bool

    @property
    def is_long(self) -> bool:
        """Whether the rest stands on a page of its own."""
        return self.number > len(self.top) + len(self.more)


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value with the address that drops it."""

    name: str
    label: str
    value: str
    url: str


def facets(filterset: TrackerFilterSet, query: QueryDict) -> list[Facet]:
    """The facets of a search, without values that nothing has unless they are chosen."""
    if filterset.errors_by_parameter:
        return []
    return [_facet(filterset, query, name) for name in filterset.facets]


def whole_facet(filterset: TrackerFilterSet, query: QueryDict, name: str, path: str) -> Facet:
    """A facet with all its values at the top; addresses lead to the list at `path`."""
    return _facet(filterset, query, name, path=path, shown=len(filterset.filters[name].options()))


def chips(filterset: TrackerFilterSet, query: QueryDict) -> list[Chip]:
    """What is chosen, each to be dropped with one click; the words searched for among them."""
    found = []
    for name, filter_ in filterset.filters.items():
        values = [value for value in query.getlist(name) if value and name not in SHAPES | HEADS]
        has_options = isinstance(filter_, ManyFilter) and values
        labels = {o.value: o.label for o in offered(filter_, values)} if has_options else {}
        labels |= {value: str(label) for value, label in filter_.extra.get("choices", ())}
        labels |= {v: filter_.told(v) for v in values if hasattr(filter_, "told")}
        found += [
            Chip(
                name,
                str(filter_.label),
                labels.get(value, value),
                Toggle(query, name).choose(value),
            )
            for value in values
        ]
    return found


class Toggle:
    """Addresses that add values to a parameter or take them away, and their opposites."""

    def __init__(self, query: QueryDict, name: str, opposite: str = "", path: str = "") -> None:
        self.name, self.opposite, self.path = name, opposite, path
        self.chosen, self.excluded = query.getlist(name), query.getlist(opposite)
        self._rest = rest(query, name, opposite)

    def choose(self, value: str) -> str:
        """With `value` chosen, or without where it is chosen; not excluded in either case."""
        return self._url(_flipped(self.chosen, value), _without(self.excluded, value))

    def exclude(self, value: str) -> str:
        """With `value` excluded, or without where it is excluded; not chosen in either case."""
        return self._url(_without(self.chosen, value), _flipped(self.excluded, value))

    def _url(self, chosen: list[str], excluded: list[str]) -> str:
        pairs = [(self.name, value) for value in chosen]
        pairs += [(self.opposite, value) for value in excluded]
        parts = [self._rest] if self._rest else []
        parts += [f"{name}={quote_plus(value)}" for name, value in pairs]
        return f"{self.path}?{'&'.join(parts)}"


def _flipped(values: list[str], value: str) -> list[str]:
    rest = _without(values, value)
    return rest if len(rest) < len(values) else [*values, value]


def _without(values: list[str], value: str) -> list[str]:
    return [item for item in values if item != value]


def _facet(
    filterset: TrackerFilterSet, query: QueryDict, name: str, *, path: str = "", shown: int = 0
) -> Facet:
    filter_: Any = filterset.filters[name]
    opposite = f"not_{name}" if f"not_{name}" in filterset.filters else ""
    toggle = Toggle(query, name, opposite, path)
    chosen = {*toggle.chosen, *toggle.excluded}
    counts = _counts(filterset, filter_, name, opposite)
    options = [
        o for o in offered(filter_, sorted(chosen)) if counts.get(o.key) or o.value in chosen
    ]
    below = _with_below(filterset, name, options)
    if name == "year":
        options.sort(key=lambda option: (option.value.isdigit(), option.value), reverse=True)
    else:
        options.sort(
            key=lambda o: (
                o.value not in chosen,
                below.get(o.value, False),
                -counts.get(o.key, 0),
                o.label,
            )
        )
    number, largest = len(options), max(counts.values(), default=0) or 1
    shown = shown or (12 if name == "year" else SHOWN)
    if number > LONG:
        options = options[:shown]
    values = [_value(o, counts.get(o.key, 0), largest, toggle, below) for o in options]
    return Facet(
        name=name,
        label=str(filter_.label),
        top=values[:shown],
        more=values[shown:],
        number=number,
        is_open=bool(chosen),
        is_years=name == "year",
    )


def _value(
    option: Option, count: int, largest: int, toggle: Toggle, below: dict[str, bool]
) -> FacetValue:
    return FacetValue(
        value=option.value,
        label=option.label,
        label_zh=option.label_zh,
        count=count,
        share=round(100 * count / largest),
        selected=option.value in toggle.chosen,
        excluded=option.value in toggle.excluded,
        url=toggle.choose(option.value),
        not_url=toggle.exclude(option.value) if toggle.opposite else "",
        is_with_below=option.value in below,
    )


def _with_below(filterset: TrackerFilterSet, name: str, options: list[Option]) -> dict[str, bool]:
    """The bodies that count what those below them issued, and whether they issued nothing.

    The latter stand after those that did.
    """
    held = filterset.found.held
    direct = held.values.get("issuer") if name == "body" else None
    if direct is None:
        return {}
    own = {option: len(direct.get(option.key, ())) for option in options}
    return {
        option.value: not number
        for option, number in own.items()
        if len(held.value("body", option.key)) > number
    }


def _counts(filterset: TrackerFilterSet, filter_: Any, name: str, opposite: str) -> dict[str, int]:
    """How many records each value has within the other filters, and what else is excluded."""
    if isinstance(filter_, HasFilter):
        # Things that a record has are asked for together, so that each count is within the rest.
        return filterset.counts(name)
    counts = filterset.counts(name, name)
    excluded = filterset.form.cleaned_data.get(opposite) or [] if opposite else []
    if not excluded:
        return counts
    held, within = filterset.narrows(name), filterset.ids(name, opposite)
    for option in excluded:
        # A set of its own: what is asked for may be the one that the index holds.
        found = within & held.value(filter_.field_name, option.key)
        if others := [other for other in excluded if other is not option]:
            found = found & filterset.filters[opposite].ids(held, others)
        counts[option.key] = len(found)
    return counts
