"""The kinds of filter: what a parameter may hold, and which records a value lets through.

A filter answers with a bitmap of the index. A value that it does not know is an
error that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from pyroaring import BitMap

from policies.filterperiods import UNKNOWN, Stateless
from policies.languages import in_each_language, is_chinese, language_tag
from policies.models import BodySuccession
from policies.search.index import INDEX, KindIndex
from policies.trees import lines
from policies.unknownvalues import told_unknown


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter: as addresses have it, as the index has it, and as people read it.

    The `label` is in the reader's language where that is known.
    """

    value: str
    key: str
    label: str
    label_zh: str = ""


Options = Callable[[], list[Option]]


@dataclass(frozen=True, slots=True)
class Wellformed:
    """Values beyond those that records hold today: they find nothing and are no error.

    `read` gives the option of a value, None for one that makes no sense; `told` is how
    they are written.
    """

    read: Callable[[str], Option | None]
    told: tuple[str, ...] = ()


T = TypeVar("T")


class ManyField(forms.MultipleChoiceField):
    """Several values, each of which must exist or be well-formed; the error names the wrong one."""

    def __init__(
        self, *args: Any, options: Options, wellformed: Wellformed | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.options, self.wellformed = options, wellformed

    def __deepcopy__(self, memo: Any) -> ManyField:
        """Each form has a field of its own; what is in it, nobody changes."""
        return copy(self)

    def to_python(self, value: Any) -> list[Option]:  # type: ignore[override]
        wanted = [item for item in super().to_python(value) if item]
        if not wanted:
            return []
        known = {option.value: option for option in offered(self, wanted)}
        for item in wanted:
            if item not in known:
                told = self.wellformed.told if self.wellformed else ()
                raise ValidationError(_told_unknown(item, known, told))
        return [known[item] for item in dict.fromkeys(wanted)]

    def validate(self, value: Any) -> None:
        """Nothing more: `to_python` knows the options."""


def _told_unknown(value: str, known: dict[str, Option], told: Iterable[str]) -> ValidationError:
    called = {(one.value, one.key): [one.label, one.label_zh] for one in known.values()}
    return told_unknown(value, called, told)


def offered(one: ManyField | ManyFilter, chosen: Iterable[str]) -> list[Option]:
    """The options of a filter, and those of the chosen values that no record holds."""
    options = one.options()
    if one.wellformed is None:
        return options
    known = {option.value for option in options}
    rest = (one.wellformed.read(value) for value in chosen if value not in known)
    return [*options, *dict.fromkeys(option for option in rest if option)]


class ManyFilter(Stateless, django_filters.MultipleChoiceFilter):
    """Records with any of the values, or with none of them where `exclude` is set."""

    field_class = ManyField

    def __init__(
        self, *, options: Options, wellformed: Wellformed | None = None, **kwargs: Any
    ) -> None:
        super().__init__(options=options, wellformed=wellformed, **kwargs)
        self.options, self.wellformed = options, wellformed

    def ids(self, held: KindIndex, value: list[Option]) -> BitMap:
        """The records that the values let through."""
        chosen = BitMap.union(
            BitMap(), *(held.value(self.field_name, option.key) for option in value)
        )
        return held.everything - chosen if self.exclude else chosen


class HasFilter(ManyFilter):
    """Records that have all of the things named."""

    def ids(self, held: KindIndex, value: list[Option]) -> BitMap:
        """The records that have all of them."""
        return BitMap.intersection(
            held.everything, *(held.value(self.field_name, option.key) for option in value)
        )


class AllOfFilter(ManyFilter):
    """Records issued by each of the bodies named, by themselves.

    With `as_one` a body stands for all of its line: those whom it followed by another
    name or that followed it.
    """

    def ids(self, held: KindIndex, value: list[Option]) -> BitMap:
        """The records that all of the values let through."""
        chosen = {int(option.key) for option in value}
        lines = body_lines() if self.parent.data.get("as_one") else {}
        found = [
            BitMap.union(*(held.value(self.field_name, body) for body in lines.get(key, (key,))))
            for key in chosen
        ]
        return BitMap.intersection(*found)


class NoneOfFilter(AllOfFilter):
    """Records that none of the bodies named issued, by themselves; `as_one` as above."""

    def ids(self, held: KindIndex, value: list[Option]) -> BitMap:
        """The records that none of the values holds."""
        issued = [super(NoneOfFilter, self).ids(held, [option]) for option in value]
        return held.everything - BitMap.union(*issued)


def main_bodies(held: KindIndex) -> dict[str, BitMap]:
    """For each body the records that it answers for first: as the lead, or as the only issuer.

    Those for which no registered body does are under `unknown`.
    """
    jointly, leads = held.value("joint", "1"), held.values.get("lead", {})
    found = {
        key: (ids - jointly) | leads.get(key, BitMap())
        for key, ids in held.values.get("issuer", {}).items()
    }
    return found | {UNKNOWN: held.everything - BitMap.union(BitMap(), *found.values())}


class MainFilter(ManyFilter):
    """Records for which any of the bodies named answers first, or nobody known does."""

    def ids(self, held: KindIndex, value: list[Option]) -> BitMap:
        """The records that any of the values lets through."""
        found = main_bodies(held)
        return BitMap.union(*(found.get(option.key, BitMap()) for option in value))


class WayFilter(ManyFilter):
    """Records issued by several bodies, or not."""

    def ids(self, held: KindIndex, value: list[Option]) -> BitMap:
        """The records issued in any of the ways named."""
        jointly = held.value(self.field_name, "1")
        ways = {"jointly": jointly, "alone": held.everything - jointly}
        return BitMap.union(*(ways[option.value] for option in value))


class DueFilter(ManyFilter):
    """Targets by what their date is to today, which no index can hold."""

    def ids(self, held: KindIndex, value: list[Option]) -> BitMap:
        """The targets that any of the values lets through."""
        today = localdate()
        soon = held.value_range("due", today.isoformat(), _year_after(today).isoformat())
        over = held.value_range("due", None, (today - timedelta(days=1)).isoformat())
        ways = {"within-a-year": soon, "overdue": over & held.value("unchecked", "1")}
        return BitMap.union(*(ways[option.value] for option in value))


def _year_after(day: date) -> date:
    """The same day a year later; 28 February for the 29th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


def words(choices: list[tuple[str, Any]]) -> Options:
    """The options of a closed list."""
    return in_each_language(lambda: [Option(value, value, str(label)) for value, label in choices])


def kept(read: Callable[[], T]) -> Callable[[], T]:
    """What is said of things with names in the reader's language, read anew when one changes."""
    held: dict[str, tuple[tuple[int, int], T]] = {}

    def options() -> T:
        version, language = (INDEX.generation, INDEX.names_version), language_tag()
        found = held.get(language)
        if found is None or found[0] != version:
            found = held[language] = (version, read())
        return found[1]

    return options


def records(model: Any) -> Options:
    """The records of a registry, public as a whole, by slug; looked up when asked for."""

    def options() -> list[Option]:
        rows = model.objects.order_by("name_en").values_list("pk", "slug", "name_en", "name_zh")
        return [Option(slug, str(pk), named(en, zh), zh) for pk, slug, en, zh in rows]

    return options


def named(english: str, chinese: str) -> str:
    """A name in the reader's language, else in the other."""
    return chinese if chinese and is_chinese() else english or chinese


def _read_lines() -> dict[int, tuple[int, ...]]:
    return lines(BodySuccession.objects.values_list("predecessor_id", "successor_id"))


body_lines = kept(_read_lines)
