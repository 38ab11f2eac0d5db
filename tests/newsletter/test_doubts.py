"""What an editor is asked to look at in an item."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from policies.newsletter import Doubt, Item, Point, PreciseDate, Source, doubts, parse_issue
from policies.newsletter.document import MEASURE, POLICY_NEWS, TARGET, TOP

ISSUES = Path(__file__).parents[2] / "fixtures" / "issues"
WHOLE = Item(
    TOP,
    2,
    (7, 19),
    headline="Glass: New rules",
    summary="The MIIT published rules.",
    title_zh="玻璃管理办法",
    url="https://example.org/glass",
    date=PreciseDate(date(2025, 3, 1), "day"),
    issuing_bodies=("MIIT",),
)


def kinds(item: Item) -> list[str]:
    return [doubt.kind for doubt in doubts(item)]


def counts(summary: str = "", *, title: str = "", headline: str = "", bodies: int) -> list[str]:
    item = replace(
        WHOLE,
        summary=summary,
        title_zh=title or WHOLE.title_zh,
        headline=headline,
        issuing_bodies=tuple(f"Body {number}" for number in range(bodies)),
    )
    return [doubt.text for doubt in doubts(item) if doubt.kind == "count"]


def test_a_whole_item_leaves_no_doubt():
    assert doubts(WHOLE) == ()


def test_what_is_missing_stands_beside_its_field():
    item = replace(WHOLE, title_zh="", title_en="Rules on Glass", url="", date=None)

    assert doubts(item) == (
        Doubt(7, TOP, 2, "title_zh", "title_zh", "the document has no Chinese title"),
        Doubt(7, TOP, 2, "date", "date", "the item has no date"),
        Doubt(7, TOP, 2, "url", "link", "the document has no address"),
    )


def test_a_short_note_owes_no_title():
    assert kinds(replace(WHOLE, section=POLICY_NEWS, title_zh="")) == []


def test_each_link_without_an_address_is_named():
    item = replace(
        WHOLE,
        summary="See the [glass list](#) and [that one](https://example.org/a).",
        points=(Point("Follow [the guide](#)", lines=(12, 12)),),
        sources=(Source("MIIT notice"), Source("Reuters", "https://example.org/b")),
    )

    assert [(one.line, one.field, one.text) for one in doubts(item)] == [
        (7, "sources", "the source “MIIT notice” has no address"),
        (7, "summary", "the link “glass list” has no address"),
        (12, "points", "the link “the guide” has no address"),
    ]


@pytest.mark.parametrize(
    "text",
    ["Keep 1/3 of the stock", "Mix 2.5.1 parts"],
)
def test_a_figure_that_gave_no_quantity_is_doubted(text):
    (target,) = doubts(replace(WHOLE, points=(Point(text, kind=TARGET, lines=(9, 9)),)))
    assert (target.line, target.field, target.kind) == (9, "points", "quantity")
    assert target.text == "a target has a figure that is not understood"


@pytest.mark.parametrize(
    "text",
    [
        "Report by May 19, 2025",
        "Follow 工信部联规〔2024〕53号",
        "Build on 5G, C919 and Phase 2",
        "Run from 2024 to 2026",
        "Train specialists",
    ],
)
def test_dates_numbers_of_documents_and_names_are_no_figures(text):
    for kind in (TARGET, MEASURE):
        assert doubts(replace(WHOLE, points=(Point(text, kind=kind, lines=(9, 9)),))) == ()


@pytest.mark.parametrize(
    ("summary", "bodies", "agrees"),
    [
        ("The MOHRSS and eight other agencies agreed.", 9, True),
        ("The MIIT and seven other bodies agreed.", 7, False),
        ("The MIIT, the NDRC and five other ministries agreed.", 7, True),
        ("The MIIT and 6 further departments agreed.", 7, True),
        ("The MIIT and 6 further departments agreed.", 9, False),
        ("Seven agencies led by the MIIT agreed.", 7, True),
        ("Seven agencies led by the MIIT agreed.", 6, False),
        ("Seven agencies of other countries agreed.", 6, True),
        ("State agencies agreed.", 6, True),
        ("工信部等八部门发布规则。", 8, True),
        ("工信部等八部门发布规则。", 9, False),
    ],
)
def test_the_count_of_bodies_is_compared_with_the_list(summary, bodies, agrees):
    assert (counts(summary, bodies=bodies) == []) is agrees


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("工业和信息化部等七部门关于印发方案的通知", 7),
        ("国家发展改革委等10部门关于意见的通知", 10),
        ("财政部等十二个部门关于办法的公告", 12),
        ("教育部等二十一家单位关于标准的通知", 21),
    ],
)
def test_a_chinese_title_counts_all_bodies(title, count):
    assert counts(title=title, bodies=count) == []
    assert counts(title=title, bodies=count + 1) == [
        f"the Chinese title speaks of {count} bodies in all, the list names {count + 1}"
    ]


def test_a_headline_counts_all_bodies():
    told = counts(headline="Digital skills: Nine agencies plan ahead", bodies=8)
    assert told == ["the headline speaks of 9 bodies in all, the list names 8"]


def test_an_item_without_a_list_is_not_counted():
    assert counts("The MIIT and eight other agencies agreed.", bodies=0) == []


def test_the_warnings_of_an_issue_say_the_same_of_counts():
    text = (
        "MAY 8, 2025 (REPORTING PERIOD: APRIL 2 - APRIL 30)\n\nTOP 5\n\n1. Glass: New rules\n\n"
        "At a glance: The MIIT published rules on glass.\n\n"
        "Article: Notice on Glass (工业和信息化部等三部门关于玻璃的通知) "
        "([Link](https://example.org/a))\n\nIssuing bodies: MIIT, NDRC\n\nDate: April 3, 2025\n"
    )
    issue = parse_issue(text)
    (doubt,) = [one for item in issue.items for one in doubts(item) if one.kind == "count"]
    assert (doubt.line, doubt.text) in [(one.line, one.text) for one in issue.warnings]


def test_the_seeded_issue_is_doubted_only_for_its_links():
    for path in ISSUES.glob("*.md"):
        items = parse_issue(path.read_text(encoding="utf-8")).items
        assert {doubt.kind for item in items for doubt in doubts(item)} == {"link"}


@pytest.mark.parametrize(
    "printed",
    [
        "javascript:alert(1)",
        "www.mof.gov.cn/x.htm",
        "foo",
        "./x.htm",
        "data:text/html,x",
        "ftp://example.org/x",
        "https://",
        "https://host",
        "http://-a.org/x",
        "/gongkai/x.htm",
    ],
)
def test_what_is_no_web_address_is_unknown_and_the_doubt_repeats_it(printed):
    text = TOLD.replace("ADDRESS", printed)
    parsed = parse_issue(text)

    (top, note) = parsed.items
    assert (top.url, note.url) == ("", "")
    assert [source.url for source in note.sources] == [""]
    lines = [n for n, line in enumerate(text.split("\n"), 1) if printed in line]
    said = [w.line for w in parsed.warnings if w.text == f"“{printed}” is no web address"]
    assert said == lines


TOLD = """HARBOUR

June 5, 2031 (Reporting period: May 1 - May 31)

1. Glass: New rules

At a glance: The MIIT published rules.

HARBOUR comment: They are new.

Article: Rules on Glass (玻璃管理办法) ([Link](ADDRESS))

Issuing body: MIIT

Date: May 14, 2031

Policy news

- *May 3:* The MARA set up a bank of rare seeds in Hainan ([Notice](ADDRESS))
"""


@pytest.mark.parametrize(
    "printed",
    [
        "https://www.gov.cn/x.htm",
        "HTTP://127.0.0.1:8000/x",
        "https://例子.中国/文件?a=1#b",
        "https://user@example.org/a(b)c",
    ],
)
def test_web_addresses_are_read_as_printed(printed):
    parsed = parse_issue(TOLD.replace("ADDRESS", printed))

    assert parsed.items[0].url == printed
    assert not [w for w in parsed.warnings if "no web address" in w.text]


def test_an_address_printed_without_its_scheme_is_doubted():
    told = TOLD.replace("([Link](ADDRESS))", "www.mof.gov.cn/x.htm").replace("ADDRESS", "#")
    parsed = parse_issue(told)

    assert parsed.items[0].url == ""
    assert "“www.mof.gov.cn/x.htm” is no web address" in [w.text for w in parsed.warnings]


def test_a_link_without_an_address_is_told_with_the_line_that_it_stands_on():
    told = TOLD.replace("rules.", "rules.\nThey name [the old\nones](#), too.").replace(
        "They are new.", "They go back to [a draft](#)."
    )
    parsed, lines = parse_issue(told), told.split("\n")

    said = [one for one in doubts(parsed.items[0], lines) if one.field in ("summary", "comment")]
    assert [(one.text, lines[one.line - 1]) for one in said] == [
        ("the link “the old ones” has no address", "ones](#), too."),
        ("the link “a draft” has no address", "HARBOUR comment: They go back to [a draft](#)."),
    ]


def test_a_source_is_told_with_its_line_also_where_a_text_has_a_link_of_the_same_name():
    told = TOLD.replace("in Hainan ([Notice]", "under [Notice](#) 3\n  in Hainan ([Notice]")
    parsed, lines = parse_issue(told.replace("ADDRESS", "")), told.split("\n")

    first = parsed.items[1].lines[0]
    said = [(one.field, one.line) for one in doubts(parsed.items[1], lines)]
    assert said[-2:] == [("sources", first + 1), ("summary", first)]
