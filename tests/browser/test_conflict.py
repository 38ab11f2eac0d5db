"""Two editors, two browsers, one record: no lost update."""

import pytest
from playwright.sync_api import Browser, Page, expect

from .barriers import barriers
from .test_admin import log_in


@pytest.fixture
def two(browser: Browser, site):
    """The pages of an editor and of a publisher, each in a browser of their own."""
    contexts = [browser.new_context(viewport={"width": 1280, "height": 900}) for _ in range(2)]
    pages = [context.new_page() for context in contexts]
    for page, name in zip(pages, ("editor", "publisher"), strict=True):
        log_in(page, site, name)
    yield pages
    for context in contexts:
        context.close()


def new_policy(page: Page, site: str, title: str) -> str:
    """Make a policy with a target, and give the address of its form."""
    page.goto(f"{site}/admin/policies/policy/add/")
    page.fill("#id_title_en", title)
    page.click("#targets-group .add-row a")
    page.fill("#id_targets-0-text", "Raise output by 25 percent")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_contain_text("was added successfully")
    return page.url


def hindrances(page: Page) -> list:
    """What shuts editors out of the box that tells what was changed, narrow and wide."""
    return barriers(page, inside="#meanwhile")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue editing").click()


def test_two_editors_in_two_browsers_lose_nothing(two, site):
    first, second = two
    form = new_policy(first, site, "Notice on Turning Together")
    second.goto(form)

    first.fill("#id_document_number", "工信部〔2024〕1号")
    first.fill("#id_title_en", "Notice on Turning, Corrected")
    first.fill("#id_targets-0-metric", "output")
    save(first)
    expect(first.locator(".messagelist .success")).to_contain_text("was changed successfully")

    second.fill("#id_title_en", "Notice on Turning, My Way")
    second.fill("#id_note", "Three hours of work")
    second.click(".form-row.field-sectors .select2-selection >> nth=0")
    opened = second.locator(".select2-container--open .select2-search__field")
    opened.press_sequentially("Semiconductors")
    second.get_by_role("option", name="Semiconductors").first.click()
    save(second)

    box = second.locator("#meanwhile")
    expect(box).to_contain_text("changed while you had it open")
    expect(box).to_contain_text("You both changed 1 value")
    for words in ("Notice on Turning, Corrected", "Notice on Turning, My Way", "editor", "output"):
        expect(box).to_contain_text(words)
    assert hindrances(second) == []
    expect(second.locator("#id_title_en")).to_have_value("Notice on Turning, My Way")
    expect(second.locator("#id_note")).to_have_value("Three hours of work")
    expect(second.locator("#id_document_number")).to_have_value("工信部〔2024〕1号")
    expect(second.locator("#id_targets-0-metric")).to_have_value("output")

    first.reload()
    expect(first.locator("#id_title_en")).to_have_value("Notice on Turning, Corrected")
    save(second)
    expect(second.locator(".messagelist .success")).to_contain_text("was changed successfully")
    first.goto(form)
    expect(first.locator("#id_title_en")).to_have_value("Notice on Turning, My Way")
    expect(first.locator("#id_document_number")).to_have_value("工信部〔2024〕1号")
    expect(first.locator("#id_targets-0-metric")).to_have_value("output")
    expect(first.locator("#id_sectors")).to_contain_text("Semiconductors")


def test_the_second_may_drop_theirs_instead(two, site):
    first, second = two
    form = new_policy(first, site, "Notice on Taking Turns")
    second.goto(form)
    first.fill("#id_note", "From the first")
    save(first)
    expect(first.locator(".messagelist .success")).to_be_visible()
    second.fill("#id_note", "From the second")
    save(second)
    second.get_by_role("link", name="take their version and drop mine").click()
    expect(second.locator("#meanwhile")).to_have_count(0)
    expect(second.locator("#id_note")).to_have_value("From the first")


def test_what_was_typed_is_given_back_when_the_record_is_gone(two, site):
    first, second = two
    form = new_policy(first, site, "Notice on Going Away")
    first.goto(form)
    first.fill("#id_note", "Hours of work")
    second.goto(form.replace("/change/", "/delete/"))
    second.get_by_role("button", name="Yes, I’m sure").click()
    expect(second.locator(".messagelist .success")).to_contain_text("deleted")
    save(first)
    expect(first.get_by_role("heading", name="This policy was deleted")).to_be_visible()
    expect(first.locator("#content")).to_contain_text("Publisher deleted it")
    expect(first.locator("#content")).to_contain_text("Hours of work")
