"""The walk of docs/tour.md: a first visit finds its answers and takes them away by clicking."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rispy
from icalendar import Calendar
from openpyxl import load_workbook
from playwright.sync_api import expect

from . import walk

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visitor(request, browser, site):
    """Someone who opened the home page, in a browser with scripts and in one without."""
    context = browser.new_context(java_script_enabled=request.param)
    page = context.new_page()
    page.goto(site)
    yield page
    context.close()


def number(text: str) -> int:
    return int(re.search(r"\d+", text)[0])


def test_each_question_has_its_answer(visitor):
    page = visitor
    walk.targets_due(page)
    rows = page.locator("#results article.target")
    expect(rows.first).to_be_visible()
    assert rows.count() == number(page.locator("#results .count").inner_text()) > 5
    for row in rows.all():
        assert int(re.search(r"\d{4}", row.locator(".when").inner_text())[0]) <= int(walk.YEAR)
    # Other tests leave targets on the site whose policies have no official text.
    told = rows.filter(has=page.get_by_role("link", name="official text"))
    expect(told.first.get_by_role("link", name="official text")).to_have_attribute(
        "href", re.compile("^https://")
    )
    walk.follow(page, told.last.get_by_role("heading").get_by_role("link"))
    expect(page.get_by_role("link", name="Read the official text")).to_be_visible()

    walk.partners(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("MIIT")
    together = page.locator("section").filter(
        has=page.get_by_role("heading", name="Issues together with")
    )
    numbers = [number(text) for text in together.locator(".n").all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > 1
    # Other tests leave documents on the site that others issued with MIIT.
    most = together.get_by_role("link").filter(has_text="Ministry of Finance")
    assert number(most.locator(".n").inner_text()) == numbers[0]
    walk.follow(page, most)
    assert number(page.locator("#results .count").inner_text()) == numbers[0]

    walk.in_force(page)
    found = page.locator("#results article.row")
    expect(found.first).to_be_visible()
    assert found.count() == number(page.locator("#results .count").inner_text()) > 0
    expect(page.locator("#results .also")).to_contain_text(re.compile(r"Left out: \d+"))
    walk.follow(page, found.first.get_by_role("heading").get_by_role("link"))
    since = page.locator("dl.facts > div").filter(has_text="In effect from")
    expect(since).to_contain_text("2024")

    walk.first_appearance(page)
    told = page.locator(".tally").inner_text()
    walk.follow(page, page.locator(".tally").get_by_role("link").last)
    rows = page.locator("#results article.row")
    expect(rows.first).to_be_visible()
    assert "First appeared in the comment" in told
    assert f"Only in comments so far: {rows.count()} polic" in told
    assert rows.last.locator(".when").inner_text() in told
    expect(rows.last).to_contain_text(walk.PHRASE)


def test_what_falls_due_ends_up_in_excel_and_zotero_and_is_followed(visitor, tmp_path):
    page = visitor
    walk.targets_due(page)
    addresses = page.locator("#results article.target h3 a")
    shown = [link.get_attribute("href").split("/")[2] for link in addresses.all()]
    sheet = load_workbook(walk.taken(page, "Excel", tmp_path))["Targets"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert [row[head.index("slug")] for row in rows] == shown
    assert all(str(row[head.index("due")])[:4] <= walk.YEAR for row in rows)
    cited = rispy.loads(walk.taken(page, "RIS", tmp_path).read_text(encoding="utf-8"))
    assert [one["id"] for one in cited] == shown
    assert any("Official text: https://" in str(one.get("notes")) for one in cited)
    assert all("(due 202" in one["abstract"] for one in cited)

    links = walk.menu(page, "Follow")
    feed = links.get_by_role("link", name="Feed").get_attribute("href")
    entries = page.request.get(feed if "://" in feed else page.url.split("/targets")[0] + feed)
    assert entries.text().count("<entry>") == len(shown)
    with page.expect_download() as started:
        links.get_by_role("link", name="Calendar file").click()
    calendar = Calendar.from_ical(Path(started.value.path()).read_bytes())
    assert len(calendar.walk("VEVENT")) == len(shown)
    links.get_by_role("link", name="E-mail").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow by e-mail")
    expect(page.locator(".chips")).to_contain_text(walk.YEAR)
    page.get_by_label("address").fill("reader@example.org")
    page.get_by_label("Weekly").check()
    page.get_by_role("button", name="Send me alerts").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")


def test_a_search_for_a_name_leads_to_it_and_to_its_first_appearance(visitor):
    page = visitor
    for words, name in ((walk.PHRASE, "New quality productive forces"), ("工信部", "")):
        walk.follow(page, page.get_by_role("link", name="Policy tracker", exact=True))
        page.get_by_label("Search everything").fill(words)
        walk.follow(page, page.get_by_role("search").get_by_role("button"))
        named = page.locator(".first-named").get_by_role("link")
        expect(named.last).to_have_text("When these words first appeared, and how they spread")
        assert not name or named.first.inner_text() == name
    named.last.click()
    expect(page.locator(".tally")).to_contain_text("First appeared")


def test_the_pictures_of_the_tour_are_there_and_small():
    text = (ROOT / "docs/tour.md").read_text(encoding="utf-8")
    pictures = [ROOT / "docs" / name for name in re.findall(r"\]\((tour-[\w-]+\.png)\)", text)]
    assert sorted(pictures) == sorted((ROOT / "docs").glob("tour-*.png"))
    assert len(pictures) >= 6
    assert max(path.stat().st_size for path in pictures) < 150_000
