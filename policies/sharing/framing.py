"""Which other sites may show pages of the tracker in a frame: nobody, until a setting names them.

What is no origin in that setting counts as not there.
"""

from __future__ import annotations

import re
from typing import Any, cast

from csp.constants import NONE
from django.conf import settings
from django.http import HttpResponseBase

ORIGIN = re.compile(r"https?://(\*\.)?([a-z0-9-]+\.)*[a-z0-9-]+(:[0-9]{1,5})?", re.IGNORECASE)


def ancestors() -> list[str]:
    """The origins that may frame an embedded page; empty where none may."""
    named = [origin.strip().rstrip("/") for origin in settings.EMBED_ANCESTORS]
    return [origin for origin in named if origin == "*" or ORIGIN.fullmatch(origin)]


def framed(response: HttpResponseBase) -> HttpResponseBase:
    """`response` for whoever may frame it, and for nobody else."""
    allowed, changed = ancestors(), cast(Any, response)
    changed._csp_replace = {"frame-ancestors": allowed or [NONE]}
    # The older header cannot name origins, so it would shut out those who may.
    changed.xframe_options_exempt = bool(allowed)
    return response
