"""A first visit: from the home page to answers, by links, forms and menus alone.

The test of the tour and the program that takes its pictures walk the same way.
"""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page

YEAR, DAY = "2027", "2024-07-01"
PHRASE = "new quality productive forces"


def follow(page: Page, pressed: Locator) -> None:
    """Press a link or a button that leads to another page, and wait until all of it is there."""
    with page.expect_navigation():
        pressed.click()


def ask(page: Page, question: str, field: str, answer: str) -> None:
    """Answer one of the questions on the home page, to which the tracker's name leads."""
    follow(page, page.get_by_role("link", name="Policy tracker", exact=True))
    card = page.get_by_role("listitem").filter(
        has=page.get_by_role("heading", name=question, exact=True)
    )
    card.get_by_label(field).fill(answer)
    follow(page, card.get_by_role("button"))


def targets_due(page: Page) -> None:
    ask(page, "What falls due, and by when?", "Targets due by", YEAR)


def partners(page: Page, body: str = "MIIT") -> None:
    """The page of an issuing body, found by one of its names."""
    ask(page, "Who acts with whom?", "Issuing body", body)
    follow(page, page.locator("#results .rows > li").first.get_by_role("link").first)


def in_force(page: Page) -> None:
    ask(page, "What was in force on a day?", "Policies in force on", DAY)


def first_appearance(page: Page) -> None:
    """The biography of the phrase, its words held together."""
    ask(page, "When did a phrase first appear?", "Phrase, in English or Chinese", PHRASE)
    follow(page, page.get_by_role("link", name="Only next to each other, as a phrase"))


def menu(page: Page, name: str):
    """One of the menus above a list, opened."""
    summary = page.locator("#results .takes summary").filter(has_text=re.compile(f"^{name}$"))
    summary.click()
    return summary.locator("..")


def taken(page: Page, name: str, folder: Path) -> Path:
    """The file of that name in the menu “Export”, as the browser saves it."""
    opened = menu(page, "Export")
    with page.expect_download() as started:
        opened.get_by_role("link", name=name, exact=True).click()
    menu(page, "Export")
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path
