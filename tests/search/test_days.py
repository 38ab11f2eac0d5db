"""The first few of many records by their days, against a plain reading of all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from pyroaring import BitMap

from policies import publishing
from policies.models import CorporateEvent, Policy, Region, Sector, Target
from policies.search.days import FEW, MOST, due, first, latest
from policies.search.index import KindIndex, current_index
from policies.views.newest import due_next, in_sectors, newest_events, newest_policies, sharing

pytestmark = pytest.mark.django_db
START = date(2020, 1, 1)
MANY = FEW + 60


def day_of(n: int) -> date | None:
    """Five records share a day, their numbers far apart; every twentieth has none."""
    return None if n % 20 == 0 else START + timedelta(days=n % (MANY // 5))


@pytest.fixture
def policies(db) -> list[Policy]:
    made = Policy.objects.bulk_create(
        Policy(
            title_en=f"P{n}", slug=f"p-{n}", state="published", announced_on=(day := day_of(n)),
            announced_precision="day" if day else "", section="top" if n % 3 else "news",
            position=n % 4,
        )
        for n in range(MANY)
    )  # fmt: skip
    call_command("rebuild_search", verbosity=0)
    return made


@pytest.fixture
def events(db) -> list[CorporateEvent]:
    made = CorporateEvent.objects.bulk_create(
        CorporateEvent(
            text=f"E{n}", slug=f"e-{n}", state="published", kind="investment", position=n % 4,
            happened_on=(day := day_of(n)), happened_precision="day" if day else "",
        )
        for n in range(MANY)
    )  # fmt: skip
    call_command("rebuild_search", verbosity=0)
    return made


def held(kind: str) -> KindIndex:
    return current_index().kind(kind)


def keys(records: list[Any]) -> list[int]:
    return [record.pk for record in records]


def as_told(records: list[Any], *fields: str) -> list[int]:
    """Keys by day, the latest first, what has none last; then by the fields."""
    day = fields[0]

    def place(record: Any) -> tuple:
        known = getattr(record, day)
        # Of one day, top items stand before news, and of equals what came last.
        is_news = getattr(record, "section", "") == "news"
        rest = (getattr(record, name) for name in fields[1:])
        return (known is None, -(known or START).toordinal(), is_news, *rest, -record.pk)

    return keys(sorted(records, key=place))


def questions(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


@pytest.mark.parametrize("number", [1, 6, 100, MANY, MANY + 1])
def test_the_newest_policies_are_those_of_a_plain_reading(policies, number):
    found = newest_policies(Policy.objects, current_index(), held("policy").everything, number)
    assert keys(found) == as_told(policies, "announced_on", "position")[:number]


@pytest.mark.parametrize("number", [1, 6, 100, MANY, MANY + 1])
def test_the_newest_events_are_those_of_a_plain_reading(events, number):
    found = newest_events(CorporateEvent.objects, current_index(), held("event").everything, number)
    assert keys(found) == as_told(events, "happened_on", "position")[:number]


@pytest.mark.parametrize("size", [0, 1, FEW - 1, FEW, FEW + 1])
def test_a_few_of_them_are_in_the_same_order(policies, size):
    some = policies[:size]
    found = newest_policies(Policy.objects, current_index(), BitMap(keys(some)), 12)
    assert keys(found) == as_told(some, "announced_on", "position")[:12]


def test_the_newest_are_read_with_one_question(policies):
    index, everything = current_index(), held("policy").everything
    assert questions(lambda: newest_policies(Policy.objects, index, everything, 6)) == 1
    assert questions(lambda: newest_policies(Policy.objects, index, BitMap(), 6)) == 0


def test_what_is_withdrawn_behind_the_index_is_not_shown(policies):
    index, told = current_index(), as_told(policies, "announced_on", "position")
    everything = held("policy").everything
    Policy.objects.filter(pk__in=told[:7]).update(state="withdrawn")
    assert keys(newest_policies(Policy.objects, index, everything, 6)) == told[7:13]


def test_groups_begin_with_the_latest_day_and_hold_each_record_once(events):
    index = held("event")
    groups = list(latest(index, "happened", index.everything))
    assert sum(map(len, groups)) == MANY
    assert BitMap.union(*groups) == index.everything
    assert groups[-1] == BitMap(event.pk for event in events if event.happened_on is None)


def test_records_of_a_sector_itself_are_told_from_those_below_it(events):
    whole = Sector.objects.create(name_en="Whole", slug="whole")
    part = Sector.objects.create(name_en="Part", slug="part", parent=whole)
    for event in events:
        # The newest are all below it.
        event.sectors.add(whole if (event.happened_on or START) < date(2020, 1, 15) else part)
    index, own = held("event"), [event for event in events if event.sectors.get() == whole]
    near = sharing(index, "sector", [whole.pk], but=own[0].pk)
    assert len(near) == MANY - 1
    found = newest_events(in_sectors(CorporateEvent, [whole.pk]), current_index(), near, 5)
    assert keys(found) == as_told(own[1:], "happened_on", "position")[:5]


def test_what_falls_due_next_is_that_of_a_plain_reading(policies):
    today = localdate()
    days = [date(today.year - 1, 12, 31), date(today.year + 1, 12, 31), date(today.year + 2, 6, 30)]
    targets = Target.objects.bulk_create(
        Target(policy=policy, text=f"T{n}", slug=f"t-{policy.pk}-{n}", position=n,
               due_on=days[policy.pk % 3], due_precision="day")
        for policy in policies for n in (2, 1)
    )  # fmt: skip
    Target.objects.create(policy=policies[0], text="Some day", slug="some-day")
    call_command("rebuild_search", verbosity=0)

    def place(row: Target) -> tuple:
        of, known = row.policy, row.policy.announced_on
        since = (known is None, -(known or START).toordinal(), of.section, of.position)
        return (row.due_on, *since, row.position, row.pk)

    told = keys(sorted((row for row in targets if row.due_on > today), key=place))
    assert keys(due_next(current_index(), 60)) == told[:60]
    index = current_index()
    assert questions(lambda: due_next(index, 6)) == 1


def test_what_is_due_is_read_from_a_day_on(policies):
    for year in (2030, 2031, 2032):
        Target.objects.create(
            policy=policies[1], text="All", slug=f"t-{year}", due_on=date(year, 12, 31),
            due_precision="year",
        )  # fmt: skip
    found = [list(ids) for ids in due(held("target"), "2031-12-31")]
    assert found == [[t.pk] for t in Target.objects.filter(due_on__gte=date(2031, 12, 31))]


def test_more_keys_than_a_question_may_name_are_asked_for_in_parts(db):
    regions = Region.objects.bulk_create(
        Region(name_en=f"R{n % 7}", slug=f"r-{n:05}") for n in range(2 * MOST + 1)
    )
    told = keys(sorted(regions, key=lambda row: (row.name_en, row.pk)))
    rows = Region.objects.order_by("name_en", "pk")
    assert keys(first(rows, iter([BitMap(told)]), 900)) == told[:900]


def test_a_policy_just_published_is_the_newest(policies, django_capture_on_commit_callbacks):
    latest_day = max(policy.announced_on for policy in policies if policy.announced_on)
    with django_capture_on_commit_callbacks(execute=True):
        policy = Policy.objects.create(
            title_en="New", slug="new", section="news", instrument="plan",
            announced_on=latest_day + timedelta(days=1), announced_precision="day",
        )  # fmt: skip
        publishing.publish(policy, by=None)
    everything = held("policy").everything
    assert newest_policies(Policy.objects, current_index(), everything, 1) == [policy]
