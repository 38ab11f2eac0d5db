"""Each form of a search opens in the programs that it is for, with titles in both languages."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date

import bibtexparser
import feedparser
import pandas
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from django.http import QueryDict
from icalendar import Calendar
from openpyxl import load_workbook

from policies import publishing
from policies.exports import EXPORTED, Taken, workbooks
from policies.exports.workbooks import as_workbook
from policies.models import Policy
from policies.search.indexing import batch

from .reading import body

pytestmark = pytest.mark.django_db
# In the order of their titles; signs that BibTeX, RIS, CSV or XML could stumble over.
TITLES = [
    ("Action Plan for “Lathes”, 50% & more", "机床产业高质量发展行动方案（2024—2027年）"),
    ("Budget of 100_000 $ {draft} #1", "关于“十四五”预算的通知"),
    ("Notice on <kilns>; costs, and ~ferries", ""),
    ("ﬁne Übergangs-Maßnahmen", "过渡措施𠀀"),
]
QUERY = "level=national&sort=title"


def policies() -> None:
    with batch():
        for place, (english, chinese) in enumerate(TITLES, 1):
            made = Policy.objects.create(
                title_en=english, title_zh=chinese, level="national", slug=f"p-{place}",
                announced_on=date(2024, place, 1), effective_on=date(2031, place, 1),
            )  # fmt: skip
            made.targets.create(text="More lathes", due_on=date(2033, 1, 1))
            publishing.publish(made, by=None)
        publishing.publish(Policy.objects.create(title_en="Another", level="municipal"), by=None)


@pytest.fixture
def take(client):
    policies()

    def taken(ending: str) -> bytes:
        answer = client.get(f"/policies.{ending}?{QUERY}")
        assert answer.status_code == 200
        return body(answer) if answer.streaming else answer.content

    return taken


def test_each_form_opens_in_what_it_is_for_with_its_titles_unharmed(take):
    table = take("csv")
    lines = csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""), strict=True)
    assert [(row["title_en"], row["title_zh"]) for row in lines] == TITLES
    for frame in (
        pandas.read_csv(io.BytesIO(table), encoding="utf-8-sig", dtype=str, keep_default_na=False),
        pandas.read_excel(io.BytesIO(take("xlsx")), dtype=str, keep_default_na=False),
        pandas.read_json(io.BytesIO(take("ndjson")), lines=True, dtype=False),
    ):
        assert list(zip(frame["title_en"], frame["title_zh"], strict=True)) == TITLES
    targets = pandas.read_csv(io.BytesIO(take("targets.csv")), dtype=str)
    both = targets.merge(frame, left_on="policy", right_on="slug")
    assert list(both["title_zh"]) == [chinese for _, chinese in TITLES]

    sheet = load_workbook(io.BytesIO(take("xlsx")))["Policies"]
    head = [cell.value for cell in sheet[1]]
    places = head.index("title_en"), head.index("title_zh")
    rows = sheet.iter_rows(min_row=2, values_only=True)
    assert [(row[places[0]], row[places[1]] or "") for row in rows] == TITLES
    assert sheet.freeze_panes == "B2"
    assert sheet[1][0].font.bold
    assert sheet.cell(2, head.index("announced_last_day") + 1).is_date

    cited = rispy.loads(take("ris").decode())
    assert [(one["title"], one.get("translated_title", "")) for one in cited] == TITLES
    assert [(one["title"], one.get("original-title", "")) for one in json.loads(take("csl.json"))
            ] == TITLES  # fmt: skip
    library = bibtexparser.parse_string(
        take("bib").decode(), append_middleware=[LatexDecodingMiddleware(keep_braced_groups=True)]
    )
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == ["p-1", "p-2", "p-3", "p-4"]
    for entry, (english, chinese) in zip(library.entries, TITLES, strict=True):
        # The decoder does not know the words for braces.
        titled = f"{english} [{chinese}]" if chinese else english
        assert entry["title"].strip("{}") == re.sub(r"[{}]", "", titled)

    feed = feedparser.parse(take("atom"))
    assert not feed.bozo
    assert {entry.title.partition(" · ")[::2] for entry in feed.entries} == set(TITLES)
    events = Calendar.from_ical(take("ics")).walk("VEVENT")
    begun = [str(one["SUMMARY"]) for one in events if str(one["SUMMARY"]).startswith("Takes")]
    assert begun == [f"Takes effect: {english}" for english, _ in TITLES]
    told = [str(one["DESCRIPTION"]).split("\n") for one in events]
    assert sum(chinese in lines for lines in told for _, chinese in TITLES if chinese) == 6


def test_a_reader_who_hangs_up_leaves_nothing_behind(monkeypatch):
    # Small enough for the first part to come before the last sheet.
    monkeypatch.setattr(workbooks, "PART", 1)
    policies()
    taken = Taken(EXPORTED["policies"], QueryDict(QUERY), "http://testserver", date(2024, 5, 1))
    begun = as_workbook(taken)
    next(begun)
    begun.close()
    whole = load_workbook(io.BytesIO(b"".join(as_workbook(taken))))
    assert whole.sheetnames == ["Policies", "Targets", "Events", "Bodies", "Columns"]
