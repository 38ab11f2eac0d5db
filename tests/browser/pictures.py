"""Takes the pictures of docs/tour.md and README.md: `python -m tests.browser.pictures`."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from ..databases import fresh_database
from . import walk
from .conftest import OPTIONS, found_chromium
from .site import ROOT, running_site

DOCS = ROOT / "docs"
SIZE = {"width": 1280, "height": 820}
COLOURS = 160


def take(page: Page, name: str, at: str = "") -> None:
    """A picture of the window, scrolled to what is found `at`; few colours keep it small."""
    if at:
        page.locator(at).first.evaluate("element => element.scrollIntoView()")
    page.mouse.move(0, 0)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(DOCS / name, optimize=True)


def tour(page: Page) -> None:
    take(page, "tour-home.png")
    walk.targets_due(page)
    take(page, "tour-due.png", at="#horizon")
    walk.menu(page, "Export")
    take(page, "tour-export.png", at="h1")
    walk.menu(page, "Export")
    walk.menu(page, "Follow")
    take(page, "tour-follow.png")
    walk.follow(page, page.get_by_role("link", name="E-mail"))
    take(page, "tour-mail.png")
    walk.partners(page)
    take(page, "tour-partners.png")
    walk.in_force(page)
    take(page, "tour-in-force.png")
    walk.first_appearance(page)
    take(page, "tour-phrase.png")


def readme(page: Page) -> None:
    """A list with its search and a filter."""
    walk.follow(page, page.get_by_role("link", name="Policies", exact=True).first)
    page.locator("main input[name=q]").fill("工信部")
    page.locator("main form[role=search] button").click()
    page.wait_for_url("**q=**")
    page.locator(".facets").get_by_role("link", name="Digital economy").first.click()
    page.wait_for_url("**sector=**")
    page.wait_for_load_state("networkidle")
    take(page, "screenshot.png")


def main(steps: tuple[Callable[[Page], None], ...] = (tour, readme)) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with running_site(folder, fresh_database(folder)) as site, sync_playwright() as p:
            chromium = p.chromium.launch(executable_path=found_chromium(), args=OPTIONS)
            page = chromium.new_page(viewport=SIZE, color_scheme="light")
            for step in steps:
                page.goto(site)
                step(page)
            chromium.close()


if __name__ == "__main__":
    main()
