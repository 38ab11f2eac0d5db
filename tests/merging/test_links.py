"""A relation that somebody adds to the models is taken along, or this says that it is not."""

import pytest
from django.apps import apps
from django.db import models

from policies.merging.links import links
from policies.merging.rows import columns, whole
from policies.merging.writing import LeftBehind, gone_along
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyIssuer,
    Sector,
    Target,
    Term,
)

MERGED = [Company, CorporateEvent, IssuingBody, Policy, Sector]
# Columns that name a record of any kind without a foreign key, and what becomes of them.
NAMED = {
    "AlertDelivery": "stays: it tells what was sent",
    "AlertMessage": "stays: it tells what was sent",
    "ErrorReport": "stays: it tells what was reported",
    "FormerSlug": "taken along",
    "Merge": "stays: it tells of the record that was",
    "PublicVersion": "stays: it tells what the public saw of the record that was",
    "SearchChange": "stays: a log",
    "SearchDocument": "made anew",
}


def tracked() -> list[type[models.Model]]:
    found = apps.get_app_config("policies").get_models(include_auto_created=True)
    return [model for model in found if not model.__name__.startswith("Historical")]


@pytest.mark.parametrize("model", MERGED)
def test_every_foreign_key_to_a_record_is_taken_along(model):
    pointing = {
        (table, column.attname)
        for table in tracked()
        for column in table._meta.concrete_fields
        if column.is_relation and column.related_model is model
    }
    taken = {(table, column.attname) for table, found in links(model).items() for column in found}
    assert taken == pointing
    assert taken


@pytest.mark.parametrize("model", MERGED)
def test_a_merge_takes_along_no_history(model):
    assert not [table for table in links(model) if table.__name__.startswith("Historical")]


def test_every_column_that_names_a_record_without_a_key_is_decided_on():
    naming = {
        table.__name__
        for table in tracked()
        for column in table._meta.concrete_fields
        if column.name.endswith("_id") and not column.is_relation
    }
    assert naming == NAMED.keys()


def test_no_generic_relation_is_overlooked():
    assert not [(table, field) for table in tracked() for field in table._meta.private_fields]


@pytest.mark.parametrize("model", tracked())
def test_a_many_to_many_table_of_records_that_are_merged_is_a_plain_one(model):
    """One with columns of its own is a record, and has a model with a history."""
    if model._meta.auto_created:
        assert len(columns(model)) == 2


@pytest.mark.django_db
def test_a_record_that_something_leads_to_does_not_go():
    policy = Policy.objects.create(headline="A plan")
    policy.targets.create(text="Reach it")
    assert [type(row) for row in gone_along(policy)] == [Target]
    assert issubclass(LeftBehind, RuntimeError)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [IssuingBody, NewsletterIssue, PolicyIssuer, Target, Term])
def test_a_row_is_the_same_after_it_was_plain(seeded, model):
    from policies.merging.rows import kept_values

    for row in model._base_manager.all()[:50]:
        plain = whole(row)
        again = model(pk=row.pk, **kept_values(model, plain))
        assert whole(again) == plain
        for column in columns(model):
            assert getattr(again, column.attname) == getattr(row, column.attname)
