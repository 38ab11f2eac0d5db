"""From an editor's correction to what readers see of it, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from .barriers import WCAG_AND_BEST_PRACTICE, barriers
from .test_admin import log_in
from .test_pages import opened


@pytest.fixture(scope="module")
def corrected(browser, site) -> str:
    """The address of a policy that an editor has corrected, in two languages, with a row added."""
    context = browser.new_context()
    page = context.new_page()
    log_in(page, site, "publisher")
    page.goto(f"{site}/admin/policies/policy/2/change/")
    public = page.get_by_role("link", name="View on site").get_attribute("href")
    summary = page.locator("#id_summary").input_value()
    page.fill("#id_summary", summary.replace("the", "this") + "\n\nOne paragraph more.")
    page.fill("#id_title_zh", page.locator("#id_title_zh").input_value() + "（修订）")
    page.select_option("#id_instrument", "notice")
    page.click("#sources-group .add-row a")
    row = page.locator("#sources-group .form-row:not(.empty-form) input[name$='-label']").last
    row.fill("A source that was overlooked")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    context.close()
    return public


def test_a_reader_follows_a_correction_to_the_page_as_it_was(page, site, corrected):
    page.goto(site + corrected)
    page.get_by_role("link", name=re.compile("^Corrected on")).click()
    newest = page.locator(".versions > li").first
    expect(newest.locator("h2")).to_contain_text("Corrected on")
    expect(newest.locator("ins", has_text="（修订）")).to_be_visible()
    expect(newest).to_contain_text("A source that was overlooked")
    page.locator(".versions > li").last.get_by_role("link", name="The policy from then on").click()
    expect(page.get_by_role("complementary")).to_contain_text("This is how the policy was public")
    expect(page.locator("main")).not_to_contain_text("（修订）")
    page.get_by_role("link", name="See it as it is today").click()
    expect(page).to_have_url(site + corrected)


def test_a_day_is_chosen_by_keyboard(page, site, corrected):
    page.goto(f"{site}{corrected}history/")
    page.get_by_label("As it was on").focus()
    page.keyboard.type("06302020")
    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}{corrected}?as_of=2020-06-30")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "This policy was not public on that day"
    )


def test_changes_are_narrowed_by_a_form_without_scripts(browser, site, corrected):
    context, page = opened(browser, 1280, java_script_enabled=False)
    page.goto(f"{site}/changes/")
    expect(page.locator(".versions > li").first).to_contain_text("Instrument")
    page.get_by_label("Kind").select_option("event")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(f"{site}/changes/?kind=event&since=&until=")
    expect(page.locator(".empty")).to_be_visible()
    context.close()


def test_no_page_of_the_past_shuts_anyone_out(browser, site, corrected):
    context, page = opened(browser, 1280)
    page.goto(f"{site}{corrected}history/")
    version = page.locator(".versions > li").last.locator("p.all a").get_attribute("href")
    pages = [
        corrected,
        f"{corrected}history/",
        version,
        f"{corrected}?as_of=2020-01-01",
        f"{corrected}?as_of=soon",
        "/changes/",
        "/changes/?kind=nothing",
        "/bodies/miit/history/",
    ]
    found = {}
    for address in pages:
        page.goto(site + address)
        if wrong := barriers(page, WCAG_AND_BEST_PRACTICE):
            found[address] = wrong
    context.close()
    assert found == {}
