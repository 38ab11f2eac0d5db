"""Which parts of a page a reader never sees."""

from __future__ import annotations

import re

from bs4.element import Tag

from ..words import words

DROPPED = words(
    "script style head title meta link nav template noscript svg math img picture source",
    "video audio canvas iframe frame object embed applet map button input select textarea",
    "datalist del base wbr progress meter",
)
HIDING = re.compile(
    r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden|mso-hide\s{0,4}:\s{0,4}all"
    r"|font-size\s{0,4}:\s{0,4}0(?:px|pt|em|%)?\s{0,4}(?:;|!|$)",
    re.IGNORECASE,
)
STYLE_REACH = 2000


def is_hidden(tag: Tag) -> bool:
    """Whether nothing of `tag` and what it holds is shown as text."""
    if tag.name in DROPPED or tag.has_attr("hidden"):
        return True
    style = tag.get("style")
    return bool(style) and HIDING.search(str(style)[:STYLE_REACH]) is not None
