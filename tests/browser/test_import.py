"""An issue from its PDF to the public site, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.readers import builders
from tests.readers.samples import NEWSLETTER

from .barriers import barriers
from .test_admin import log_in
from .walk import follow

# Each test brings in an issue of its own: the site is shared.
HEADLINE = "Quiet motors: Transport ministry backs low-noise drives"
TITLE = "Plan for Quiet Electric Motors in Inland Shipping"
MOST_CLICKS = 10
SEEDED = Path(__file__).parents[2] / "fixtures" / "issues" / "2024-05-08.md"


def issue(day: str, folder: Path) -> Path:
    """The PDF of an invented issue of that day."""
    path = folder / "issue.pdf"
    path.write_bytes(builders.as_pdf(NEWSLETTER.replace("JUNE 5, 2031", day)))
    return path


def other_words(folder: Path) -> Path:
    """A file of the issue that is here already, worded otherwise throughout."""
    path = folder / "issue.md"
    path.write_text(SEEDED.read_text("utf-8").replace(" the ", " just the "), "utf-8")
    return path


class Clicks:
    """Clicks, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def __call__(self, role: str, name: str) -> None:
        self.count += 1
        self.page.get_by_role(role, name=name).first.click()


def test_a_pdf_is_public_after_ten_clicks_and_one_form(browser, page, site, tmp_path):
    file = issue("JUNE 5, 2031", tmp_path)
    log_in(page, site, "publisher")
    click = Clicks(page)
    click("link", "Newsletter issues")
    click("link", "Import an issue")
    page.set_input_files("#id_file", file)
    click.count += 1
    click("button", "Read it")
    expect(page.get_by_role("heading", name=HEADLINE)).to_be_visible()

    unknown = page.get_by_role("group", name="What Wuhan City Government means")
    click.count += 1
    unknown.get_by_role("button", name="keep the name").first.click()
    expect(unknown).to_have_count(0)
    expect(page.locator("#item-policy_news-2")).to_contain_text("and keeps the name")
    expect(page.locator("#item-top-1")).to_contain_text("3 doubts")
    click("button", "Store for review")
    expect(page.locator(".messagelist .success")).to_contain_text("6 added")
    click("button", "Publish")
    expect(page.locator(".messagelist .success")).to_contain_text("published")
    assert click.count <= MOST_CLICKS

    reader = browser.new_context().new_page()
    reader.goto(f"{site}/policies/?q=quiet+electric+motors")
    reader.get_by_role("link", name=TITLE).first.click()
    expect(reader.locator("main")).to_contain_text("Ministry of Transport")
    reader.goto(f"{site}/issues/2031-06-05/")
    expect(reader.locator("main")).to_contain_text("Blue Heron")
    reader.context.close()


def test_an_issue_is_stored_without_a_script(browser, site, tmp_path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, site, "editor")
    page.goto(f"{site}/admin/policies/issueimport/add/")
    page.set_input_files("#id_file", issue("JUNE 6, 2031", tmp_path))
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("link", name="lines").first.click()
    expect(page).to_have_url(re.compile("#src-top-1$"))
    page.get_by_role("button", name="Leave unresolved").first.click()
    expect(page.locator("#item-top-1")).to_contain_text("stays unresolved")
    # What the test before stored stands in the way.
    page.wait_for_load_state()
    while page.get_by_role("button", name="Keep both").count():
        follow(page, page.get_by_role("button", name="Keep both").first)
    page.locator("#in-top-2-official_url").fill("https://example.org/cold")
    page.get_by_role("button", name="Store for review").click()
    expect(page.locator(".messagelist .success")).to_contain_text("is stored for review")
    context.close()


def test_what_is_typed_is_kept_without_a_press_and_the_lines_are_marked(page, site, tmp_path):
    log_in(page, site, "editor")
    page.goto(f"{site}/admin/policies/issueimport/add/")
    page.set_input_files("#id_file", issue("JUNE 7, 2031", tmp_path))
    page.get_by_role("button", name="Read it").click()
    address = page.locator("#in-top-2-official_url")
    address.fill("https://example.org/typed")
    expect(page.locator(".paper li.marked").first).to_contain_text("Shared Cold Storage")
    with page.expect_response("**/press/"):
        address.press("Tab")
    page.locator(".paper li", has_text="Date: May 20").hover()
    expect(page.locator(".field.marked")).to_contain_text("Announced")
    page.reload()
    expect(page.locator("#item-top-2")).to_contain_text("https://example.org/typed")


def test_who_types_before_the_script_arrives_sees_the_lines_marked(page, site, tmp_path):
    log_in(page, site, "editor")
    page.goto(f"{site}/admin/policies/issueimport/add/")
    page.set_input_files("#id_file", issue("JUNE 10, 2031", tmp_path))
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#review")).to_be_visible()
    held: list[Route] = []

    def hold(script: Route) -> None:
        held.append(script)

    page.route(re.compile(r"/imports[.\w]*\.js"), hold)
    page.reload(wait_until="commit")
    page.locator("#in-top-2-official_url").fill("https://example.org/early")
    held[0].continue_()
    expect(page.locator(".paper li.marked").first).to_contain_text("Shared Cold Storage")


def test_tab_onto_a_button_does_not_press_it(page, site, tmp_path):
    log_in(page, site, "editor")
    page.goto(f"{site}/admin/policies/issueimport/add/")
    page.set_input_files("#id_file", issue("JUNE 9, 2031", tmp_path))
    page.get_by_role("button", name="Read it").click()
    address = page.locator("#in-top-2-official_url")
    address.fill("javascript:alert(3)")
    with page.expect_response("**/press/"):
        address.press("Tab")
    page.reload()
    expect(page.locator("#item-top-2")).to_contain_text("Leave it so")


def test_the_screens_of_an_import_shut_no_editor_out(browser, site, tmp_path):
    context = browser.new_context()
    page = context.new_page()
    log_in(page, site, "editor")
    page.goto(f"{site}/admin/policies/issueimport/add/")
    page.set_input_files("#id_file", issue("JUNE 8, 2031", tmp_path))
    found = {"upload": barriers(page)}
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#review")).to_be_visible()
    page.evaluate("document.querySelectorAll('#review details').forEach(part => part.open = true)")
    found["review"] = barriers(page)
    page.get_by_role("link", name="Discard …").click()
    found["discard"] = barriers(page)
    page.goto(f"{site}/admin/policies/issueimport/add/")
    page.set_input_files("#id_file", other_words(tmp_path))
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#review .known")).to_contain_text("here already")
    page.wait_for_load_state()
    assert page.locator(".stands, .comes").count() > 10
    page.evaluate("document.querySelectorAll('#review details').forEach(part => part.open = true)")
    found["review of an issue that is here already"] = barriers(page)
    page.get_by_role("link", name="Discard …").click()
    page.get_by_role("button", name="Discard").click()
    page.goto(f"{site}/admin/policies/issueimport/")
    found["list"] = barriers(page)
    context.close()
    assert {name: rows for name, rows in found.items() if rows} == {}
