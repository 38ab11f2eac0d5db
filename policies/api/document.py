"""The OpenAPI document: drf-spectacular walks the addresses, the views say what they answer."""

from __future__ import annotations

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from .filterschemas import closed_lists
from .operations import HEADERS
from .schemas import record_schemas, shared_schemas


class Described(AutoSchema):
    """An operation as its view describes it."""

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        return self.view.described()


def with_components(result: dict[str, Any], **given: Any) -> dict[str, Any]:
    """The document with the schemas and headers that its operations name."""
    components = result.setdefault("components", {})
    components["schemas"] = record_schemas() | shared_schemas() | closed_lists()
    components["headers"] = {
        name: {"description": about, "schema": {"type": "string"}}
        for name, about in HEADERS.items()
    }
    return result


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document, which no record changes."""
    return SchemaGenerator().get_schema(request=None, public=True)
