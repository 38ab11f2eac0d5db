"""The schemas of records, made of their public fields, so that none is described twice."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from policies.records import Field

from .kinds import KINDS
from .problems import MEANINGS

Schema = dict[str, Any]
DAY, MOMENT = "2024-04-26", "2024-05-08T09:30:00+02:00"
DATE = {"date": "2027-12-31", "precision": "year", "text": "2027"}
REFERENCE = {
    "kind": "sector",
    "slug": "computing-infrastructure",
    "name": "Computing infrastructure",
    "name_zh": "算力基础设施",
    "address": "https://tracker.example/sectors/computing-infrastructure/",
}
CHOICE = {"value": "plan", "label": "Plan"}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _or_null(name: str) -> Schema:
    return {"oneOf": [ref(name), {"type": "null"}]}


TEXT: Schema = {"type": "string"}
NOTICES: Schema = {"type": "array", "items": TEXT}
# By type of public field: its schema, and what stands for a value that no example gives.
TYPES: dict[str, tuple[Schema, Any]] = {
    "text": (TEXT, ""),
    "chinese": (TEXT, ""),
    "markdown": (TEXT, ""),
    "link": (TEXT, "https://www.example.gov.cn/document.html"),
    "texts": ({"type": "array", "items": TEXT}, []),
    "people": (
        {"type": "array", "items": {"type": "object", "additionalProperties": TEXT}},
        [{"name": "A. Person", "role": "Editor"}],
    ),
    "number": ({"type": ["string", "null"]}, "300"),
    "count": ({"type": ["integer", "null"]}, 1),
    "flag": ({"type": "boolean"}, True),
    "day": ({"type": ["string", "null"], "format": "date"}, DAY),
    "moment": ({"type": ["string", "null"], "format": "date-time"}, MOMENT),
    "date": (_or_null("PreciseDate"), DATE),
    "choice": (_or_null("Choice"), CHOICE),
    "reference": (_or_null("Reference"), REFERENCE),
    "references": ({"type": "array", "items": ref("Reference")}, [REFERENCE]),
}


@cache
def examples() -> dict[str, dict[str, Any]]:
    """Values that stand as examples, by schema and field."""
    return json.loads(Path(__file__).with_name("examples.json").read_text(encoding="utf-8"))


def example(name: str, fields: tuple[Field, ...]) -> dict[str, Any]:
    """A record or row as it may look."""
    return {field.name: _example(name, field) for field in fields}


def _example(name: str, field: Field) -> Any:
    given = examples().get(name, {})
    if field.name in given:
        return given[field.name]
    if field.type == "rows":
        return [example(_row(name, field), field.parts)]
    return TYPES[field.type][1]


def _row(name: str, field: Field) -> str:
    return f"{name}{field.name.title().replace('_', '')}Row"


def of_fields(name: str, fields: tuple[Field, ...], about: str) -> dict[str, Schema]:
    """The schema called `name` of a record or row, and those of the rows in it."""
    made: dict[str, Schema] = {}
    properties: Schema = {}
    for field in fields:
        if field.type == "rows":
            row = _row(name, field)
            made |= of_fields(row, field.parts, field.meaning)
            told: Schema = {"type": "array", "items": ref(row)}
        else:
            told = TYPES[field.type][0]
        properties[field.name] = {
            **told,
            "title": field.label,
            "description": field.meaning,
            "examples": [_example(name, field)],
        }
    return {name: {"type": "object", "description": about, "properties": properties}} | made


def record_schemas() -> dict[str, Schema]:
    """A schema for each kind of record and its rows, and one for a page of its list."""
    made: dict[str, Schema] = {}
    for kind in KINDS.values():
        about = f"A public {kind.noun}; fields that were not chosen are left out."
        made |= of_fields(kind.schema, kind.fields, about)
        names = [field.name for field in kind.fields]
        made[f"{kind.schema}Field"] = TEXT | {"enum": names, "description": "A public field."}
        made[f"{kind.schema}List"] = _object(
            f"A page of a list: {kind.name}.",
            count=({"type": "integer"}, "How many records the search finds."),
            complete=({"type": "boolean"}, "False where looking took so long that some may lack."),
            notices=(NOTICES, "What is said of words in `q` that were read kindly."),
            address=(TEXT, "The page of the same search on the site."),
            next=({"type": ["string", "null"]}, "The next page of this list; null at its end."),
            results=({"type": "array", "items": ref(kind.schema)}, "The records in their order."),
        )
    return made


def _object(about: str, **properties: tuple[Schema, str]) -> Schema:
    return {
        "type": "object",
        "description": about,
        "required": list(properties),
        "properties": {
            name: {**schema, "description": meaning}
            for name, (schema, meaning) in properties.items()
        },
    }


def shared_schemas() -> dict[str, Schema]:
    """What records and answers are made of."""
    return _parts_of_records() | _parts_of_facets() | _parts_of_answers()


def _parts_of_records() -> dict[str, Schema]:
    precision = {"type": "string", "enum": ["day", "month", "quarter", "year"]}
    return {
        "PreciseDate": _object(
            "A date as exact as its source.",
            date=({"type": "string", "format": "date"}, "The last day of the period."),
            precision=(precision, "How exactly it is known."),
            text=(TEXT, "As readers see it; “2027” is a year and never 31 December."),
        ),
        "Choice": _object(
            "A word of a closed list.",
            value=(TEXT, "As parameters take it."),
            label=(TEXT, "As people read it."),
        ),
        "Reference": _object(
            "Another record that is named.",
            kind=(TEXT, "What it is."),
            slug=(TEXT, "Its name in addresses."),
            name=(TEXT, "Its English name or title."),
            name_zh=(TEXT, "Its Chinese name or title; empty where unknown."),
            address=(TEXT, "Where it stands on the site; empty where it has no page."),
        ),
    }


def _parts_of_facets() -> dict[str, Schema]:
    return {
        "FacetValue": _object(
            "A value of a filter with how many records it would give.",
            value=(TEXT, "As the parameter takes it."),
            label=(TEXT, "As people read it."),
            label_zh=(TEXT, "In Chinese; empty where unknown."),
            count=({"type": "integer"}, "How many records the search would find with it."),
            selected=({"type": "boolean"}, "Whether it is chosen."),
            excluded=({"type": "boolean"}, "Whether it is excluded."),
            url=(TEXT, "The list in the API with it chosen, or without it where it is."),
            address=(TEXT, "The same on the site."),
        ),
        "Facet": _object(
            "A filter with its values.",
            name=(TEXT, "The parameter."),
            label=(TEXT, "As people read it."),
            number=({"type": "integer"}, "How many values it has, also where not all are listed."),
            values=({"type": "array", "items": ref("FacetValue")}, "Most frequent first."),
        ),
        "Facets": _object(
            "The facets of a search.",
            count=({"type": "integer"}, "How many records the search finds."),
            complete=({"type": "boolean"}, "False where looking took so long that some may lack."),
            notices=(NOTICES, "What is said of words in `q` that were read kindly."),
            address=(TEXT, "The page of the same search on the site."),
            facets=({"type": "array", "items": ref("Facet")}, "The facets."),
        ),
    }


def _parts_of_answers() -> dict[str, Schema]:
    return {
        "Contents": {
            "type": "object",
            "description": "Where everything is: addresses by name.",
            "additionalProperties": {
                "oneOf": [TEXT, {"type": "object", "additionalProperties": TEXT}]
            },
        },
        "ProblemParameter": _object(
            "A parameter that makes no sense.",
            parameter=(TEXT, "Its name."),
            detail=(TEXT, "What is wrong, and what is allowed."),
        ),
        "Problem": _problem(),
    }


def _problem() -> Schema:
    statuses = " ".join(f"{status}: {meaning}" for status, meaning in MEANINGS.items())
    made = _object(
        "Problem details as in RFC 9457.",
        type=(TEXT, "Where this kind of problem is explained."),
        title=(TEXT, "What kind of problem it is."),
        status=({"type": "integer"}, f"The HTTP status. {statuses}"),
        detail=(TEXT, "What is wrong with this request."),
        instance=(TEXT, "What was asked for."),
    )
    made["properties"]["errors"] = {
        "type": "array",
        "items": ref("ProblemParameter"),
        "description": "With status 400: each wrong parameter.",
    }
    return made
