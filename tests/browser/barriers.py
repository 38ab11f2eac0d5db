"""What shuts readers and editors out of a page: asked in one way by every test in a browser."""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WCAG_AND_BEST_PRACTICE = [*WCAG, "best-practice"]
CONTRAST = ["color-contrast"]
Theme = Literal["light", "dark"]
# How a page is looked at; between widths only the layout differs, between themes the colours.
LOOKS: list[tuple[int, Theme, list[str] | None]] = [
    (375, "dark", None),
    (375, "light", CONTRAST),
    (1280, "dark", CONTRAST),
    (1280, "light", None),
]
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
# What changes slowly is at its end, but for what turns for ever.
SETTLED = """new Promise(ready => requestAnimationFrame(() => requestAnimationFrame(() => {
    const turns = animation => animation.effect.getComputedTiming().endTime === Infinity;
    document.getAnimations().filter(one => !turns(one)).forEach(one => one.finish());
    ready();
})))"""


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
    """What shuts somebody out of the page as it stands: narrow and wide, in both themes."""
    found: list = []
    page.wait_for_load_state()
    for width, theme, others in LOOKS:
        look(page, width, theme)
        wrong = violations(page, others or rules, inside=inside)
        found += [(width, theme, *fault) for fault in wrong]
        if page.evaluate(TOO_WIDE):
            found.append((width, theme, "wider than the window"))
    return found


def look(page: Page, width: int, theme: Theme) -> None:
    """Show the page at a width and in a theme, its colours changed."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.evaluate(SETTLED)


def _is_select2s_own(rule: dict, node: dict) -> bool:
    """Whether it is the list that Select2 builds inside a field of several choices."""
    return rule["id"] == "list" and "select2" in str(node["target"][0])
