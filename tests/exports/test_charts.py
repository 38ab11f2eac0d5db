"""A chart as a file has the numbers of its page, and says of what, from where and when."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from policies import lineage
from policies.models import FormerSlug, IssuingBody, Policy, Target

from .reading import csv_rows

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
# A chart's folder, its page, and the parameter that finds the records of a row.
CHARTS = {
    "/policies/": ["", "by=year&split=sector", "by=quarter&split=body&q=plan", "q=nothingatall"],
    "/events/": ["by=month", "split=kind"],
    "/targets/": ["", "split=sector&quantified=yes", "q=nothingatall"],
}


def table_on(page: str) -> list[list[str]]:
    """The numbers of a page's table of a chart."""
    found = re.search(r'<details class="numbers">.*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", found[1] if found else "")
    return [re.findall(r">(\d+)</(?:a|span)></td>", row) for row in rows]


def drawn(answer) -> tuple[ElementTree.Element, str]:
    """A picture that stands alone, and all its words."""
    root = ElementTree.fromstring(answer.content)
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title") is not None
    tags = {element.tag for element in root.iter()}
    assert not tags & {f"{SVG}image", f"{SVG}script", f"{SVG}use"}
    assert all(
        link.get("href", "").startswith("http://testserver/") for link in root.iter(f"{SVG}a")
    )
    return root, " ".join("".join(root.itertext()).split())


def test_charts_over_time_have_the_numbers_of_their_pages(seeded, client):
    for folder, queries in CHARTS.items():
        for query in queries:
            answer = client.get(f"{folder}?{query}")
            page = answer.content.decode()
            rows = csv_rows(client.get(f"{folder}chart.csv?{query}").content)
            numbers = [list(row.values())[1:-1] for row in rows]
            assert numbers == table_on(page), (folder, query)
            assert sum(int(row["all"]) for row in rows) == answer.context["count"]
            for row in rows:
                assert sum(map(int, list(row.values())[1:-2])) in (0, int(row["all"]))
                if row["address"]:
                    parts = urlsplit(row["address"])
                    listed = client.get(f"{parts.path}?{parts.query}")
                    assert listed.context["count"] == int(row["all"])
            root, words = drawn(client.get(f"{folder}chart.svg?{query}"))
            assert f"({answer.context['count']} record" in words
            assert f"http://testserver{folder}" in words
            bars = [bar for bar in root.iter(f"{SVG}rect") if "part" in (bar.get("class") or "")]
            assert bool(bars) == bool(rows)
            assert not rows or f"{folder}chart.svg" in page


def test_the_matrix_and_a_lineage_are_files_too(client):
    bodies = [
        IssuingBody.objects.create(slug=name, name_en=name.upper(), kind="ministry")
        for name in ("first", "second", "third")
    ]
    targets = []
    for year, issuers in ((2023, bodies), (2024, bodies[:2])):
        made = Policy.objects.create(
            title_en=f"<Plan> & {year}\x0b", state="published", announced_on=date(year, 3, 1),
            announced_precision="day", published_at="2024-05-01T00:00Z",
        )  # fmt: skip
        for body in issuers:
            made.issuers.create(body=body)
        targets.append(
            made.targets.create(
                text="Power", metric="=Power", value=year - 2000, unit="EFLOPS",
                comparator="at least", due_on=date(2027, 12, 31), due_precision="year",
            )
        )  # fmt: skip
    lineage.link(earlier=targets[0], later=targets[1], by=None)

    rows = csv_rows(client.get("/bodies/matrix/chart.csv").content)
    assert [[row[other["body"]] for other in rows] for row in rows] == [
        re.findall(r"<td[^>]*>(?:<a [^>]*>)?(\d*)", cells)
        for _, cells in client.get("/bodies/matrix/").context["rows"]
    ]
    assert rows[0] | {"name": ""} == {
        "body": "first", "name": "", "first": "2", "second": "2", "third": "1",
    }  # fmt: skip
    root, words = drawn(client.get("/bodies/matrix/chart.svg?sort=title"))
    assert len([r for r in root.iter(f"{SVG}rect") if (r.get("class") or "")[:1] == "m"]) == 9
    assert "Policies, all (2 records)" in words

    page = targets[0].get_absolute_url()
    rows = csv_rows(client.get(f"{page}chart.csv").content)
    assert [(row["value"], row["due"], row["change"]) for row in rows] == [
        ("23", "2027", ""), ("24", "2027", "raised"),
    ]  # fmt: skip
    root, words = drawn(client.get(f"{page}chart.svg"))
    assert len(list(root.iter(f"{SVG}circle"))) == 2
    assert "1 March 2023: <Plan> & 2023" in words
    shown = client.get(page).content.decode()
    assert f'href="{page}chart.svg"' in shown
    Target.objects.filter(pk=targets[1].pk).update(unit="ZFLOPS")
    shown = client.get(page).content.decode()
    assert f'href="{page}chart.csv"' in shown
    assert f'href="{page}chart.svg"' not in shown


def test_the_chart_of_a_target_is_found_at_its_former_address(client):
    policy = Policy.objects.create(title_en="Plan", state="published")
    target = policy.targets.create(text="Power")
    FormerSlug.objects.create(kind="target", slug="older", record_id=target.pk)
    for ending in ("svg", "csv"):
        today = f"{target.get_absolute_url()}chart.{ending}"
        moved = client.get(f"/targets/older/chart.{ending}")
        assert (moved.status_code, moved["Location"]) == (301, today)
        assert client.get(today).status_code == 200
        assert client.get(f"{today}?as_of=2024-01-01").status_code == 400
        assert client.post(today).status_code == 405
    Policy.objects.update(state="in-review")
    for name in ("older", target.slug):
        assert client.get(f"/targets/{name}/chart.csv").status_code == 404


def test_a_chart_of_something_unknown_says_what_is_wrong(
    seeded, client, django_assert_max_num_queries
):
    for address in ("policies", "events", "targets", "bodies/matrix"):
        for query in ("bodie=miit", "split=colour", "page=last", "q=%22"):
            for ending in ("svg", "csv"):
                with django_assert_max_num_queries(12):
                    answer = client.get(f"/{address}/chart.{ending}?{query}")
                assert answer.status_code in (200, 400)
                if answer.status_code == 400:
                    assert answer.content.decode().startswith(f"{query.split('=')[0]}: ")
    assert client.get("/policies/chart.svg?split=colour").status_code == 400
    target = Target.objects.published().first().get_absolute_url()
    assert client.get(f"{target}chart.csv?q=x").content.decode().startswith("q: ")
    assert client.get("/targets/nothing-of-the-kind/chart.svg").status_code == 404
