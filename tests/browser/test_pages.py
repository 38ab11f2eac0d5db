"""Every kind of public page in a real browser: usable by everyone, at each width and theme."""

import re

import pytest
from playwright.sync_api import expect

from .barriers import TOO_WIDE, WCAG_AND_BEST_PRACTICE, barriers
from .walk import follow

TWO = (
    "2024-04-10-notice-on-launching-a-pilot-program-to-expand-the-opening-up-of-value-added-telec,"
    "2024-04-09-implementation-plan-for-promoting-equipment-updates-in-the-industrial-field"
)
ADDRESSES = [
    "/",
    "/policies/",
    "/policies/?body=miit&section=top",
    "/policies/?body=nobody",
    "/policies/?body=miit&body=mof&not_body=ndrc&level=municipal",
    "/policies/?q=computing+OR+talent",
    "/policies/?q=kompute&body=miit",
    "/search/",
    "/search/?q=computing",
    "/policies/facets/sector/?section=top",
    "/targets/",
    "/targets/who/",
    "/events/",
    "/bodies/",
    "/bodies/matrix/",
    "/policies/?in_force_on=2024-07-01",
    "/policies/?split=body&by=month",
    "/policies/timeline/",
    "/policies/promised/",
    "/events/timeline/?split=kind",
    "/companies/",
    "/companies/?kind=investment&sort=-cny",
    "/companies/bmw/?kind=investment",
    "/compare/",
    f"/compare/?policy={TWO}&reading={TWO}",
    "/compare/?policy=one",
    f"/policies/?in={TWO}",
    "/sectors/",
    "/issues/",
    "/issues/2024-05-08/",
    "/glossary/",
    "/about/",
    "/about/coverage/",
    "/about/coverage/?section=top",
    "/phrases/",
    "/phrases/?q=computing",
    "/report/",
    "/report/?record=body&slug=miit",
    "/report/received/",
    "/calendar/",
    "/calendar/?when=2024",
    "/calendar/?when=2024-05",
    "/calendar/?when=2030-01&body=miit",
    "/changes/",
    "/data/",
    "/bodies/miit/history/",
    "/bodies/miit/?as_of=2020-01-01",
    "/alerts/new/policies/?q=computing&section=top",
    "/alerts/asked/",
    "/api/v1/docs/",
    "/embed/policies/?body=miit",
    "/embed/policies/timeline/?split=body",
    "/embed/targets/horizon/",
    "/embed/policies/?body=nobody",
    "/nowhere/",
    # In Chinese from here on, until the last one asks for English again.
    "/?lang=zh-hans",
    "/policies/?q=plan",
    "/bodies/matrix/",
    f"/policies/{TWO.partition(',')[0]}/",
    "/about/?lang=en",
]
# List pages from whose first result a record of each kind is opened.
RECORDS = [
    "/policies/",
    "/targets/",
    "/events/",
    "/bodies/",
    "/companies/",
    "/sectors/",
    "/glossary/",
]
WIDTHS = (320, 768, 1600)
UNFOLDED = "document.querySelectorAll('details').forEach(fold => fold.open = true)"
FOUND = "document.querySelector('#search .count strong').textContent"


def first_records(page, site) -> list[str]:
    addresses = []
    for listed in RECORDS:
        page.goto(site + listed)
        hrefs = page.eval_on_selector_all(
            "main a", "links => links.map(link => link.getAttribute('href'))"
        )
        addresses.append(
            next(
                h for h in hrefs if re.fullmatch(listed + r"(?!timeline/|matrix/)[\w-]+/", h or "")
            )
        )
    return addresses


def opened(browser, width: int, **options):
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    return context, context.new_page()


def too_wide(page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    return [f"wider than {width} pixels"] if page.evaluate(TOO_WIDE) else []


@pytest.mark.parametrize("half", [0, 1])
def test_no_page_shuts_anyone_out_or_is_wider_than_its_window(browser, site, half):
    context, page = opened(browser, 1280)
    addresses = [*first_records(page, site), *ADDRESSES]
    middle = len(addresses) // 2
    found = {}
    for address in addresses[middle:] if half else addresses[:middle]:
        page.goto(site + address)
        wrong = [fault for width in WIDTHS for fault in too_wide(page, width)]
        page.evaluate(UNFOLDED)
        wrong += barriers(page, WCAG_AND_BEST_PRACTICE)
        if wrong:
            found[address] = wrong
    context.close()
    assert found == {}


def test_heads_of_the_matrix_stand_upright_in_chinese(browser, site):
    context, page = opened(browser, 1280)
    turned = "getComputedStyle(document.querySelector('.matrix thead a')).transform !== 'none'"
    page.goto(f"{site}/bodies/matrix/?lang=zh-hans")
    assert not page.evaluate(turned)
    page.goto(f"{site}/bodies/matrix/?lang=en")
    assert page.evaluate(turned)
    context.close()


PLACES = """names => names.map(name => {
    const box = name.getBoundingClientRect();
    return [box.x, box.y + scrollY];
})"""


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_menus_above_a_list_stay_where_they_are_when_one_opens(browser, site, width, scripts):
    context, page = opened(browser, width, java_script_enabled=scripts)
    page.goto(f"{site}/policies/")
    menus = page.locator(".takes summary")
    closed = menus.evaluate_all(PLACES)
    assert len(closed) > 2
    for place in range(len(closed)):
        menus.nth(place).click()
        panel = page.locator(".takes > details").nth(place).locator("> :not(summary)").first
        shown = panel.bounding_box()
        assert menus.evaluate_all(PLACES) == closed
        assert shown is not None
        assert shown["y"] > max(m.bounding_box()["y"] for m in menus.all())
        menus.nth(place).click()
        assert panel.is_hidden()
    context.close()


def test_a_long_target_of_the_calendar_begins_beside_its_bullet(page, site):
    page.set_viewport_size({"width": 375, "height": 900})
    page.goto(f"{site}/calendar/")
    # A bullet stands at the first line of a block, and at the last of what is in line.
    display = "link => getComputedStyle(link).display"
    assert page.locator(".goals li a").first.evaluate(display) == "block"


@pytest.mark.parametrize("width", [375, 1280])
def test_the_number_of_a_column_touches_nothing_above_the_chart(page, site, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/policies/")
    page.evaluate("document.querySelector('.spread').open = true")
    head = page.locator(".spread .chart-head").bounding_box()
    number = page.locator(".spread .columns text:not(.year)").first.bounding_box()
    assert head is not None
    assert number is not None
    assert number["y"] >= head["y"] + head["height"]


PHONE_TABLES = {
    "/targets/who/": ("Document", "Supported by", "By when"),
    "/companies/?sort=-cny": ("Based in", "Events", "CNY"),
    "/companies/bmw/": ("CNY", "EUR"),
}


@pytest.mark.parametrize("width", [320, 375, 760])
@pytest.mark.parametrize("address", PHONE_TABLES)
def test_on_a_phone_each_row_of_a_table_is_whole_and_names_its_cells(page, site, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + address)
    tables = page.locator("table.stacks")
    text = tables.last.inner_text()
    assert [name for name in PHONE_TABLES[address] if name not in text] == []
    assert tables.locator("thead").filter(visible=True).count() == 0
    cut = "cells => cells.filter(cell => cell.getBoundingClientRect().right > innerWidth).length"
    assert tables.locator("th, td").evaluate_all(cut) == 0


def test_on_a_phone_a_document_is_named_above_its_targets_and_on_a_desk_beside_them(page, site):
    page.goto(site + "/targets/who/")
    head, beside = page.locator(".who .of").first, page.locator(".who td[rowspan]").first
    assert beside.is_visible()
    assert head.is_hidden()
    page.set_viewport_size({"width": 375, "height": 900})
    assert beside.is_hidden()
    assert head.is_visible()


def test_filters_fold_on_a_phone_and_stand_open_on_a_desk(browser, site):
    for width, folded in ((375, True), (1280, False)):
        for scripts in (True, False):
            context, page = opened(browser, width, java_script_enabled=scripts)
            page.goto(f"{site}/policies/")
            assert page.get_by_text("Filters", exact=True).is_visible() is folded
            assert page.locator("#facet-body").is_visible() is not folded
            assert page.locator("header nav a").first.is_visible() is not folded
            if folded:
                page.get_by_text("Filters", exact=True).click()
                assert page.locator("#facet-body").is_visible()
            context.close()


def test_choosing_a_facet_changes_the_results_and_not_the_page(page, site):
    page.goto(f"{site}/policies/")
    page.evaluate("window.same = true")
    total = page.evaluate(FOUND)
    page.locator("#f-body-mof").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/policies/?body=mof")
    page.wait_for_selector(".chips")
    assert page.evaluate("window.same")
    assert page.evaluate(FOUND) != total
    assert page.evaluate("document.activeElement.id") == "f-body-mof"
    heard = page.locator("#heard").text_content()
    assert heard.startswith(page.evaluate(FOUND))


def test_the_back_button_gives_the_former_results_back(page, site):
    page.goto(f"{site}/policies/")
    total = page.evaluate(FOUND)
    page.click("#f-body-mof")
    page.wait_for_selector(".chips")
    page.click(".orders a >> text=Title")
    page.wait_for_url("**/policies/?body=mof&sort=title")
    page.go_back()
    page.wait_for_url("**/policies/?body=mof")
    page.go_back()
    page.wait_for_url("**/policies/")
    page.wait_for_selector(".chips", state="detached")
    assert page.evaluate(FOUND) == total
    page.go_forward()
    page.wait_for_selector(".chips")


def test_back_from_a_record_leads_to_the_same_results(page, site):
    page.goto(f"{site}/policies/")
    page.click("#f-body-mof")
    page.wait_for_selector(".chips")
    found = page.evaluate(FOUND)
    page.click(".rows h2 a >> nth=0")
    page.wait_for_selector("article.record")
    page.go_back()
    page.wait_for_selector(".chips")
    assert page.url.endswith("/policies/?body=mof")
    assert page.evaluate(FOUND) == found


def test_dropping_a_chip_leaves_the_focus_at_the_results(page, site):
    page.goto(f"{site}/policies/?body=mof")
    page.locator(".chips a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/policies/")
    page.wait_for_selector(".chips", state="detached")
    assert page.evaluate("document.activeElement.id") == "results"


def test_choosing_a_facet_keeps_the_place_and_what_is_open(page, site):
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"{site}/policies/")
    page.click("#facet-level > summary")
    page.locator("#f-level-national").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    page.click("#f-level-national")
    page.wait_for_selector(".chips")
    assert page.evaluate("scrollY") == before > 0
    assert page.locator("#facet-level").get_attribute("open") is not None


def test_turning_the_page_starts_at_its_top(page, site):
    page.goto(f"{site}/glossary/?sort=name")
    page.locator(".pages [rel=next]").click()
    page.wait_for_url("**page=2")
    page.wait_for_selector("#results:focus")
    assert page.locator("#search .bar").bounding_box()["y"] >= 0


def test_a_long_facet_can_be_searched(page, site):
    page.goto(f"{site}/policies/")
    page.click("#facet-sector a.every")
    page.wait_for_url("**/policies/facets/sector/*")
    page.fill(".values .finder", "solar")
    shown = page.locator(".values li:visible .label").all_text_contents()
    assert [text for text in shown if "olar" not in text] == []
    assert shown


def test_a_date_form_sends_only_what_is_filled_in(page, site):
    page.goto(f"{site}/policies/?body=mof")
    page.click("#facet-dates > summary")
    page.fill("#b-announced_after", "2024-04")
    page.keyboard.press("Enter")
    page.wait_for_url("**announced_after=2024-04")
    assert page.url.endswith("/policies/?body=mof&announced_after=2024-04")


def test_everything_works_without_scripts(browser, site):
    context, page = opened(browser, 1280, java_script_enabled=False)
    page.goto(f"{site}/policies/")
    follow(page, page.locator("#f-body-mof"))
    assert page.url.endswith("/policies/?body=mof")
    assert page.locator(".chips li").count() == 2
    follow(page, page.locator(".orders a >> text=Title"))
    assert "sort=title" in page.url
    page.click("#facet-dates > summary")
    page.fill("#b-announced_after", "2099")
    page.click("#facet-dates button")
    page.wait_for_selector(".empty")
    context.close()


# As layout-shift counts: a line that is filled as it arrives moves by some thousandths; no block
# may jump.
STANDS_STILL = 0.01
SLOW_LINE = {
    "offline": False,
    "latency": 0,
    "downloadThroughput": 20_000,
    "uploadThroughput": 20_000,
}


def test_nothing_moves_while_a_page_arrives_in_pieces(browser, site):
    context, page = opened(browser, 1280)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "entry => window.moved += entry.value)).observe({type: 'layout-shift', buffered: true})"
    )
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    moved = {}
    for address in ("/", "/policies/", "/issues/2024-05-08/"):
        page.goto(site + address, wait_until="networkidle")
        moved[address] = page.evaluate("window.moved")
    context.close()
    assert {address: far for address, far in moved.items() if far > STANDS_STILL} == {}


def test_the_page_can_be_reached_and_left_by_keyboard(page, site):
    page.goto(f"{site}/policies/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert style == "solid"


def test_the_second_link_of_a_list_skips_its_filters(page, site):
    for address in ("/policies/?q=computing", "/targets/", "/calendar/"):
        page.goto(site + address)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        link = page.locator("a.skip").nth(1)
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "results"
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('#results')")
    page.goto(f"{site}/about/")
    assert page.locator("a.skip").count() == 1


def test_a_printed_list_has_no_furniture(page, site):
    page.goto(f"{site}/policies/")
    page.emulate_media(media="print")
    assert not page.locator("header.site").is_visible()
    assert not page.locator(".facets").is_visible()
    assert page.locator(".row h2").first.is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_printed_list_has_its_chart(browser, site, script):
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{site}/policies/?split=sector")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 1000})
    expect(page.locator(".spread svg.columns")).to_be_visible()
    expect(page.locator(".spread summary").first).to_be_hidden()
    context.close()
