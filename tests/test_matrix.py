"""Who issues with whom: each number is that of the list that it leads to."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from pyroaring import BitMap

from policies.filters import PolicyFilter, TargetFilter
from policies.matrix import matrix
from policies.models import BodySuccession, IssuingBody, Policy
from policies.trees import lines

pytestmark = pytest.mark.django_db


def found(address: str) -> int:
    """How many records the list at an address holds."""
    path, _, query = address.replace("&amp;", "&").partition("?")
    made = {"/policies/": PolicyFilter, "/targets/": TargetFilter}[path](QueryDict(query))
    assert made.errors_by_parameter == []
    return len(made.ids())


def numbered(page) -> list[tuple[str, str, int]]:
    """The cells of a matrix that count something: shade, address, number."""
    cells = re.findall(r'<td class="(m\d)"><a href="([^"]*)">(\d+)</a></td>', text(page))
    return [(shade, url, int(number)) for shade, url, number in cells]


def text(page) -> str:
    return page.content.decode()


def body(name: str) -> IssuingBody:
    return IssuingBody.objects.create(
        slug=name, name_en=name, abbreviation=name.upper(), kind="ministry"
    )


def policy(title: str, *bodies: IssuingBody) -> Policy:
    made = Policy.objects.create(
        title_en=title, state="published", published_at="2024-05-01T00:00Z"
    )
    for place, one in enumerate(bodies):
        made.issuers.create(body=one, position=place, is_lead=place == 0)
    return made


def random_search(choice: random.Random) -> str:
    offered = {
        "section": ["top", "news"], "instrument": ["plan", "notice", "opinions"],
        "level": ["national", "municipal"], "issuer_all": ["miit", "mof", "ndrc"],
        "not_body": ["mof", "miit"], "q": ["computing OR talent", "-plan"], "year": ["2024"],
    }  # fmt: skip
    names = choice.sample(sorted(offered), 2)
    asked = QueryDict(mutable=True)
    for name in names:
        asked[name] = choice.choice(offered[name])
    return asked.urlencode()


def test_every_number_of_any_search_is_that_of_its_list(seeded, client):
    choice = random.Random(5)
    for query in ["", "as_one=1", *(random_search(choice) for _ in range(12))]:
        page = client.get(f"/bodies/matrix/?{query}")
        assert page.context["errors"] == []
        assert page.context["count"] == found(f"/policies/?{query}")
        cells = numbered(page)
        assert {url: found(url) for _, url, _ in cells} == {url: n for _, url, n in cells}
        assert all(found(url) == number for _, number, url in page.context["alone"])
        assert page.context["pair_number"] * 2 == sum(shade != "m5" for shade, _, _ in cells)


def test_a_wrong_parameter_is_named_and_counts_nothing(seeded, client):
    page = client.get("/bodies/matrix/?issuer_all=mitt&bdoy=miit")
    assert "mitt" in page.content.decode()
    assert {name for name, _ in page.context["errors"]} == {"issuer_all", "bdoy"}
    assert not page.context["rows"]


def test_renamed_bodies_count_as_one_where_asked(client):
    old, new, mof = body("old"), body("new"), body("mof")
    BodySuccession.objects.create(predecessor=old, successor=new, year=2008)
    policy("A", old, mof)
    policy("B", new, mof)
    policy("C", new, old)
    apart = client.get("/bodies/matrix/").context
    assert [pair.number for pair in apart["pairs"]] == [1, 1, 1]
    one = client.get("/bodies/matrix/?as_one=1").context
    assert [({p.one.slug, p.other.slug}, p.number) for p in one["pairs"]] == [({"new", "mof"}, 2)]
    assert found(one["pairs"][0].url) == 2
    assert found("/policies/?issuer_all=old&as_one=1") == 3


def test_a_divided_body_is_one_with_none_of_its_successors():
    assert lines([(1, 2), (2, 3), (4, 3), (5, 6), (5, 7), (8, 9), (9, 8)]) == {
        1: (3, 1, 2, 4), 2: (3, 1, 2, 4), 3: (3, 1, 2, 4), 4: (3, 1, 2, 4),
        5: (5,), 6: (6,), 7: (7,), 8: (8, 9), 9: (8, 9),
    }  # fmt: skip


def test_bodies_that_issue_together_stand_together():
    made = matrix({1: BitMap([1, 2, 3, 9]), 2: BitMap([4, 5, 9]), 3: BitMap([1, 2, 3]),
                   4: BitMap([4, 5]), 5: BitMap([77])})  # fmt: skip
    assert (made.bodies, made.alone) == ([1, 3, 2, 4], [5])
    assert [(p.row, p.column, p.number) for p in made.pairs] == [(1, 3, 3), (2, 4, 2), (1, 2, 1)]


def test_what_finds_no_place_is_counted():
    made = matrix({key: BitMap([0, key]) for key in range(1, 9)}, shown=6)
    assert (len(made.bodies), made.left_over) == (6, 2)


def test_whatever_stands_in_an_address_or_a_name_is_escaped_once(client):
    old, new = body("old"), body("new")
    IssuingBody.objects.update(name_en='<script>"A & B"', abbreviation="A&<b>")
    policy("Plan", old, new)
    page = client.get("/bodies/matrix/", {"q": 'Plan OR "<script>&'})
    assert [number for *_, number in numbered(page)] == [1, 1, 1, 1]
    asked = "q=Plan+OR+%22%3Cscript%3E%26"
    assert {url for _, url, _ in numbered(page)} == {
        f"/policies/?{asked}&amp;{rest}" for rest in (
            "issuer_all=old", "issuer_all=new", "issuer_all=old&amp;issuer_all=new",
        )
    }  # fmt: skip
    link = '<a href="/bodies/old/" title="&lt;script&gt;&quot;A &amp; B&quot;">A&amp;&lt;b&gt;</a>'
    assert text(page).count(link) == 2
    assert "<script>&" not in text(page)
    assert "&amp;lt;" not in text(page)


def test_the_table_names_rows_and_columns_and_can_be_scrolled_by_keyboard(seeded, client):
    page = client.get("/bodies/matrix/").content.decode()
    assert 'role="region" tabindex="0"' in page
    assert page.count('<th scope="row">') == page.count('<th scope="col">') > 2
    assert "/bodies/matrix/" in client.get("/bodies/").content.decode()


def test_every_number_on_a_body_s_page_is_that_of_its_list(seeded, client):
    for slug in ("miit", "mof"):
        page = client.get(f"/bodies/{slug}/").content.decode()
        links = re.findall(
            r'<a href="(/(?:policies|targets)/\?(?:issuer_all|main)[^"]*)"[^>]*>(.*?)</a>',
            page,
            re.S,
        )
        numbered = [
            (url, re.findall(r"\d+(?=\D*$)", re.sub(r"<[^>]*>", " ", text))) for url, text in links
        ]
        checked = [(url, int(last[0])) for url, last in numbered if last]
        assert checked
        for url, number in checked:
            assert found(url) == number, url


def test_a_body_s_page_tells_lead_partners_and_what_falls_due(client):
    miit, mof = body("miit"), body("mof")
    joint = policy("A", miit, mof)
    policy("B", mof, miit)
    policy("C", miit)
    joint.targets.create(text="Old", due_on=date(2020, 12, 31), due_precision="year")
    for year in (2199, 2198):
        joint.targets.create(text=str(year), due_on=date(year, 12, 31), due_precision="year")
    page = client.get("/bodies/miit/").context
    assert (page["alone_number"], page["jointly_number"], page["led_number"]) == (1, 2, 1)
    assert page["partners"] == [(mof, 2)]
    assert [target.text for target in page["due"]] == ["2198", "2199"]
    assert (page["target_number"], page["due_number"]) == (3, 2)


def test_questions_to_the_database_do_not_grow_with_records(client):
    bodies = [body(f"b{number}") for number in range(6)]
    policy("A", *bodies[:2])

    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    before = asked("/bodies/matrix/?as_one=1"), asked("/bodies/b0/")
    for number in range(12):
        policy(str(number), *bodies).targets.create(
            text="T", due_on=date(2199, 12, 31), due_precision="year"
        )
    after = asked("/bodies/matrix/?as_one=1"), asked("/bodies/b0/")
    assert before[0] == after[0] <= 4
    assert after[1] <= before[1] + 4
    assert after[1] <= 18


def test_pairs_that_are_not_listed_are_said_to_stand_in_the_matrix(client):
    policy = Policy.objects.create(title_en="Of many", state="published")
    for number in range(11):
        body = IssuingBody.objects.create(slug=f"b{number}", name_en=f"Body {number}")
        policy.issuers.create(body=body, position=number + 1)
    page = client.get("/bodies/matrix/")
    assert page.context["pair_number"] == 55
    assert "5 more stand in the matrix" in page.content.decode()
