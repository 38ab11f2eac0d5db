"""The OpenAPI document as plain data for a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from .document import document
from .kinds import KINDS


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter or field: its name, what it is, an example."""

    name: str
    about: str
    type: str
    example: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An address: what it gives and takes, and what an answer may look like."""

    path: str
    summary: str
    about: str
    parameters: list[Row]
    example: str
    has_search: bool


@dataclass(frozen=True, slots=True)
class Section:
    """What there is of a kind of record."""

    name: str
    operations: list[Operation]
    fields: list[Row]


@cache
def sections() -> list[Section]:
    """The kinds of record, then facets and contents."""
    found: dict[str, list[Operation]] = {name: [] for name in (*KINDS, "facets", "contents")}
    for path, methods in document()["paths"].items():
        told = methods["get"]
        found[told["tags"][0]].append(_operation(path, told))
    schemas = document()["components"]["schemas"]
    return [
        Section(name, operations, _fields(schemas[KINDS[name].schema]) if name in KINDS else [])
        for name, operations in found.items()
    ]


def _operation(path: str, told: dict[str, Any]) -> Operation:
    shown = told["responses"]["200"]["content"]["application/json"].get("example")
    parameters = [_parameter(one) for one in told.get("parameters", [])]
    return Operation(
        path=path,
        summary=told["summary"],
        about=told["description"],
        parameters=parameters,
        example=json.dumps(shown, ensure_ascii=False, indent=2) if shown else "",
        has_search=told["operationId"].endswith("_list"),
    )


def _parameter(told: dict[str, Any]) -> Row:
    example = told.get("example", "")
    if told["in"] == "path" or example == "":
        return Row(told["name"], told["description"], _type(told["schema"]), str(example))
    value = ",".join(example) if isinstance(example, list) else example
    shown = urlencode({told["name"]: value}, safe=",%")
    return Row(told["name"], told["description"], _type(told["schema"]), shown)


def _fields(schema: dict[str, Any]) -> list[Row]:
    return [
        Row(
            name,
            f"{told['title']}. {told['description']}",
            _type(told),
            json.dumps(told["examples"][0], ensure_ascii=False),
        )
        for name, told in schema["properties"].items()
    ]


def _type(schema: dict[str, Any]) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        told = document()["components"]["schemas"][name]
        return " or ".join(told["enum"]) if "enum" in told else name
    if "oneOf" in schema:
        return " or ".join(_type(part) for part in schema["oneOf"])
    if "enum" in schema:
        return " or ".join(map(str, schema["enum"]))
    if schema["type"] == "array":
        return f"list of {_type(schema['items'])}"
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " or ".join(
        str(schema.get("format", kind)) if kind == "string" else kind for kind in kinds
    )
