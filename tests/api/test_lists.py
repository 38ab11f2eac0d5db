"""Lists of the API: what the pages find, in their order, each record once."""

from __future__ import annotations

import random
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies import publishing
from policies.api.kinds import FACETED, KINDS
from policies.filterkinds import ManyFilter
from policies.filterperiods import BoundFilter
from policies.models import IssuingBody, Policy
from policies.search.found import RELEVANCE

from .asking import ask, walked, wrong

pytestmark = pytest.mark.django_db
PAGES = {"terms": "glossary"}
WORDS = ["computing", "plan OR talent", '"action plan"', "2027", "数字", "china -plan", "energ*"]


def random_query(kind: str, chance: random.Random) -> str:
    """A search of a kind as a reader may make it, with words, filters, bounds and orders."""
    filterset: Any = KINDS[kind].search.filterset_class
    asked = [("q", chance.choice(WORDS))] if chance.random() < 0.5 else []
    filters = list(filterset.base_filters.items())
    for name, one in chance.sample(filters, min(len(filters), 3)):
        if isinstance(one, BoundFilter):
            asked.append((name, chance.choice(["2024", "2024-05", "2027", "2023-12-31"])))
        elif isinstance(one, ManyFilter) and (options := one.options()):
            asked += [(name, chance.choice(options).value) for _ in range(chance.randint(1, 2))]
    orders = [order for order in filterset({}).orders if order != RELEVANCE]
    if chance.random() < 0.5:
        asked.append(("sort", chance.choice(orders)))
    return urlencode(asked)


def test_lists_hold_what_the_pages_hold_in_their_order(seeded, client):
    chance, found = random.Random(20240626), 0
    for kind in ("policies", "targets", "events", "bodies", "companies", "sectors", "terms"):
        number = 8 if kind in ("policies", "targets", "events") else 3
        for query in dict.fromkeys(random_query(kind, chance) for _ in range(number)):
            page = client.get(f"/{PAGES.get(kind, kind)}/?{query or 'q='}").context
            answer = ask(client, f"{kind}/?{query}&page_size=20")
            shown = [record.slug for record in page["page"].object_list][:20]
            assert [row["slug"] for row in answer["results"]] == shown, (kind, query)
            assert answer["count"] == page["count"]
            assert answer["complete"]
            found += len(shown)
    assert found > 50


def test_words_that_were_read_kindly_are_told_as_on_the_page(seeded, client):
    for kind in ("policies", "companies", "terms", "facets/policies"):
        said = ask(client, f"{kind}/?q=OR")["notices"]
        assert said == ["What was typed holds nothing to search for."]
        assert ask(client, f"{kind}/?q=plan")["notices"] == ask(client, f"{kind}/")["notices"] == []
    assert ask(client, "issues/?q=OR")["notices"] == said
    assert (
        ask(client, "policies/?q=(plan")["notices"]
        == client.get("/policies/?q=(plan").context["notices"]
    )


def test_issues_are_found_by_what_stands_in_them(seeded, client):
    assert [row["published"] for row in ask(client, "issues/")["results"]] == [
        str(issue.published_on) for issue in client.get("/issues/").context["issues"]
    ]
    for words in ("computing", "nothingatall"):
        found = client.get(f"/issues/?q={words}").context["found"]
        rows = ask(client, f"issues/?q={words}")["results"]
        assert [row["published"] for row in rows] == [str(i.published_on) for i, _ in found]
    assert wrong(client, "issues/?sort=title&q=computing") == ["sort"]


def test_a_cursor_leads_through_all_records_once_in_order(seeded, client):
    for search in ("policies/?", "policies/?q=plan", "targets/?sort=-due", "events/?q=China",
                   "bodies/?sort=abbreviation", "terms/?sort=pinyin", "sectors/?", "issues/?",
                   "companies/?sort=-events", "events/?sort=-eur",
                   "policies/?sort=title&announced_before=2024-04"):  # fmt: skip
        size = 100 if search.startswith("bodies") else 7
        walk = [row["address"] for row in walked(client, f"{search}&page_size={size}")]
        first = ask(client, f"{search}&page_size=100")
        assert len(set(walk)) == len(walk) == first["count"]
        assert walk[:100] == [row["address"] for row in first["results"]]


def test_edits_between_two_pages_lose_and_repeat_nothing(client):
    made = [
        publishing.publish(
            Policy.objects.create(
                title_en=f"Plan {n:02}" + " computing" * (n % 2),
                summary="computing" if n % 3 else "",
                announced_on=date(2024, 1, 1 + n % 5),
                announced_precision="day",
            ),
            by=None,
        )
        for n in range(12)
    ]
    for query in ("", "sort=title", "sort=-added", "q=computing", "q=computing&sort=title"):
        whole = [row["slug"] for row in walked(client, f"policies/?{query}")]
        page = ask(client, f"policies/?{query}&page_size=5")
        seen = [row["slug"] for row in page["results"]]
        last, added = Policy.objects.get(slug=seen[-1]), None
        # The last one seen moves to the end or goes, one comes before all, one is corrected.
        if query:
            last.title_en, last.announced_on = "Zzz", date(1999, 1, 1)
            last.save()
        else:
            publishing.withdraw(last, by=None, note="Gone.", reason="")
        added = publishing.publish(
            Policy.objects.create(title_en="AAA computing", announced_on=date(2025, 1, 1),
                                  announced_precision="day"), by=None,
        )  # fmt: skip
        other = Policy.objects.get(slug=whole[8])
        other.comment += " Said besides."
        other.save()
        rest = [row["slug"] for row in walked(client, page["next"])]
        stay = [slug for slug in whole if slug not in (last.slug, added.slug)]
        assert [s for s in seen + rest if s not in (last.slug, added.slug)] == stay, query
        Policy.objects.filter(pk=added.pk).first().delete()
    assert len(made) == 12


def test_a_cursor_belongs_to_its_search_and_cannot_be_made_up(seeded, client):
    following = ask(client, "policies/?page_size=5&sort=title")["next"]
    cursor = following.partition("cursor=")[2].partition("&")[0]
    resized = ask(client, f"policies/?cursor={cursor}&sort=title&page_size=9&fields=slug")
    assert resized["results"][:5] == [
        {"slug": row["slug"]} for row in ask(client, following)["results"]
    ]
    for address in (f"policies/?cursor={cursor}", f"policies/?sort=title&q=plan&cursor={cursor}",
                    f"policies/?sort=title&cursor={cursor}x", "policies/?cursor=bm90&sort=title",
                    "policies/?cursor=%00&cursor=%ff", f"terms/?cursor={cursor}"):  # fmt: skip
        assert set(wrong(client, address)) == {"cursor"}


def test_facets_count_what_their_addresses_find(seeded, client):
    for kind in FACETED:
        answer = ask(client, f"facets/{kind}/")
        page = client.get(f"/{PAGES.get(kind, kind)}/?q=").context["facets"]
        assert [facet["name"] for facet in answer["facets"]] == [facet.name for facet in page]
        for facet in answer["facets"]:
            for value in facet["values"][:1]:
                assert ask(client, value["url"])["count"] == value["count"]
    narrowed = ask(client, "facets/policies/?q=plan&facet=body&facet=year")
    assert [facet["name"] for facet in narrowed["facets"]] == ["body", "year"]
    bodies = narrowed["facets"][0]
    assert len(bodies["values"]) == bodies["number"]
    some = bodies["values"][-1]
    assert ask(client, some["url"])["count"] == some["count"]
    assert client.get(some["address"]).context["count"] == some["count"]
    assert wrong(client, "facets/policies/?facet=colour&body=nobody") == ["facet", "body"]
    ask(client, "facets/companies/" if "companies" not in FACETED else "facets/sectors/", 404)


def test_many_records_take_as_many_questions_as_few(seeded, client):
    def asked(address: str) -> int:
        ask(client, address)
        with CaptureQueriesContext(connection) as questions:
            ask(client, address)
        return len(questions)

    for kind, most in (("policies", 26), ("targets", 8), ("events", 16), ("bodies", 12),
                       ("terms", 8), ("issues", 6)):  # fmt: skip
        few, many = asked(f"{kind}/?page_size=2"), asked(f"{kind}/?page_size=20")
        assert many <= most, kind
        assert abs(many - few) <= 2
    assert asked("facets/policies/") <= 14


def test_a_walk_through_many_asks_little_for_each_page(client):
    IssuingBody.objects.bulk_create(
        IssuingBody(name_en=f"Body {n:04}", slug=f"b-{n:04}", kind="ministry") for n in range(1500)
    )
    call_command("rebuild_search", verbosity=0)
    second = ask(client, "bodies/?page_size=100")["next"]
    with CaptureQueriesContext(connection) as questions:
        third = ask(client, second)["next"]
    assert len(questions) <= 12
    slugs = [row["slug"] for row in ask(client, third)["results"]]
    assert slugs == [f"b-{n:04}" for n in range(200, 300)]
