"""The order of results: the rule of relevance, and every other order as a plain sort gives it."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.http import QueryDict

from policies.filters import PolicyFilter
from policies.models import IssuingBody, Policy, Target, Term
from policies.search.index import Index
from policies.search.indexing import batch
from policies.search.orders import ORDERS

pytestmark = pytest.mark.django_db


def add(title: str = "Something", **values: Any) -> Policy:
    return Policy.objects.create(**{"state": "published", "title_en": title} | values)


def ranked(typed: str, more: str = "") -> list[Policy]:
    data = QueryDict(more, mutable=True)
    data["q"] = typed
    filterset = PolicyFilter(data)
    assert filterset.errors_by_parameter == []
    rows = Policy.objects.in_bulk()
    return [rows[key] for key in filterset.page(0, 1000)]


def test_titles_stand_before_points_before_the_summary_before_comment_and_sources():
    comment = add(comment="steel")
    source = add()
    source.sources.create(label="steel paper")
    summary = add(summary="steel")
    target = add()
    target.targets.create(text="more steel")
    title = add("Steel")
    assert ranked("steel") == [title, target, summary, source, comment]


@pytest.mark.parametrize("field", ["title_en", "title_zh", "headline", "printed_title_en"])
def test_every_title_counts_as_a_title(field):
    add(summary="steel")
    by_title = add(**{field: "steel"})
    add(summary="steel steel")
    assert ranked("steel")[0] == by_title


def test_an_issuers_name_counts_like_a_target():
    body = IssuingBody.objects.create(slug="s", name_en="Steel Office", kind="party-organ")
    issued = add()
    issued.issuers.create(body=body)
    add(summary="steel")
    assert ranked("steel")[0] == issued


def test_words_as_typed_stand_before_other_forms_before_other_names():
    Term.objects.create(term_en="policies", term_zh="政策", definition="d")
    named = add(title_zh="政策规划")
    stemmed = add("A policy")
    typed = add("Some policies")
    newest = add(summary="policies")
    assert ranked("policies") == [typed, stemmed, named, newest]


def test_all_words_must_reach_a_group_together():
    scattered = add("Steel", summary="chips")
    together = add("Chips and steel")
    add("Steel steel")
    assert ranked("steel chips") == [together, scattered]
    assert ranked("chips") == [together, scattered]


def test_the_newest_stand_first_among_equals_and_unknown_dates_last():
    unknown = add("Steel 1")
    old = add("Steel 2", announced_on=date(2020, 1, 1))
    new = add("Steel 3", announced_on=date(2024, 1, 1))
    newer_but_worse = add(summary="steel", announced_on=date(2025, 1, 1))
    assert ranked("steel") == [new, old, unknown, newer_but_worse]


def test_an_exclusion_alone_gives_the_newest_first():
    old = add("Plan", announced_on=date(2020, 1, 1))
    new = add("Law", announced_on=date(2024, 1, 1))
    add("Steel")
    assert ranked("-steel") == [new, old]


@pytest.fixture
def many(db) -> None:
    """Forty policies with and without dates, in all groups, with targets."""
    chance = random.Random(7)
    with batch():
        for number in range(40):
            day = date(2020, 1, 1) + timedelta(chance.randrange(60))
            policy = add(
                chance.choice(["Steel", "Policy", "policies", "", "Zinc", "éclair", "钢"]) or "A",
                summary=chance.choice(["", "steel policies", "policy"]),
                announced_on=chance.choice([None, day]),
                section=chance.choice(["top", "news"]),
                position=chance.randrange(4),
                published_at=chance.choice(
                    [None, datetime(2024, 1, 1, tzinfo=UTC) + timedelta(chance.randrange(5))]
                ),
            )
            due = chance.choice([None, date(2025 + number % 5, 12, 31)])
            policy.targets.create(text="T", due_on=due, position=chance.randrange(3))


def last(value: Any, *, falling: bool = False) -> tuple:
    """A key that sorts unknown values last in either direction."""
    if value is None:
        return (1, 0)
    number = value.timestamp() if isinstance(value, datetime) else value.toordinal()
    return (0, -number if falling else number)


PLAIN_ORDERS = {
    ("policy", "-announced"): lambda p: (
        last(p.announced_on, falling=True), p.section != "top", p.position, -p.pk),
    ("policy", "announced"): lambda p: (
        last(p.announced_on), p.section != "top", p.position, p.pk),
    ("policy", "-added"): lambda p: (last(p.published_at, falling=True), -p.pk),
    ("policy", "title"): lambda p: (p.title_en or p.headline or p.title_zh, p.pk),
    ("target", "due"): lambda t: (
        last(t.due_on), last(t.policy.announced_on, falling=True), t.policy_id, t.position, t.pk),
    ("target", "-due"): lambda t: (
        last(t.due_on, falling=True), last(t.policy.announced_on, falling=True),
        t.policy_id, t.position, t.pk),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "order"), PLAIN_ORDERS)
def test_an_order_is_what_a_plain_sort_gives_after_edits_too(many, kind, order):
    reader = Index()
    model = {"policy": Policy, "target": Target}[kind]

    def check() -> None:
        held = reader.current().kind(kind)
        rows = model.objects.published()
        expected = [r.pk for r in sorted(rows, key=PLAIN_ORDERS[kind, order])]
        within = [key for key in held.orders.ids(order) if key in held.everything]
        assert within == expected
        assert held.orders.sort(order, expected[::3]) == expected[::3]

    check()
    policies = list(Policy.objects.order_by("pk"))
    policies[3].announced_on, policies[4].title_en = None, "Aaa"
    policies[5].announced_on, policies[6].published_at = date(2030, 1, 1), None
    policies[7].state, policies[8].position = "withdrawn", 9
    for policy in policies[3:9]:
        policy.save()
        check()
    policies[9].delete()
    add("Steel", announced_on=date(2020, 1, 20)).targets.create(text="T", due_on=date(2026, 1, 1))
    moved = policies[10].targets.get()
    moved.due_on = date(2019, 1, 1)
    moved.save()
    check()


def test_every_order_that_is_offered_is_known():
    assert {("policy", name) for name in ORDERS["policy"]} <= set(PLAIN_ORDERS)


@pytest.mark.parametrize("query", ["q=steel", "q=polic*", "q=policies+OR+steel", "sort=title", "",
                                   "q=policies&sort=announced", "q=-steel"])  # fmt: skip
@pytest.mark.parametrize("size", [1, 7, 25])
def test_pages_join_without_gap_or_repeat(many, query, size):
    filterset = PolicyFilter(QueryDict(query))
    total = len(filterset.ids())
    whole = filterset.page(0, 1000)
    pages = [filterset.page(at, at + size) for at in range(0, total + size, size)]
    assert [key for page in pages for key in page] == whole
    assert len(set(whole)) == len(whole) == total > 0
    assert filterset.page(total, total + 10) == []
