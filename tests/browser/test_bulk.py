"""Sheets in a real browser: no page breaks the content policy or shuts an editor out."""

import re

from playwright.sync_api import Page, expect

from .barriers import barriers
from .test_admin import log_in

GOOD = (
    "title_en,title_zh,issuing_bodies,announced,sectors\n"
    "Notice on Milling,关于铣床的通知,工业和信息化部 财政部 铣床局,2024-04,semiconductors\n"
    "Notice on Drilling,关于钻床的通知,MIIT; NDRC*,2024-Q2,\n"
    "Talent Plan,,国务院,2024,\n"
)
WRONG = GOOD.replace("2024-Q2", "26/04/2024").replace("semiconductors", "semiconducters")


def upload(page: Page, text: str, name: str = "list.csv") -> None:
    sheet = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    page.set_input_files("#id_sheet", sheet)
    page.get_by_role("button", name="Look at it").click()


def test_a_sheet_goes_in_and_comes_out_again(page, site):
    log_in(page, site, "editor")
    page.goto(f"{site}/admin/policies/policy/")
    page.get_by_role("link", name="Import", exact=True).click()
    upload(page, WRONG)
    expect(page.locator("table.bad")).to_contain_text("which is the day, which the month?")
    expect(page.locator("table.bad")).to_contain_text("Perhaps “Semiconductors”")
    page.get_by_role("link", name="Upload another sheet").click()
    upload(page, GOOD)
    expect(page.locator(".bulk")).to_contain_text("“铣床局” is not in the registry")
    page.get_by_role("button", name="Import").click()
    expect(page.locator(".messagelist .success")).to_contain_text("3 new, 0 changed")
    page.goto(f"{site}/admin/policies/policy/?q=Milling")
    page.get_by_role("link", name="Export", exact=True).click()
    expect(page.locator(".lead")).to_contain_text("1 policy, as the list shows")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("Excel")).click()
    page.goto(f"{site}/admin/policies/policy/import/")
    page.set_input_files("#id_sheet", download.value.path())
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator(".lead")).to_contain_text("changes nothing")


def test_no_page_of_the_sheets_shuts_an_editor_out(browser, site):
    context = browser.new_context()
    page = context.new_page()
    log_in(page, site, "publisher")
    found = {}

    def check(name: str) -> None:
        if wrong := barriers(page):
            found[name] = wrong

    for name in ("import", "export"):
        page.goto(f"{site}/admin/policies/policy/{name}/")
        check(name)
    for name, text in (("wrong", WRONG), ("good", GOOD + GOOD.split("\n")[1])):
        page.goto(f"{site}/admin/policies/policy/import/")
        upload(page, text)
        check(name)
    context.close()
    assert found == {}
