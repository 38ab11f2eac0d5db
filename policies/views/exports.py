"""The lists as files: the same query string, the same records, the same order."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from policies.answers import refused, site_of
from policies.exports import EXPORTED, FORMATS, Taken


@require_safe
def export(request: HttpRequest, kind: str, ending: str) -> HttpResponse | StreamingHttpResponse:
    """The records of `kind` that the query string finds, as a file of the format `ending`."""
    taken = Taken(EXPORTED[kind], request.GET, site_of(request), localdate())
    if taken.errors:
        return refused(taken.errors)
    chosen = FORMATS[ending]
    headers = {
        "Content-Type": chosen.media_type,
        "X-Record-Count": str(len(taken.ids)),
        "X-Complete": "false" if taken.is_partial else "true",
    }
    written = () if request.method == "HEAD" else chosen.write(taken)
    response = StreamingHttpResponse(written, headers=headers)
    disposition = content_disposition_header(True, f"{taken.file_name}.{ending}")
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response
