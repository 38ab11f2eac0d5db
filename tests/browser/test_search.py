"""Searching as a researcher does, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from .barriers import violations


def search(page, site, query: str, path: str = "/policies/"):
    page.goto(site + path)
    page.locator("main input[name=q]").fill(query)
    page.locator("main form[role=search] button").click()
    page.wait_for_url("**q=**")


@pytest.mark.parametrize(
    ("query", "first", "marked"),
    [
        ("算力", "Beijing", "computing"),
        ("小巨人", "Little Giant", "小巨人"),
        ("工信部", "", "工信部"),
        ('"self-sufficiency"', "", "self-sufficiency"),
        ("semi-conductor", "", "integrated circuits"),
        ("工信部联规〔2024〕53号", "Equipment", "工信部联规〔2024〕53号"),
        ("suanli", "", "computing"),
    ],
)
def test_a_query_finds_its_policy_and_shows_why(page, site, query, first, marked):
    search(page, site, query)
    results = page.locator("#results")
    expect(results.locator(".rows > li").first).to_contain_text(first, ignore_case=True)
    marks = [text.casefold() for text in results.locator("mark").all_inner_texts()]
    assert any(marked.casefold() in text for text in marks), marks


def test_nothing_found_says_what_to_leave_out(page, site):
    search(page, site, "miit computing")
    nothing = page.locator(".empty")
    expect(nothing).to_contain_text("miit")
    nothing.get_by_role("link", name=re.compile("computing")).first.click()
    expect(page.locator("#results .rows > li").first).to_be_visible()


def test_a_slip_of_the_finger_is_put_right(page, site):
    search(page, site, "digtal talent")
    page.get_by_role("link", name="digital talent", exact=True).click()
    expect(page.locator("#results .rows > li").first).to_contain_text("Digital Talents")


def test_other_names_can_be_left_out(page, site):
    search(page, site, "suanli")
    page.get_by_role("link", name="Search only what was typed").click()
    expect(page.locator(".empty")).to_be_visible()


def test_everything_is_searched_at_once(page, site):
    page.goto(site + "/search/?q=MIIT")
    for title in ("Policies", "Targets", "Issuing bodies"):
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()


def type_into(page, site, path: str, typed: str):
    """Type into the search box and wait for what is suggested."""
    page.goto(site + path)
    box = page.locator("main input#q")
    with page.expect_response("**/suggest/**"):
        box.type(typed)
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    return box


@pytest.mark.parametrize("path", ["/", "/policies/", "/search/", "/bodies/", "/phrases/"])
def test_names_are_suggested_while_typing(page, site, path):
    type_into(page, site, path, "gongxin")
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    expect(option).to_contain_text("Ministry of Industry and Information Technology")
    expect(option).to_contain_text("工业和信息化部")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_suggested_can_be_read_by_everybody(page, site, theme):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": 375, "height": 700})
    box = type_into(page, site, "/", "suan")
    box.press("ArrowDown")
    assert violations(page) == []


def test_a_suggestion_is_chosen_by_the_keyboard(page, site):
    box = type_into(page, site, "/", "suanli")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("ArrowUp")
    chosen = page.get_by_role("option", selected=True)
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    name = chosen.get_attribute("data-text")
    box.press("Enter")
    page.wait_for_url("**/search/?q=**")
    expect(page.locator("main input#q")).to_have_value(name)


def test_a_suggestion_is_chosen_by_the_mouse(page, site):
    type_into(page, site, "/policies/?sector=digital-economy", "算力")
    page.get_by_role("option").filter(has_text="Computing power").click()
    page.wait_for_url("**q=**")
    assert "sector=digital-economy" in page.url
    expect(page.locator("#q")).to_have_value("算力")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_suggestions_go_away_and_what_was_typed_stays(page, site):
    box = type_into(page, site, "/", "suan")
    listbox = page.get_by_role("listbox", name="Suggestions")
    box.press("Escape")
    expect(listbox).to_be_hidden()
    expect(box).to_have_value("suan")
    box.press("ArrowDown")
    expect(listbox).to_be_visible()
    box.press("Tab")
    expect(listbox).to_be_hidden()
    box.press("Enter")
    page.wait_for_url("**/search/?q=suan")


@pytest.mark.parametrize("delay", [15, 60, 80])
def test_typing_on_searches_what_was_typed_and_not_what_was_chosen(page, site, delay):
    box = type_into(page, site, "/policies/", "digital")
    box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    box.press_sequentially(" talent", delay=delay)
    box.press("Enter")
    page.wait_for_url("**q=**")
    expect(page.locator("#q")).to_have_value("digital talent")


@pytest.mark.parametrize("keys", [["x"], ["Backspace"], ["Control+a", "Delete"]])
def test_any_input_drops_the_choice_at_once(page, site, keys):
    box = type_into(page, site, "/", "suan")
    box.press("ArrowDown")
    for key in keys:
        box.press(key)
    expect(page.get_by_role("option", selected=True)).to_have_count(0, timeout=100)
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."), timeout=100)


def test_a_new_list_has_nothing_chosen_and_the_box_says_so(page, site):
    box = type_into(page, site, "/", "suan")
    with page.expect_response("**/suggest/**"):
        box.press_sequentially("l")
        box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))


def test_the_head_of_a_page_follows_the_search(page, site):
    def head() -> list[str]:
        return page.evaluate(
            "[...document.head.querySelectorAll('link[rel=canonical], link[type*=atom]')]"
            ".map(line => line.getAttribute('href'))"
        )

    page.goto(site + "/targets/?due_before=2027")
    before = head()
    assert before
    page.locator("#facet-body a", has_text="Ministry of Finance").first.click()
    page.wait_for_url("**body=mof**")
    after = head()
    assert len(after) == len(before)
    assert all("body=mof" in address for address in after if "changes" not in address)
    described = page.locator("script[type='application/ld+json']").all_text_contents()
    assert any("body=mof" in text for text in described)
    page.go_back()
    expect(page.locator(".chips, .chosen").first).not_to_contain_text("Ministry of Finance")
    assert head() == before


def test_search_works_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/policies/")
    page.locator("main input[name=q]").fill("算力")
    page.locator("main form[role=search] button").click()
    expect(page.locator("#results mark").first).to_be_visible()
    context.close()
