"""Pages with as much on them as they can hold, on paper and on a phone."""

import re

import pytest

from ..databases import migrated_database
from .barriers import TOO_WIDE, WCAG_AND_BEST_PRACTICE, barriers
from .crowd import CROWD
from .site import running_site, tell

# What A4 lying has between margins of 10 mm, in pixels of paper.
SHEET = 1047


@pytest.fixture(scope="module")
def crowded(browser, django_db_setup, tmp_path_factory):
    """The address of a site with crowds of records."""
    folder = tmp_path_factory.mktemp("crowded")
    database = migrated_database(folder)
    with running_site(folder, database) as address:
        tell(folder, database, CROWD)
        yield address


def test_a_printed_matrix_of_sixty_bodies_loses_no_column(page, crowded):
    page.goto(f"{crowded}/bodies/matrix/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": SHEET, "height": 700})
    heads = page.locator(".matrix thead th")
    assert heads.count() == 60
    edge = "heads => Math.max(...heads.map(head => head.getBoundingClientRect().right))"
    assert heads.evaluate_all(edge) <= SHEET


def test_who_does_what_prints_on_one_sheet_and_says_how_much_is_not_on_it(page, crowded):
    page.goto(f"{crowded}/targets/who/")
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert len(sheets) == 1
    page.emulate_media(media="print")
    listed = page.locator(".who a[href^='/targets/']:not(.n)").filter(visible=True).count()
    total = int(page.locator(".intro").inner_text().split()[0])
    assert 0 < listed < total
    said = page.locator(".on-paper").inner_text()
    assert said.startswith(f"{total - listed} more targets are not shown. ")
    assert f"{crowded}/targets/" in said
    assert not page.get_by_text("choose a body above").is_visible()


def test_a_goal_in_several_documents_shuts_nobody_out_and_is_whole_on_a_phone(page, crowded):
    page.goto(f"{crowded}/targets/lathes-2021/")
    assert barriers(page, WCAG_AND_BEST_PRACTICE, inside=".lineage") == []
    page.set_viewport_size({"width": 375, "height": 900})
    table = page.locator(".lineage")
    assert [name for name in ("Due", "How it changed") if name not in table.inner_text()] == []
    cut = "cells => cells.filter(cell => cell.getBoundingClientRect().right > innerWidth).length"
    assert table.locator("td").evaluate_all(cut) == 0


@pytest.mark.parametrize("path", ["/policies/", "/embed/policies/", "/search/"])
def test_a_long_address_in_a_summary_makes_no_list_wider_than_its_window(page, crowded, path):
    page.goto(f"{crowded}{path}?q=joint")
    assert page.locator(".gist", has_text="lathes" * 9).count()
    assert not page.evaluate(TOO_WIDE)
