"""A link as Markdown, written so that the newsletter parser reads it back.

Which addresses count as such is decided here for every kind of file: only
http and https lead anywhere, "#" stands for an address that got lost.
"""

from __future__ import annotations

import re

from .spaces import folded

LOST = "#"
WEB = re.compile(r"https?://[^\s]", re.IGNORECASE)
SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
# Round brackets that the parser can follow: at most one pair, not nested.
PLAIN_BRACKETS = re.compile(r"[^()]*(?:\([^()]*\)[^()]*)?")
UNSAFE = {" ": "%20", "<": "%3C", ">": "%3E", "\t": "", "\n": "", "\r": ""}


def address(href: str | None) -> str | None:
    """Where a link leads: a web address, "#" for a lost one, None for what is no link to read.

    An empty or missing `href` is a lost address; a place in the same page
    ("#notes"), mail, scripts and data are none.
    """
    href = (href or "").strip()
    if href in ("", LOST):
        return LOST
    if not WEB.match(href):
        return None
    for char, safe in UNSAFE.items():
        href = href.replace(char, safe)
    if not PLAIN_BRACKETS.fullmatch(href):
        href = href.replace("(", "%28").replace(")", "%29")
    return href


def markdown(label: str, url: str | None) -> str:
    """`label` as a Markdown link to `url`, with the space at its edges left outside.

    Plain text if `url` is None, if the label is blank, or if it only repeats the address.
    """
    words = folded(label)
    if url is None or not words or _repeats(words, url) or "](" in words:
        return label
    before = " " if label[:1].isspace() else ""
    after = " " if label[-1:].isspace() else ""
    safe = words.replace("[", "(").replace("]", ")")
    return f"{before}[{safe}]({url}){after}"


def _repeats(words: str, url: str) -> bool:
    return SCHEME.sub("", words, count=1).rstrip("/") == SCHEME.sub("", url, count=1).rstrip("/")
