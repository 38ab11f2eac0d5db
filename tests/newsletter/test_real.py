"""The real newsletter, read where it lies; none of its sentences stands here."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from policies.newsletter import Item, ParsedIssue, parse_issue
from policies.newsletter.lines import read_lines

FILE = Path(__file__).parents[2].parent / "shared" / "newsletters" / "2024-05-08.txt"
pytestmark = pytest.mark.skipif(
    not FILE.exists(), reason=f"the newsletter is not kept here: {FILE}"
)

BODIES = [
    ["MOF"],
    ["MOHRSS", "Organization Department CCP", "CAC", "NDRC", "MOE", "MOST", "MIIT", "MoF", "NDA"],
    ["MIIT", "NDRC", "MOF", "PBOC", "STA", "SAMR", "SAFR"],
    None,
    ["MIIT"],
]
TITLES = [
    "关于印发《政府采购合作创新采购方式管理暂行办法》的通知",
    "加快数字人才培养支撑数字经济发展行动方案 (2024—2026 年)",
    "工业和信息化部等七部门关于印发推动工业领域设备更新实施方案的通知",
    "人工智能示范法 2.0 (专家建议稿)",
    "工业和信息化部关于开展增值电信业务扩大对外开放试点工作的通告",
]
POLICY_BODIES = [
    ["State Council"],
    ["MOF", "MIIT"],
    ["MIIT"],
    ["China National Intellectual Property Administration"],
    ["MIIT"],
    ["China Securities and Regulatory Commission"],
    ["Beijing City Government"],
    ["Ministry of Commerce"],
]


@pytest.fixture(scope="module")
def issue() -> ParsedIssue:
    return parse_issue(FILE.read_text(encoding="utf-8"))


def section(issue: ParsedIssue, name: str) -> list[Item]:
    return [item for item in issue.items if item.section == name]


def test_the_head_and_the_people_are_right(issue):
    assert (issue.title, issue.publisher) == ("MERICS China Industries", "MERICS")
    days = (issue.published, issue.period_start, issue.period_end)
    assert [day.isoformat() for day in days] == ["2024-05-08", "2024-04-02", "2024-04-30"]
    assert [(one.name, one.role) for one in issue.people] == [
        ("Alexander Brown", "Analyst, MERICS"),
        ("Rebecca Arcesati", "Lead Analyst, MERICS"),
        ("Claudia Wessling", "Director Communications and Publications, MERICS"),
        ("Alexander Davey", "Editor, MERICS"),
    ]


def test_there_are_5_long_items_8_policy_notes_and_7_corporate_notes(issue):
    assert Counter(item.section for item in issue.items) == {
        "top": 5,
        "policy_news": 8,
        "corporate_news": 7,
    }


def test_the_long_items_have_their_documents_bodies_dates_and_lines(issue):
    top = section(issue, "top")
    assert [item.title_zh for item in top] == TITLES
    assert [str(item.date) for item in top] == [
        "26 April 2024",
        "2 April 2024",
        "9 April 2024",
        "16 April 2024",
        "10 April 2024",
    ]
    assert [item.lines for item in top] == [(26, 47), (49, 70), (72, 89), (91, 110), (112, 132)]
    for item, bodies in zip(top, BODIES, strict=True):
        assert bodies is None or list(item.issuing_bodies) == bodies
    (group,) = top[3].issuing_bodies
    assert group.startswith("CASS's Major Research Project")
    assert group.endswith('Regulatory System"')
    assert {item.commentator for item in top} == {"MERICS"}
    assert [str(item.effective) for item in top] == ["1 June 2024", *["None"] * 4]
    assert top[2].title_en.endswith("in the Industrial Field")
    assert top[3].title_en.endswith("(Expert Suggestion Draft)")


def test_the_bullets_have_their_kinds_deadlines_and_figures(issue):
    top = section(issue, "top")
    assert [(len(item.points), item.points[0].kind) for item in top] == [
        (4, "criterion"),
        (4, "target"),
        (4, "target"),
        (4, "change"),
        (3, "scope"),
    ]
    dues = [{str(point.due) for point in item.points} for item in top]
    assert dues == [{"None"}, {"2026"}, {"2027"}, {"None"}, {"None"}]
    figures = [
        (one.comparator, int(one.value), one.unit, one.baseline_year)
        for point in top[2].points
        for one in point.quantities
    ]
    assert figures == [
        ("increase by at least", 25, "percent", 2023),
        ("equal", 90, "percent", None),
        ("equal", 75, "percent", None),
    ]
    assert [len(item.summary.split("\n\n")) for item in top] == [2, 1, 1, 1, 2]
    assert [len(item.comment.split("\n\n")) for item in top] == [3, 4, 2, 3, 3]


def test_the_notes_have_their_days_bodies_and_sources(issue):
    policy, corporate = section(issue, "policy_news"), section(issue, "corporate_news")
    assert [item.date.value.day for item in policy] == [2, 2, 8, 10, 17, 19, 24, 28]
    assert [item.date.value.day for item in corporate] == [5, 10, 14, 20, 26, 30, 30]
    assert {item.date.value.strftime("%Y-%m") for item in policy + corporate} == {"2024-04"}
    assert [list(item.issuing_bodies) for item in policy] == POLICY_BODIES
    assert [len(item.sources) for item in policy] == [1, 1, 1, 1, 1, 1, 2, 1]
    assert [len(item.sources) for item in corporate] == [1] * 7
    assert [item.lines for item in corporate][:3] == [(149, 149), (150, 152), (154, 154)]
    assert {source.url for item in policy + corporate for source in item.sources} == {""}
    assert policy[0].sources[0].label == "State Council notice"


def test_the_sums_are_right(issue):
    sums = [
        (item.section, item.position, int(one.value), one.currency, str(one.eur))
        for item in issue.items
        for one in item.amounts
    ]
    assert sums == [
        ("top", 3, 500_000_000_000, "CNY", "65000000000"),
        ("policy_news", 2, 300_000_000, "CNY", "38600000"),
        ("corporate_news", 3, 40, "CNY", "5.16"),
        ("corporate_news", 5, 20_000_000_000, "CNY", "2600000000"),
        ("corporate_news", 5, 105_000_000_000, "CNY", "13800000000"),
    ]


def test_what_is_left_over_is_furniture_alone(issue):
    assert all(one.furniture for one in issue.leftovers)
    assert [one.line for one in issue.leftovers if one.line < 150] == list(range(14, 23))


def test_every_warning_is_about_a_link_without_an_address(issue):
    assert {one.text.split(" ", 1)[1] for one in issue.warnings} <= {
        "link without an address",
        "links without an address",
    }


def test_every_line_is_accounted_for_once(issue):
    lines = [line.number for line in read_lines(FILE.read_text(encoding="utf-8"))]
    placed = [one.line for one in issue.placements] + [one.line for one in issue.leftovers]
    assert sorted(placed) == lines
