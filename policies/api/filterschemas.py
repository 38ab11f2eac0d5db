"""The parameters of searches as OpenAPI has them, made of the filters of the pages."""

from __future__ import annotations

from typing import Any

import django_filters

from policies.filterkinds import ManyFilter
from policies.filterperiods import BoundFilter, InForceFilter
from policies.search.found import RELEVANCE

from .kinds import KINDS, Kind
from .schemas import Schema, ref

# Filters whose words no record can add to.
CLOSED = (
    "instrument", "level", "section", "status", "comparator", "kind", "has", "lacks", "issued",
    "quantified", "due", "without",
)  # fmt: skip
PERIOD = "A day, month or year: 2024-04-26, 2024-04 or 2024."
# Which records several values let through, where it is not those with any of them.
BY_VALUES = {
    "has": "those that have all of what is named",
    "without": "those that have nothing of what is named",
    "lacks": "those that lack all of what is named",
    "issuer_all": "those issued by each of the bodies named, by themselves",
    "sector_all": "those in each of the sectors named, or in what is below them",
    "not_issuer": "those issued by none of the bodies named, by themselves",
    "main": "those for which any of the bodies named answers first, or `unknown` body does",
    "in": "the records named, by their slugs",
    "reading": "kept by pages for their reader; changes nothing here",
}
# What a label alone does not say.
MEANINGS = {
    "q": "Words in English or Chinese: all of them, in any form. “"
    "A phrase” in quotation marks, `-word` to exclude, `OR`, `prefix*`. Up to 500 characters.",
    "exact": "Words only as typed, without other names of the same thing.",
    "as_one": "Take bodies that were renamed as one; works with `issuer_all`.",
    "split": "Divides the chart on the page; changes nothing here.",
    "by": "The periods of the chart on the page; changes nothing here.",
    "issue": "The issue of a day that reported it: 2024-05-08.",
    "in_force_on": f"Policies that apply at some time in a period. {PERIOD} Or `unknown`: those "
    "of which nobody can tell; `unknown-2024-07-01`: those of which nobody can tell for then.",
}
# Examples name what the seed has, so that they can be tried.
POLICY = "2024-04-09-implementation-plan-for-promoting-equipment-updates-in-the-industrial-field"
EXAMPLES: dict[str, Any] = {
    "q": "computing power", "exact": "1", "body": "miit", "issuer_all": "miit", "lead": "miit",
    "sector": "artificial-intelligence", "sector_all": "artificial-intelligence",
    "region": "guangdong", "company": "bmw",
    "issue": "2024-05-08", "year": "2024", "unit": "percent", "issuer": "miit", "main": "miit",
    "month": "2024-04", "quarter": "2024-Q2", "currency": "CNY", "country": "China",
    "in": POLICY, "reading": POLICY, "answers": POLICY,
}  # fmt: skip


def search_parameters(kind: Kind) -> list[Schema]:
    """The parameters of a kind's search in their order."""
    if kind.name == "issues":
        return [_text("q", MEANINGS["q"]), _choice("exact", MEANINGS["exact"], ["1"])]
    filterset: Any = kind.search.filterset_class  # type: ignore[attr-defined]
    made = [_parameter(kind, name, one) for name, one in filterset.base_filters.items()]
    orders = [*filterset({}).orders, RELEVANCE]
    about = (
        f"The order; `{filterset.default_order}` where none is given, `relevance` with words "
        "in `q` and only then. A hyphen before it: descending."
    )
    return [*made, _choice("sort", about, orders)]


def closed_lists() -> dict[str, Schema]:
    """The closed lists of all kinds, each as a schema."""
    made: dict[str, Schema] = {}
    for kind in KINDS.values():
        for name, one in getattr(kind.search, "filterset_class", _None).base_filters.items():
            if name in CLOSED and isinstance(one, ManyFilter):
                options = one.options()
                labels = "; ".join(f"`{o.value}` {o.label}" for o in options)
                made[_list_name(kind, name)] = {
                    "type": "string",
                    "enum": [option.value for option in options],
                    "description": f"{one.label}: {labels}.",
                }
    return made


class _None:
    base_filters: dict[str, Any] = {}


def _list_name(kind: Kind, name: str) -> str:
    return f"{kind.schema}{name.title().replace('_', '')}Word"


def _parameter(kind: Kind, name: str, one: Any) -> Schema:
    if isinstance(one, ManyFilter):
        return _many(kind, name, one)
    about = MEANINGS.get(name, "")
    if isinstance(one, BoundFilter):
        return _text(name, f"{one.label}, inclusive. {PERIOD}", "2024-04")
    if isinstance(one, InForceFilter):
        return _text(name, about, "2024-06")
    if isinstance(one, django_filters.ChoiceFilter):
        values = [str(value) for value, _ in one.extra["choices"]]
        return _choice(name, about or str(one.label), values)
    return _text(name, about or str(one.label))


def _many(kind: Kind, name: str, one: ManyFilter) -> Schema:
    plain = name.removeprefix("not_")
    usual = "those with none of the values" if one.exclude else "those with any of the values"
    how = BY_VALUES.get(name, usual)
    items: Schema = ref(_list_name(kind, plain)) if plain in CLOSED else {"type": "string"}
    value = one.options()[0].value if plain in CLOSED else EXAMPLES.get(plain, "")
    more = MEANINGS.get(plain, "")
    return {
        "name": name,
        "in": "query",
        "description": f"{one.label}: {how}. May be given several times. {more}".strip(),
        "schema": {"type": "array", "items": items},
        "explode": True,
        "example": [value],
    }


def _text(name: str, about: str, example: str = "") -> Schema:
    value = example or EXAMPLES.get(name, "")
    return query_parameter(name, about, {"type": "string"}, value)


def _choice(name: str, about: str, values: list[str]) -> Schema:
    return query_parameter(name, about, {"type": "string", "enum": values}, values[0])


def query_parameter(name: str, about: str, schema: Schema, example: Any = None) -> Schema:
    made = {"name": name, "in": "query", "description": about, "schema": schema}
    return made if example is None else made | {"example": example}
