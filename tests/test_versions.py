"""Versions: what the public saw of a record from when on, whichever way it was changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from policies import publishing
from policies.models import (
    BodyAlias,
    CorporateEvent,
    IssuingBody,
    Policy,
    PolicyRelation,
    PublicVersion,
    Region,
    Sector,
    Target,
)
from policies.search.indexing import batch, touch
from policies.versions.keeping import write_first_versions
from tests.admin.forms import address, sent

pytestmark = pytest.mark.django_db


def versions_of(record) -> list[PublicVersion]:
    """The versions of a record, oldest first."""
    kind = record._meta.model_name
    return list(PublicVersion.objects.filter(kind=kind, record_id=record.pk).order_by("pk"))


def changes_of(record) -> list[str]:
    return [version.change for version in versions_of(record)]


def again(record):
    return type(record)._base_manager.get(pk=record.pk)


@pytest.fixture
def policy(db) -> Policy:
    """A public policy with an issuer and a target."""
    with batch():
        policy = Policy.objects.create(title_en="On lathes", summary="One lathe.")
        body = IssuingBody.objects.create(
            name_en="Ministry of Lathes", abbreviation="MOL", kind="local-government"
        )
        policy.issuers.create(body=body)
        policy.targets.create(text="Ten lathes", value=10)
        publishing.publish(policy, by=None)
    return again(policy)


def test_nothing_is_kept_of_a_record_that_never_was_public(db):
    policy = Policy.objects.create(title_en="A draft")
    policy.targets.create(text="A target")
    policy.title_en = "Another draft"
    policy.save()
    policy.delete()
    assert not PublicVersion.objects.exclude(kind="issuingbody").exists()


def test_publishing_keeps_the_first_version_with_its_moment(policy):
    (version,) = versions_of(policy)
    assert (version.change, version.title) == ("published", "On lathes")
    assert version.since == policy.published_at
    assert version.fields["summary"] == "One lathe."
    assert changes_of(policy.targets.get()) == ["published"]


def test_a_correction_keeps_the_old_and_the_new(policy):
    policy.summary = "Two lathes."
    policy.save()
    first, second = versions_of(policy)
    assert (first.fields["summary"], second.fields["summary"]) == ("One lathe.", "Two lathes.")
    assert second.change == "corrected"
    assert second.since > first.since


def test_a_save_that_changes_nothing_public_keeps_nothing(policy):
    policy.note, policy.imported = "For editors", {"summary": "Some"}
    policy.save()
    policy.slug = "another-address"
    policy.save()
    touch("policy", [policy.pk])
    assert changes_of(policy) == ["published"]


def test_withdrawing_and_publishing_again_are_kept_with_the_note(policy):
    publishing.withdraw(policy, by=None, note="Printed twice.", reason="For editors")
    publishing.publish(again(policy), by=None)
    assert changes_of(policy) == ["published", "withdrawn", "published"]
    gone = versions_of(policy)[1]
    assert (gone.note, gone.fields) == ("Printed twice.", {})
    assert changes_of(policy.targets.get()) == ["published", "withdrawn", "published"]


def test_what_is_edited_while_withdrawn_is_kept_once_it_is_public_again(policy):
    publishing.withdraw(policy, by=None)
    policy = again(policy)
    policy.summary = "A draft of something better."
    policy.save()
    assert "draft" not in str([version.fields for version in versions_of(policy)])
    publishing.send_back(policy, by=None)
    publishing.publish(again(policy), by=None)
    assert versions_of(policy)[-1].fields["summary"] == "A draft of something better."


def test_deleting_a_record_ends_what_the_public_saw(policy):
    target = policy.targets.get()
    policy_key, target_key = policy.pk, target.pk
    with batch():
        policy.delete()
    policy.pk, target.pk = policy_key, target_key
    assert changes_of(policy) == ["published", "withdrawn"]
    assert changes_of(target) == ["published", "withdrawn"]


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.targets.get().delete(),
        lambda p: p.targets.create(text="Another"),
        lambda p: p.provisions.create(text="A bullet"),
        lambda p: p.amounts.create(value=5, currency="CNY"),
        lambda p: p.sources.create(label="A paper"),
        lambda p: p.issuers.create(printed="Somebody"),
        lambda p: p.sectors.add(Sector.objects.create(name_en="Machines")),
        lambda p: p.regions.add(Region.objects.create(name_en="Jilin", kind="province")),
        lambda p: PolicyRelation.objects.create(policy=p, kind="amends", other=other()),
        lambda p: (
            p.issuers.update(printed="Past the signals", body=None) and touch("policy", [p.pk])
        ),
    ],
)
def test_every_row_that_hangs_on_a_record_counts_as_a_change_of_it(policy, change):
    change(policy)
    assert changes_of(policy) == ["published", "corrected"]


def other() -> Policy:
    return publishing.publish(Policy.objects.create(title_en="Another"), by=None)


def test_a_change_of_a_target_is_kept_of_the_target_and_its_policy(policy):
    target = policy.targets.get()
    target.status, target.evidence_url = "met", "https://a.example/"
    target.save()
    assert changes_of(target) == changes_of(policy) == ["published", "corrected"]
    assert versions_of(policy)[1].fields["targets"][0]["status"]["value"] == "met"


def test_one_batch_gives_one_version_of_each_record(policy):
    with batch():
        for word in ("Two", "Three", "Four"):
            policy.summary = f"{word} lathes."
            policy.save()
            policy.sources.create(label=word)
    assert changes_of(policy) == ["published", "corrected"]
    assert [s["label"] for s in versions_of(policy)[1].fields["sources"]] == [
        "Two",
        "Three",
        "Four",
    ]


def test_a_batch_that_fails_keeps_no_version(policy):
    def fail() -> None:
        with batch():
            policy.summary = "Broken."
            policy.save()
            raise ZeroDivisionError

    with transaction.atomic(), pytest.raises(ZeroDivisionError):
        fail()
    assert changes_of(policy) == ["published"]


def test_a_change_taken_back_is_a_correction_too(policy):
    for words in ("Wrong.", "One lathe."):
        policy.summary = words
        policy.save()
    assert changes_of(policy) == ["published", "corrected", "corrected"]


# Names of others


def test_renaming_a_body_is_kept_of_the_body_and_of_no_policy(policy):
    body = IssuingBody.objects.get()
    body.name_en, body.slug = "Ministry of All Lathes", "moal"
    body.save()
    touch("policy", [policy.pk])
    assert changes_of(body) == ["published", "corrected"]
    assert changes_of(policy) == ["published"]


def test_a_body_keeps_its_other_names_and_whom_it_followed(policy):
    body = IssuingBody.objects.get()
    BodyAlias.objects.create(body=body, name="Lathe Ministry", language="en")
    older = IssuingBody.objects.create(name_en="Old Ministry", kind="former")
    body.precessions.create(predecessor=older, year=1998)
    assert changes_of(body) == ["published", "corrected", "corrected"]
    assert versions_of(older)[-1].fields["followed_by"][0]["year"] == 1998


def test_a_related_policy_that_comes_or_goes_is_no_correction(policy):
    later = Policy.objects.create(title_en="Later")
    PolicyRelation.objects.create(policy=policy, kind="amends", other=later)
    event = CorporateEvent.objects.create(text="It happened")
    publishing.publish(event, by=None)
    event = again(event)
    event.answers.add(later)
    for step, shown in (
        (publishing.publish, 1),
        (publishing.withdraw, 0),
        (publishing.publish, 1),
    ):
        with batch():
            step(again(later), by=None)
            touch("policy", [policy.pk])
            touch("event", [event.pk])
        touch("policy", [policy.pk])
        assert changes_of(policy) == changes_of(event) == ["published"]
        assert len(versions_of(policy)[0].fields["relations"]) == shown
        assert len(versions_of(event)[0].fields["answers"]) == shown


def test_a_relation_that_an_editor_adds_changes_or_drops_is_one(policy):
    relation = PolicyRelation.objects.create(policy=policy, kind="amends", other=other())
    relation.note = "In part."
    relation.save()
    relation.delete()
    assert changes_of(policy) == ["published", *["corrected"] * 3]


# Before versions were kept


def test_a_record_from_before_counts_as_public_since_it_was_published(policy):
    PublicVersion.objects.all().delete()
    assert write_first_versions() == 3
    (version,) = versions_of(policy)
    assert (version.change, version.since) == ("published", policy.published_at)
    assert versions_of(policy.targets.get())[0].since == policy.published_at
    policy.summary = "Two lathes."
    policy.save()
    assert [v.fields["summary"] for v in versions_of(policy)] == ["One lathe.", "Two lathes."]


def test_first_versions_are_written_once(policy, capsys):
    assert write_first_versions() == 0
    PublicVersion.objects.all().delete()
    call_command("write_versions")
    call_command("write_versions")
    assert capsys.readouterr().out.splitlines() == [
        "3 first versions written.",
        "0 first versions written.",
    ]


def test_seeding_gives_every_public_record_its_first_version(seeded):
    for model in (Policy, CorporateEvent, Target, IssuingBody):
        kept = PublicVersion.objects.filter(kind=model._meta.model_name, change="published")
        assert kept.values("record_id").distinct().count() == model.objects.count() == kept.count()
    assert not PublicVersion.objects.exclude(change="published").exists()


# Cost


def test_a_version_of_many_records_costs_as_many_questions_as_of_few(seeded):
    def questions(number: int) -> int:
        policies = list(Policy.objects.all()[:number])
        with CaptureQueriesContext(connection) as asked, batch():
            keys = [policy.pk for policy in policies]
            Policy.objects.filter(pk__in=keys).update(commentator=f"Somebody {number}")
            touch("policy", keys)
        return sum("publicversion" in query["sql"] for query in asked)

    assert questions(2) == questions(20) <= 5
    corrected = PublicVersion.objects.filter(
        change="corrected", since__gt=timezone.now() - timedelta(hours=1)
    )
    assert corrected.count() == 2 + Policy.objects.count()


def test_an_edit_of_a_record_in_review_asks_little_for_versions(db):
    policy = Policy.objects.create(title_en="A draft")
    with CaptureQueriesContext(connection) as asked:
        touch("policy", [policy.pk])
    assert sum("publicversion" in query["sql"] for query in asked) <= 2


# What an editor's form does


def test_a_form_with_many_rows_gives_one_version(seeded, client):
    policy = Policy.objects.get(section="top", position=2)
    client.force_login(User.objects.create_superuser("boss"))
    changes = {
        "summary": "A corrected summary.",
        "document_number": "国发〔2024〕1号",
        "targets-0-metric": "Another metric",
    }
    assert sent(client, address(policy, "change"), **changes).status_code == 302
    assert changes_of(policy) == ["published", "corrected"]
