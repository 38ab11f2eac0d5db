"""What shuts readers and editors out of a page: asked in one way by every test in a browser."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WCAG_AND_BEST_PRACTICE = [*WCAG, "best-practice"]
CONTRAST = ["color-contrast"]
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


def violations(page: Page, rules: list[str] = WCAG, *, inside: str | None = None) -> list[tuple]:
    """What axe finds wrong on the page as it stands, or in the part of it that `inside` selects.

    Only violations are told in full; all that axe passes is hundreds of kilobytes a page.
    """
    kind = "rule" if rules == CONTRAST else "tag"
    options: dict[str, Any] = {
        "runOnly": {"type": kind, "values": rules},
        "resultTypes": ["violations"],
    }
    answer = Axe().run(page, context=inside, options=options).response
    return [
        (rule["id"], node["target"], node["html"][:200], node["failureSummary"][:300])
        for rule in answer["violations"]
        for node in rule["nodes"]
        if not _is_select2s_own(rule, node)
    ]


def barriers(page: Page, rules: list[str] = WCAG, *, inside: str | None = None) -> list:
    """What axe finds wrong, and whether the page is wider than its window."""
    found: list = violations(page, rules, inside=inside)
    return [*found, "wider than the window"] if page.evaluate(TOO_WIDE) else found


def _is_select2s_own(rule: dict, node: dict) -> bool:
    """Whether it is the list that Select2 builds inside a field of several choices."""
    return rule["id"] == "list" and "select2" in str(node["target"][0])
