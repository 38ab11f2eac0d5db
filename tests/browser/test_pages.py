"""Every kind of public page in a real browser: usable by everyone, at each width and theme."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

ADDRESSES = [
    "/",
    "/policies/",
    "/policies/?body=miit&section=top",
    "/policies/?body=nobody",
    "/policies/?body=miit&body=mof&not_body=ndrc&level=municipal",
    "/targets/",
    "/events/",
    "/bodies/",
    "/companies/",
    "/sectors/",
    "/issues/",
    "/issues/2024-05-08/",
    "/glossary/",
    "/about/",
    "/nowhere/",
]
# List pages from whose first result a record of each kind is opened.
RECORDS = ["/policies/", "/targets/", "/events/", "/bodies/", "/companies/", "/sectors/", "/glossary/"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_no_page_shuts_anyone_out(browser, site, width, theme):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce"
    )
    page = context.new_page()
    found = {}
    for address in [*ADDRESSES, *first_records(page, site)]:
        page.goto(site + address)
        violations = Axe().run(page, options={"runOnly": RULES["runOnly"]}).response["violations"]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if violations or wide:
            found[address] = [
                (rule["id"], [node["html"][:160] for node in rule["nodes"]][:3])
                for rule in violations
            ] + (["wider than the window"] if wide else [])
    context.close()
    assert found == {}


def first_records(page, site) -> list[str]:
    addresses = []
    for listed in RECORDS:
        page.goto(site + listed)
        hrefs = page.eval_on_selector_all(
            "main a", "links => links.map(link => link.getAttribute('href'))"
        )
        addresses.append(next(h for h in hrefs if re.fullmatch(listed + r"[\w-]+/", h or "")))
    return addresses
