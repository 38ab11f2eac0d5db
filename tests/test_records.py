"""Which fields of a record are public, and under which names."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from policies import publishing
from policies.models import (
    Company,
    CorporateEvent,
    DeclinedFollowUp,
    DroppedTarget,
    IssueImport,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyRelation,
    Sector,
    Target,
    TargetLink,
    Term,
)
from policies.records import FIELDS, NOT_PUBLIC, public_fields, public_records
from policies.records.kinds import PARTS

pytestmark = pytest.mark.django_db
ALL = FIELDS | PARTS
# Rows of editors' work, of which nothing is public.
BEHIND_THE_DESK = {DeclinedFollowUp, IssueImport}
# Told on a target's page by what both ends are; not part of either.
BETWEEN = {DroppedTarget, TargetLink}


def columns(model) -> set[str]:
    return {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.__name__)
def test_every_column_is_public_under_a_name_or_not_public_for_a_reason(model):
    told = {column for field in ALL[model] for column in field.columns}
    kept_back = NOT_PUBLIC[model]
    assert told | kept_back.keys() == columns(model)
    assert told & kept_back.keys() == set()
    assert all(kept_back.values())


@pytest.mark.parametrize("model", FIELDS, ids=lambda model: model.__name__)
def test_each_row_that_hangs_on_a_record_is_public_or_not_public_for_a_reason(model):
    hanging = {
        relation.related_model
        for relation in model._meta.related_objects
        if relation.one_to_many and relation.related_model._meta.app_label == "policies"
    }
    history = {m for m in hanging if m.__name__.startswith("Historical")}
    assert hanging - history - ALL.keys() <= BEHIND_THE_DESK | BETWEEN


@pytest.mark.parametrize("model", FIELDS, ids=lambda model: model.__name__)
def test_names_stand_once_and_every_field_says_what_it_means(model):
    names = [field.name for field in FIELDS[model]]
    assert len(names) == len(set(names))
    assert all(f.label and f.meaning.endswith(".") for f in FIELDS[model])


@pytest.mark.parametrize("model", FIELDS, ids=lambda model: model.__name__)
def test_public_fields_are_plain_data_in_the_order_of_the_list(seeded, model):
    for fields in public_records(model.objects.all()[:20]):
        assert list(fields) == [field.name for field in FIELDS[model]]
        assert json.loads(json.dumps(fields)) == fields


@pytest.fixture
def policy(db):
    issue = NewsletterIssue.objects.create(
        publisher="P", title="Letter", published_on=date(2024, 5, 8), source_text="secret source"
    )
    policy = Policy.objects.create(
        title_en="On lathes",
        title_zh="关于车床",
        instrument="notice",
        issue=issue,
        note="secret note",
        imported={"summary": "secret import"},
        announced_on=date(2024, 4, 30),
        announced_precision="month",
    )
    body = IssuingBody.objects.create(
        name_en="Ministry of Lathes", abbreviation="MOL", name_zh="车床部", kind="local-government"
    )
    policy.issuers.create(body=body, printed="the lathe ministry", is_lead=True, position=1)
    policy.issuers.create(printed="Somebody", position=2)
    policy.targets.create(
        text="Ten more",
        value=Decimal("10.50"),
        unit="percent",
        due_on=date(2027, 12, 31),
        due_precision="year",
    )
    policy.amounts.create(value=Decimal("300000000.00"), currency="CNY")
    policy.sources.create(label="A paper", url="https://a.example/")
    policy.sectors.add(Sector.objects.create(name_en="Machines", name_zh="机器"))
    return publishing.publish(policy, by=None)


def test_a_policy_gives_its_fields_as_readers_see_them(policy):
    fields = public_fields(policy)
    assert fields["title_zh"] == "关于车床"
    assert fields["announced"] == {
        "date": "2024-04-30",
        "precision": "month",
        "text": "April 2024",
    }
    assert fields["instrument"] == {"value": "notice", "label": "Notice"}
    assert fields["effective"] is None
    assert fields["address"] == policy.get_absolute_url()
    lead, other = fields["issuers"]
    assert lead["body"]["name_zh"] == "车床部"
    assert (lead["lead"], lead["printed"]) == (True, "")
    assert other == {"body": None, "printed": "Somebody", "lead": False}
    assert fields["amounts"][0]["value"] == "300000000"
    assert fields["targets"][0]["value"] == "10.5"
    assert fields["targets"][0]["due"]["text"] == "2027"
    assert fields["sectors"][0]["slug"] == "machines"
    assert fields["issue"]["slug"] == "2024-05-08"


def test_what_editors_keep_to_themselves_is_in_no_field(policy):
    policy._change_reason = "secret reason"
    policy.save()
    records = [policy, policy.targets.get(), policy.issue, IssuingBody.objects.get()]
    assert "secret" not in json.dumps([public_fields(record) for record in records])


def test_a_relation_to_a_policy_that_is_not_public_is_in_no_field(policy):
    hidden = Policy.objects.create(title_en="Hidden")
    PolicyRelation.objects.create(policy=policy, kind="amends", other=hidden, note="Why")
    event = CorporateEvent.objects.create(text="It happened")
    event.answers.add(hidden, policy)
    assert public_fields(policy)["relations"] == []
    assert [row["slug"] for row in public_fields(event)["answers"]] == [policy.slug]
    publishing.publish(hidden, by=User.objects.create_user("e"))
    (relation,) = public_fields(Policy.objects.get(pk=policy.pk))["relations"]
    assert (relation["kind"]["label"], relation["other"]["name"]) == ("amends", "Hidden")


def test_a_body_gives_its_names_and_whom_it_followed(seeded):
    bodies = IssuingBody.objects.filter(precessions__isnull=False)
    fields = public_fields(bodies.first())
    assert fields["follows"][0]["body"]["name"]
    assert fields["follows"][0]["year"]


@pytest.mark.parametrize(
    "model", [Policy, CorporateEvent, Target, IssuingBody, Company, Sector, Term, NewsletterIssue]
)
def test_many_records_are_read_with_as_many_questions_as_few(seeded, model):
    def questions(number: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert list(public_records(model.objects.all()[:number]))
        return len(asked)

    assert questions(1) <= questions(300) <= 14


def test_a_list_gives_its_records_in_its_order(seeded):
    records = list(Policy.objects.order_by("-pk")[:7])
    assert [f["slug"] for f in public_records(records)] == [r.slug for r in records]


def test_a_decimal_column_is_never_given_as_a_number_that_loses_digits():
    exact = {
        field.name
        for model in ALL
        for field in model._meta.concrete_fields
        if isinstance(field, models.DecimalField)
    }
    types = {f.name: f.type for model in ALL for f in ALL[model]}
    assert {name: types[name] for name in exact} == dict.fromkeys(exact, "number")
