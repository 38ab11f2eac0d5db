"""A second factor in a real browser: set up, asked for, and legible to everyone."""

from __future__ import annotations

import time
from base64 import b32decode

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect

from .barriers import barriers
from .site import PASSWORD


def code(secret: str, *, ahead: int = 0) -> str:
    """What an app shows that was given `secret`."""
    totp = TOTP(b32decode(secret.replace(" ", "")))
    totp.time = time.time() + 30 * ahead
    return f"{totp.token():06}"


def shuts_nobody_out(page: Page) -> None:
    assert barriers(page) == [], page.url


def name_and_password(page: Page, site: str, password: str = PASSWORD) -> None:
    page.goto(f"{site}/admin/")
    page.fill("#id_username", "newcomer")
    page.fill("#id_password", password)
    page.press("#id_password", "Enter")


@pytest.fixture
def page(browser):
    """A page on which axe may style what it looks at, which the site's policy forbids."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_a_newcomer_sets_up_a_second_factor_logs_in_with_it_and_removes_it(page, site):
    page.goto(f"{site}/admin/")
    shuts_nobody_out(page)
    name_and_password(page, site)
    page.get_by_role("link", name="Second factor").click()
    shuts_nobody_out(page)
    page.get_by_role("link", name="Set up").click()
    secret = page.locator(".secret").inner_text()
    shuts_nobody_out(page)
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("ul.codes li")).to_have_count(10)
    recovery = page.locator("ul.codes li").all_inner_texts()
    shuts_nobody_out(page)
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("button", name="Log out").click()

    name_and_password(page, site)
    page.get_by_label("Code").fill("12 34")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator(".errorlist")).to_contain_text("not right")
    shuts_nobody_out(page)
    time.sleep(1.1)
    page.get_by_label("Code").fill(code(secret, ahead=1))
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()

    page.get_by_role("link", name="Second factor").click()
    expect(page.locator("dl.facts")).to_contain_text("10 of 10")
    shuts_nobody_out(page)
    page.get_by_role("link", name="Remove the second factor").click()
    shuts_nobody_out(page)
    page.get_by_label("Code").fill(recovery[0])
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".messagelist .success")).to_contain_text("is removed")


def test_who_fails_too_often_reads_when_to_come_back(page, site):
    for _ in range(5):
        page.goto(f"{site}/admin/")
        page.fill("#id_username", "somebody")
        page.fill("#id_password", "wrong")
        page.press("#id_password", "Enter")
    expect(page.get_by_text("You can try again in 15 minutes")).to_be_visible()
    shuts_nobody_out(page)
