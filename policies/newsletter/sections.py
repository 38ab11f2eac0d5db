"""The headings that divide an issue, in any case and with or without decoration.

Only whole lines are headings. Which lines belong to a section is left to
`outline`.
"""

from __future__ import annotations

import re

from .document import CORPORATE_NEWS, POLICY_NEWS, TOP
from .marks import undecorated

NOTEWORTHY, AUTHORS, EDITORS = "noteworthy", "authors", "editors"
PUBLISHER, CONTENTS, UNKNOWN = "publisher", "contents", "unknown"

HEADINGS = {
    TOP: "top stories/top news/top policies/top items/main stories/key stories/key policies"
    "/in focus/in depth/top story/lead stories",
    NOTEWORTHY: "noteworthy/also noteworthy/noteworthy news/news in brief/short news/other news"
    "/in other news/short notes",
    POLICY_NEWS: "policy news/policy updates/policy notes/policy briefs/policy developments"
    "/news on policy/policy in brief",
    CORPORATE_NEWS: "corporate news/company news/business news/corporate updates/industry news"
    "/corporate notes/corporate developments/company updates/companies in brief",
    AUTHORS: "author/authors/written by/contributors/contributor/contributing authors",
    EDITORS: "editor/editors/edited by/editorial team/editing/editorial staff",
    PUBLISHER: "publisher/imprint/published by/contact/contacts/about us",
    CONTENTS: "contents/table of contents/in this issue/content",
}
KINDS = {word: kind for kind, words in HEADINGS.items() for word in words.split("/")}
TOP_N = re.compile(r"(?:\S{1,20} ){0,2}top (?:\d{1,2}|three|four|five|six|seven|eight|nine|ten)")
TOP_TAIL = re.compile(r"(?: (?:stories|news|policies|items))?")


_PEOPLE = "|".join(f"{HEADINGS[AUTHORS]}/{HEADINGS[EDITORS]}/publisher/published by".split("/"))
PEOPLE_LINE = re.compile(
    rf"[*_]{{0,3}}({_PEOPLE})"
    r"(?:\s?[*_]{0,3}\s?[:：]\s?[*_]{0,3}|(?<=by)\s)\s?(?=\S)",
    re.IGNORECASE,
)


def split_people_line(text: str) -> tuple[str, str] | None:
    """The heading and the rest of a line such as "Authors: Ada Example and Bo Sample", or None."""
    match = PEOPLE_LINE.match(text) if len(text) <= 300 else None
    return (match[1], text[match.end() :]) if match else None


def find_section(text: str) -> str | None:
    """The section that the line heads, or None if the line is no heading."""
    if len(text) > 80:
        return None
    words = undecorated(text).rstrip(":： ")
    words = undecorated(words)
    if not words:
        return None
    folded = " ".join(words.casefold().split())
    if folded in KINDS:
        return KINDS[folded]
    match = TOP_N.match(folded)
    if match and TOP_TAIL.fullmatch(folded[match.end() :]):
        return TOP
    return None
