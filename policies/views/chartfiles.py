"""Charts as files: a picture that stands alone (SVG) and the numbers of its table (CSV)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from policies.answers import refused, site_of
from policies.exports import file_name
from policies.exports.picture import Picture
from policies.exports.tables import lines
from policies.models import Target
from policies.views.charted import MADE, Charted, Refused
from policies.views.details import Record
from policies.works import SITE
from policies.xmltext import writable

ENDINGS = {"svg": "image/svg+xml; charset=utf-8", "csv": "text/csv; charset=utf-8"}


@require_safe
def chart_file(request: HttpRequest, of: str, ending: str, slug: str = "") -> HttpResponse:
    """The chart `of` something, as the query string has it, as a file with this ending."""
    site = site_of(request)
    try:
        made = MADE[of](request, site, slug)
    except Refused as refusal:
        return refused(refusal.errors)
    written = "".join(lines(made.rows)) if ending == "csv" else _drawn(made)
    response = HttpResponse(written, content_type=ENDINGS[ending])
    name = file_name(made.name, request.GET, localdate())
    disposition = content_disposition_header(True, f"{name}.{ending}")
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


class TargetChart(Record):
    """The chart of a public target's lineage as a file; a former slug redirects."""

    model = Target

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return chart_file(request, kwargs["of"], kwargs["ending"], kwargs["slug"])

    def address_of(self, record: Any) -> str:
        return f"{record.get_absolute_url()}chart.{self.kwargs['ending']}"


def _drawn(made: Charted) -> str:
    picture = Picture(made.width, made.chart.height if made.chart else 0)
    picture.tell(made.title, made.told)
    picture.explain(made.keys)
    picture.source(SITE, localdate(), made.page)
    drawn = render_to_string(f"charts/{made.template}.svg", {"made": made, "picture": picture})
    return writable(drawn)
