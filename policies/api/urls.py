"""The addresses below /api/v1/."""

from __future__ import annotations

from django.urls import path, re_path

from .describing import Docs, Schema
from .kinds import FACETED, KINDS, Kind
from .views import Contents, Facets, Nowhere, Record, RecordList


def addresses(kind: Kind) -> list:
    """A kind's list and records."""
    return [
        path(f"{kind.name}/", RecordList.as_view(kind=kind), name=f"api_{kind.name}"),
        path(
            f"{kind.name}/<slug:slug>/", Record.as_view(kind=kind), name=f"api_{kind.name}_record"
        ),
    ]


urlpatterns = [
    path("", Contents.as_view(), name="api"),
    *(address for kind in KINDS.values() for address in addresses(kind)),
    *(
        path(f"facets/{name}/", Facets.as_view(kind=KINDS[name]), name=f"api_facets_{name}")
        for name in FACETED
    ),
    path("schema/", Schema.as_view(), name="api_schema"),
    path("schema.<slug:format>", Schema.as_view(), name="api_schema_file"),
    path("docs/", Docs.as_view(), name="api_docs"),
    # With a slash alone, so that addresses without one are still led to those with one.
    re_path(r"^(?P<path>(?s:.*))/\Z", Nowhere.as_view()),
]
