"""The description of the API: the OpenAPI document, and a page of it for people."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from rest_framework.response import Response

from policies.answers import site_of

from .conditional import stamp
from .docspage import sections
from .document import document
from .parameters import Asked
from .problems import MEANINGS
from .views import Door, refuse


class Schema(Door):
    """The OpenAPI document, as JSON or YAML."""

    schema = None
    renderer_classes = [
        OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer2, OpenApiYamlRenderer,
    ]  # fmt: skip

    def get(self, request: Any, **kwargs: Any) -> Any:
        version = stamp(request)
        refuse(Asked(request.GET, ()).errors)
        return self.unchanged(version) or Response(document())


class Docs(TemplateView):
    """All that can be asked, read off the same document; each list can be tried on the page."""

    template_name = "policies/api.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "root": site_of(self.request),
            "sections": sections(),
            "statuses": MEANINGS,
        }
