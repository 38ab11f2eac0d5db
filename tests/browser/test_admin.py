"""The editors' desk in a real browser: from an empty form to the public page."""

import re

from playwright.sync_api import Page, expect

from .barriers import barriers
from .site import PASSWORD

BODIES = {
    "MIIT": "Ministry of Industry and Information Technology",
    "MOF": "Ministry of Finance",
    "NDRC": "National Development and Reform Commission",
}


def log_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/admin/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()


def choose(page: Page, row: str, words: str, choice: str) -> None:
    """Find a record by typing in the autocomplete field of `row`, and take it."""
    page.click(f"{row} .select2-selection")
    # The field takes its time to open; what is typed before that is lost.
    page.locator(".select2-container--open .select2-search__field").press_sequentially(words)
    page.get_by_role("option", name=choice).first.click()
    expect(page.locator(f"{row} .select2-selection__rendered")).to_contain_text(choice)


def write_policy(page: Page, site: str, title: str) -> None:
    page.goto(f"{site}/admin/policies/policy/add/")
    page.fill("#id_title_en", title)
    page.fill("#id_title_zh", "关于车床的通知")
    page.fill("#id_announced_on", "2024-04")
    for number, (words, name) in enumerate(BODIES.items()):
        page.click("#issuers-group .add-row a")
        choose(page, f"#issuers-{number} .field-body", words, name)
    page.check("#id_issuers-0-is_lead")
    for number, text in enumerate(("Raise output by 25 percent", "Train 5,000 turners")):
        page.click("#targets-group .add-row a")
        page.fill(f"#id_targets-{number}-text", text)
        page.fill(f"#id_targets-{number}-due_on", "2027")
    page.click("#targets-0 .datetimeshortcuts a >> nth=1")
    expect(page.locator(".calendarbox:visible")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("was added successfully")


def test_a_policy_goes_from_an_editors_form_to_the_public_page(browser, page, site):
    title = "Notice on Lathes for Everyone"
    log_in(page, site, "editor")
    write_policy(page, site, title)
    page.get_by_role("link", name=title).first.click()
    expect(page.locator(".standing .state")).to_have_text("In review")
    expect(page.locator("#id_announced_on")).to_have_value("2024-04")
    expect(page.get_by_role("link", name="Publish …")).to_have_count(0)
    form = page.url

    other = browser.new_context()
    publisher = other.new_page()
    log_in(publisher, site, "publisher")
    publisher.goto(form)
    publisher.get_by_role("link", name="Publish …").click()
    expect(publisher.locator("ul.chosen")).to_contain_text("official link")
    publisher.fill("#id_reason", "Checked against the source")
    publisher.get_by_role("button", name="Publish").click()
    expect(publisher.locator(".messagelist .success")).to_contain_text("is published")
    publisher.goto(form)
    publisher.get_by_role("link", name="History").click()
    expect(publisher.locator("ol.history")).to_contain_text("Checked against the source")
    publisher.goto(form)
    public = publisher.get_by_role("link", name="View on site").get_attribute("href")
    other.close()

    reader = browser.new_context().new_page()
    reader.goto(site + public)
    expect(reader.get_by_role("heading", name=title)).to_be_visible()
    main = reader.locator("main")
    for words in (*BODIES.values(), "Raise output by 25 percent", "Train 5,000 turners", "2027"):
        expect(main).to_contain_text(words)
    expect(main).to_contain_text("April 2024")
    expect(main).not_to_contain_text("31 December 2027")
    reader.context.close()


def test_a_filter_and_the_confirmation_are_used_by_keyboard_alone(page, site):
    log_in(page, site, "publisher")
    page.goto(f"{site}/admin/policies/policy/")
    page.locator(".chosen-filter .select2-selection").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".select2-search__field")).to_be_focused()
    page.keyboard.type("MIIT")
    expect(page.get_by_role("option", name=BODIES["MIIT"])).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Apply the filter by bodies").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("bodies__id__exact="))
    page.locator("#action-toggle").focus()
    page.keyboard.press("Space")
    page.select_option("select[name=action]", "withdraw_chosen")
    page.get_by_role("button", name="Go").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Withdraw?")).to_be_visible()
    page.locator("#id_note").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#id_reason")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Withdraw")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/admin/policies/policy/")


PAGES = {
    "desk": "/admin/",
    "list": "/admin/policies/policy/",
    "new record": "/admin/policies/policy/add/",
    "record": "/admin/policies/policy/1/change/",
    "event": "/admin/policies/corporateevent/1/change/",
    "body": "/admin/policies/issuingbody/1/change/",
    "issue": "/admin/policies/newsletterissue/1/change/",
    "target": "/admin/policies/target/1/change/",
    "link checks": "/admin/policies/linkcheck/",
    "publishing an issue": "/admin/policies/newsletterissue/1/publish/",
    "history": "/admin/policies/policy/1/history/",
    "confirmation": "/admin/policies/policy/step/withdraw/?ids=1,2,3",
}


def test_no_page_of_the_desk_shuts_an_editor_out(browser, site):
    context = browser.new_context()
    page = context.new_page()
    log_in(page, site, "publisher")
    found = {}
    for name, address in PAGES.items():
        page.goto(site + address)
        if name == "new record":
            for rows in ("issuers", "targets", "sources"):
                page.click(f"#{rows}-group .add-row a")
        if wrong := barriers(page):
            found[name] = wrong
    context.close()
    assert found == {}
