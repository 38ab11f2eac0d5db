"""A real browser on a real server: Debian's or the user's own Chromium, and the site as it runs.

Where no Chromium is found the tests are skipped and say so; with CI=true they fail instead.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from ..databases import migrated_database
from .site import running_site

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def found_chromium() -> str | None:
    """The first Chromium on this machine, or None."""
    named = [path for name in NAMES if (path := shutil.which(name))]
    return next(iter([*named, *(path for path in PLACES if Path(path).exists())]), None)


@pytest.fixture(scope="session")
def browser():
    """Chromium without a window."""
    path = found_chromium()
    if path is None:
        reason = f"no Chromium is found on this machine (looked for {', '.join(NAMES)})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(browser, django_db_setup, tmp_path_factory):
    """The address of a seeded site of its own, served as `make run` serves it."""
    folder = tmp_path_factory.mktemp("site")
    with running_site(folder, migrated_database(folder)) as address:
        yield address


@pytest.fixture
def page(browser: Browser):
    """A page 1,280 pixels wide; what its scripts or policy complain of fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on(
        "console",
        lambda message: (
            complaints.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield tab
    context.close()
    assert complaints == []
