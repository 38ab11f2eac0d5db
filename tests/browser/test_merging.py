"""Merging, undoing and bulk edits in a real browser, with nobody shut out."""

from playwright.sync_api import Page, expect

from .barriers import barriers
from .test_admin import log_in


def tick(page: Page, site: str, model: str, number: int, action: str) -> None:
    """Tick the first records of a list and choose an action."""
    page.goto(f"{site}/admin/policies/{model}/")
    for box in page.locator("input.action-select").all()[:number]:
        box.check()
    page.select_option("select[name=action]", action)
    page.get_by_role("button", name="Go").click()


def test_two_records_are_merged_and_parted_and_many_changed(browser, site):
    context = browser.new_context()
    page = context.new_page()
    log_in(page, site, "publisher")
    found = {}
    tick(page, site, "policy", 2, "merge_chosen")
    expect(page.get_by_role("heading", name="Merge two records")).to_be_visible()
    found["two policies"] = barriers(page)

    tick(page, site, "issuingbody", 2, "merge_chosen")
    found["two bodies"] = barriers(page)
    page.get_by_role("button", name="Merge").click()
    expect(page.locator(".messagelist .success")).to_contain_text("are one record now")
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("heading", name="Merged into this record")).to_be_visible()
    found["history"] = barriers(page)
    page.get_by_role("link", name="its history").click()
    found["past"] = barriers(page)
    page.goto(f"{site}/admin/policies/merge/")
    found["merges"] = barriers(page)
    page.locator("#result_list tbody a").first.click()
    found["a merge"] = barriers(page)
    page.get_by_role("link", name="Undo …").click()
    found["undo"] = barriers(page)
    page.get_by_role("button", name="Undo the merge").click()
    expect(page.locator(".messagelist .success")).to_contain_text("two records again")

    tick(page, site, "policy", 3, "change_chosen")
    page.select_option("#id_instrument", "standard")
    page.select_option("#id_sectors_how", "add")
    page.locator(".select2-selection").first.click()
    opened = page.locator(".select2-container--open .select2-search__field")
    opened.press_sequentially("procurement")
    page.locator("li.select2-results__option", has_text="Public procurement").click()
    found["what to change"] = barriers(page)
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("table.changes")).to_contain_text("Standard")
    found["what changes"] = barriers(page)
    page.get_by_role("button", name="Choose other changes").click()
    expect(page.locator("#id_instrument")).to_have_value("standard")
    tick(page, site, "target", 2, "change_chosen")
    found["targets"] = barriers(page)
    context.close()
    assert {name: rows for name, rows in found.items() if rows} == {}
