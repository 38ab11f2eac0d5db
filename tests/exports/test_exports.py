"""A search as a file holds what its page holds, in the same order, in every format."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies import publishing
from policies.exports import EXPORTED, FORMATS, columns, formats_of
from policies.exports.found import GROUP
from policies.models import CorporateEvent, IssuingBody, Policy, Target

from .reading import SLUGS, bibtex_entries, body, csv_rows, ris_records, sheets

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[2] / "docs" / "data.md"
SEARCHES = {
    "policies": ["", "q=computing", "q=plan+OR+talent&section=top&sort=title", "sort=announced",
                 "q=nothingatall", "year=2024&sort=-added&page=2"],
    "targets": ["", "q=2027&sort=-due"],
    "events": ["", "q=China&sort=happened"],
    "bodies": ["", "q=ministry&sort=abbreviation"],
    "companies": ["sort=name", "q=a*"],
}  # fmt: skip


def slugs_on_pages(client, kind: str, query: str) -> list[str]:
    """The slugs that the pages of a list show, one page after the other."""
    query, found, number, last = re.sub(r"&?page=\d+", "", query), [], 1, 1
    while number <= last:
        page = client.get(f"/{kind}/?{query}&page={number}").context["page"]
        found += [record.slug for record in page.object_list]
        number, last = number + 1, page.paginator.num_pages
    return found


def test_every_format_holds_what_the_page_holds_in_its_order(seeded, client):
    with_targets = set(Target.objects.published().values_list("policy__slug", flat=True))
    for kind, queries in SEARCHES.items():
        for query in queries:
            shown = slugs_on_pages(client, kind, query)
            for ending in formats_of(kind):
                answer = client.get(f"/{kind}.{ending}?{query}")
                assert answer.status_code == 200
                held, expected = SLUGS[ending](body(answer)), shown
                if ending == "targets.csv":
                    expected = [slug for slug in shown if slug in with_targets]
                assert held == expected, (kind, query, ending)
                assert answer["X-Record-Count"] == str(len(shown))
    assert len(Policy.objects.published()) > 10


def test_the_menu_promises_more_sheets_of_policies_alone(seeded, client):
    for kind in EXPORTED:
        page = client.get(f"/{kind}/").content.decode()
        assert "columns explained" in page
        assert ("with their targets, events and bodies" in page) == (kind == "policies")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_wrong_parameter_is_named(client, ending):
    for query in ("body=nobody", "bodie=miit", "sort=colour", "page=last"):
        answer = client.get(f"/policies.{ending}?{query}")
        assert answer.status_code == 400
        assert answer.content.decode().startswith(query.split("=")[0] + ": ")


def test_the_file_is_named_by_its_search(seeded, client):
    named = client.get("/policies.csv?q=computing&section=top")["Content-Disposition"]
    assert re.fullmatch(
        r'attachment; filename="policies-q-computing-section-top-\d{4}-\d\d-\d\d\.csv"', named
    )


def test_columns_are_the_same_in_the_document_and_in_both_tables(seeded, client):
    text = DATA.read_text(encoding="utf-8")
    for kind, exported in EXPORTED.items():
        _, _, rest = text.partition(f"\n### {kind}\n")
        table = re.split(r"\n#", rest)[0]
        written = re.findall(r"^\| `(\w+)` \| (.+?) \| (\w+) \|$", table, re.MULTILINE)
        made = [(one.name, one.meaning, one.type) for one in columns(exported.model)]
        book = sheets(body(client.get(f"/{kind}.xlsx")))
        records, explained = book[kind.capitalize()], book["Columns"]
        head = body(client.get(f"/{kind}.csv")).decode("utf-8-sig").split("\r\n")[0]
        assert written == made
        assert explained[1 : len(made) + 1] == [(kind.capitalize(), *one) for one in made]
        assert [*records[0]] == head.split(",") == [one[0] for one in made]


def test_policies_take_along_their_targets_events_and_bodies(seeded, client):
    query = "q=computing+OR+plan&sort=title"
    shown = slugs_on_pages(client, "policies", query)
    event, other = CorporateEvent.objects.published().order_by("pk")[:2]
    event.answers.set(Policy.objects.filter(slug__in=shown)[:2])
    other.answers.set(Policy.objects.published().exclude(slug__in=shown)[:1])
    printed = Target.objects.filter(policy__slug__in=shown).order_by("position", "pk")
    by_policy = sorted(printed.values_list("policy__slug", "slug"), key=lambda p: shown.index(p[0]))
    issuers = IssuingBody.objects.filter(policies__slug__in=shown).distinct()
    listed = [slug for slug in slugs_on_pages(client, "bodies", "")
              if slug in set(issuers.values_list("slug", flat=True))]  # fmt: skip

    rows = csv_rows(body(client.get(f"/policies.targets.csv?{query}")))
    assert [(row["policy"], row["slug"]) for row in rows] == by_policy
    assert len(by_policy) > 5
    book = sheets(body(client.get(f"/policies.xlsx?{query}")))
    assert list(book) == ["Policies", "Targets", "Events", "Bodies", "Columns"]
    explained = {row[:2] for row in book.pop("Columns")}
    held = {name: [row[0] for row in rows[1:]] for name, rows in book.items()}
    assert held["Policies"] == shown
    assert held["Targets"] == [slug for _, slug in by_policy]
    assert held["Events"] == [event.slug]
    assert held["Bodies"] == listed
    assert all((name, column) in explained for name, rows in book.items() for column in rows[0])


def policy(**values) -> Policy:
    return publishing.publish(Policy.objects.create(**values), by=None)


def test_what_looks_like_a_formula_is_harmless_and_comes_back(client):
    nasty = '=HYPERLINK("http://x.example","a, b")\n_x0041_ & {50}% \\ "q"'
    made = policy(
        title_en="=1+1 & {50}%",
        summary=nasty,
        announced_on=date(2024, 6, 30),
        announced_precision="quarter",
        document_number="工信部〔2024〕1号",
    )
    raw = body(client.get("/policies.csv"))
    assert b",'=1+1" in raw
    assert b",=" not in raw
    (row,) = csv_rows(raw)
    assert (row["title_en"], row["summary"]) == (made.title_en, nasty)
    assert (row["announced"], row["announced_last_day"]) == ("2024-Q2", "2024-06-30")
    head, cells = sheets(body(client.get("/policies.xlsx")))["Policies"]
    in_excel = dict(zip(head, cells, strict=True))
    assert in_excel["title_en"] == made.title_en
    assert in_excel["announced_last_day"].isoformat().startswith("2024-06-30")
    (cited,) = ris_records(body(client.get("/policies.ris")))
    assert (cited["TI"], cited["DA"]) == ([made.title_en], ["2024///"])
    (entry,) = bibtex_entries(body(client.get("/policies.bib")))
    assert entry["title"] == r"{=1+1 \& \textbraceleft{}50\textbraceright{}\%}"
    (item,) = json.loads(body(client.get("/policies.csl.json")))
    assert item["issued"] == {"date-parts": [[2024]]}


def test_a_sum_of_money_says_in_its_cell_what_each_figure_is(client):
    made = policy(title_en="Fund")
    made.amounts.create(value=300_000_000, currency="CNY", eur=38_600_000, purpose="subsidy")
    made.amounts.create(value=Decimal("1.50"), currency="USD")
    cell = "CNY 300000000 (EUR 38600000): subsidy\nUSD 1.5"
    (row,) = csv_rows(body(client.get("/policies.csv")))
    assert row["amounts"] == cell
    assert [one["eur"] for one in json.loads(row["amounts_json"])] == ["38600000", None]
    (row,) = sheets(body(client.get("/policies.xlsx")))["Policies"][1:]
    assert cell in row
    page = client.get(made.get_absolute_url()).content.decode()
    assert "(EUR 38.6 million, as printed)" in page
    assert "for subsidy" in page


def test_the_first_lines_come_before_all_is_read_and_questions_stay_few(client):
    made = [IssuingBody(name_en=f"Body {n:04}", slug=f"b-{n:04}", kind="ministry")
            for n in range(GROUP * 3)]  # fmt: skip
    IssuingBody.objects.bulk_create(made)
    call_command("rebuild_search", verbosity=0)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/bodies.csv")
        before = len(asked)
        next(answer.streaming_content)
        first = len(asked) - before
        rest = b"".join(answer.streaming_content)
    whole = len(asked) - before
    assert rest.count(b"\r\n") > GROUP * 2
    assert 0 < first <= 5
    assert whole <= first * 3
