"""What can be asked at each address, as OpenAPI has it."""

from __future__ import annotations

from typing import Any

from .filterschemas import query_parameter, search_parameters
from .kinds import Kind
from .parameters import LARGEST_PAGE, PAGE_SIZE
from .problems import MEANINGS, MEDIA_TYPE
from .schemas import Schema, example, ref

ALWAYS = (400, 406, 412, 429, 500)
HEADERS = {
    "ETag": "What stands for this answer; send it as If-None-Match to hear whether it changed.",
    "Last-Modified": "Since when the public data is as it is.",
    "RateLimit-Limit": "How many requests a minute are answered.",
    "RateLimit-Remaining": "How many of them are left.",
    "RateLimit-Reset": "In how many seconds they are counted anew.",
}


def contents() -> Schema:
    return _operation("contents", "Where everything is", "Contents", "contents")


def record_list(kind: Kind) -> Schema:
    """The list of a kind."""
    parameters = [
        *search_parameters(kind),
        _fields(kind),
        query_parameter(
            "page_size",
            f"How many records a page has; {PAGE_SIZE} where nothing is said.",
            {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE},
            LARGEST_PAGE,
        ),
        query_parameter(
            "cursor", "Where the page before ended; part of `next`, not to be made up.",
            {"type": "string"},
        ),
    ]  # fmt: skip
    page = {
        "count": 1,
        "complete": True,
        "notices": ["What was typed holds nothing to search for."],
        "address": f"https://tracker.example/{kind.name}/",
        "next": None,
        "results": [example(kind.schema, kind.fields)],
    }
    about = (
        f"The {kind.name} that a search finds, in the order of its page on the site. Values of "
        "one parameter are alternatives, different parameters narrow. Follow `next`."
    )
    made = _operation(
        f"{kind.name}_list",
        about,
        f"{kind.schema}List",
        kind.name,
        parameters=parameters,
        shown=page,
    )
    return made | {"summary": f"List {kind.name}"}


def record(kind: Kind) -> Schema:
    """A single record of a kind."""
    shown = example(kind.schema, kind.fields)
    slug: Schema = {
        "name": "slug",
        "in": "path",
        "required": True,
        "description": "The record’s name in addresses; of an issue, its date.",
        "schema": {"type": "string"},
        "example": shown.get("slug", shown.get("published")),
    }
    parameters = [slug, _fields(kind)]
    about = f"One {kind.noun}. A former slug redirects to today’s."
    if kind.kept:
        about += " With `as_of` it is given as it was public at the end of that day."
        parameters.append(
            query_parameter(
                "as_of", "A day of the past, as it was where the site is.",
                {"type": "string", "format": "date"}, "2024-06-30",
            )
        )  # fmt: skip
    made = _operation(
        f"{kind.name}_retrieve", about, kind.schema, kind.name, parameters=parameters, shown=shown
    )
    made["responses"]["301"] = {"description": "A former slug; `Location` has today’s address."}
    for status in (404, 410):
        made["responses"][str(status)] = _refusal(status)
    return made | {"summary": f"Get one {kind.noun}"}


def facets(kind: Kind) -> Schema:
    """The facets of a search of a kind."""
    names = list(kind.search.facets)
    chosen = query_parameter(
        "facet",
        "Facets to count, each with all its values. Without it all are counted, of long ones "
        "the largest values. May be given several times.",
        {"type": "array", "items": {"type": "string", "enum": names}},
        names[:1],
    )
    value = {
        "value": "x", "label": "X", "label_zh": "", "count": 1, "selected": False,
        "excluded": False, "url": f"https://tracker.example/api/v1/{kind.name}/?{names[0]}=x",
        "address": f"https://tracker.example/{kind.name}/?{names[0]}=x",
    }  # fmt: skip
    shown = {
        "count": 1,
        "complete": True,
        "notices": ["What was typed holds nothing to search for."],
        "address": f"https://tracker.example/{kind.name}/",
        "facets": [{"name": names[0], "label": "Label", "number": 1, "values": [value]}],
    }
    about = (
        f"How many {kind.name} each value of each filter would give within a search. "
        "A count ignores its own filter."
    )
    parameters = [*search_parameters(kind), chosen]
    made = _operation(
        f"facets_{kind.name}", about, "Facets", "facets", parameters=parameters, shown=shown
    )
    return made | {"summary": f"Count facets of {kind.name}"}


def _fields(kind: Kind) -> Schema:
    names = [field.name for field in kind.fields]
    return query_parameter(
        "fields",
        "The fields wanted; all where none is named. By commas, or given several times.",
        {"type": "array", "items": ref(f"{kind.schema}Field")},
        names[:2],
    ) | {"style": "form", "explode": False}


def _operation(
    name: str,
    about: str,
    schema: str,
    tag: str,
    *,
    parameters: list[Schema] | None = None,
    shown: dict[str, Any] | None = None,
) -> Schema:
    content: Schema = {"schema": ref(schema)}
    if shown:
        content["example"] = shown
    answer = {
        "description": "What was asked for.",
        "content": {"application/json": content},
        "headers": {one: {"$ref": f"#/components/headers/{one}"} for one in HEADERS},
    }
    unchanged = {"description": "It is as in the answer whose ETag or date was named."}
    return {
        "operationId": name,
        "summary": about,
        "description": about,
        "tags": [tag],
        "parameters": parameters or [],
        "responses": {"200": answer, "304": unchanged} | {str(s): _refusal(s) for s in ALWAYS},
    }


def _refusal(status: int) -> Schema:
    return {
        "description": MEANINGS[status].replace("`", ""),
        "content": {MEDIA_TYPE: {"schema": ref("Problem")}},
    }
