"""Out and in again changes nothing, and out once more gives the same file."""

import io
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from policies import bulk
from policies.models import IssuingBody, Policy, Sector, Target
from policies.newsletter.dates import PRECISIONS, PreciseDate

from .sheets import csv_of, done, exported, seen, table, totals

MODELS = list(bulk.SHEETS)
KINDS = list(bulk.FORMATS)


def cells(data: bytes) -> list[list]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data))["Records"]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("model", MODELS)
def test_the_seeded_records_come_back_unchanged(seeded, model, kind):
    data = exported(model, kind)
    look = seen(data, model)
    assert totals(look) == (0, 0, model.objects.count(), 0)
    assert not look.token
    again = exported(model, kind)
    assert again == data if kind == "csv" else cells(again) == cells(data)


@pytest.mark.parametrize("model", [Policy, Target])
def test_the_seeded_records_come_back_as_new_ones(seeded, model):
    before = table(exported(model))
    rows = [before[0], *(["", *row[1:]] for row in before[1:])]
    look = seen(csv_of(rows), model)
    assert totals(look)[0] == len(rows) - 1
    last = model.objects.latest("pk").pk
    done(look, model, twins=True)
    after = table(exported(model, queryset=model.objects.filter(pk__gt=last).order_by("pk")))
    told = {"slug", "state", "published_on"}
    read = [place for place, name in enumerate(before[0]) if name not in told]
    assert [[row[i] for i in read] for row in after] == [[row[i] for i in read] for row in before]


ODD = st.sampled_from(
    ['"', "'=1", "=1+1", "+1", "-1", "@A", "007", "\n", "\r\n", "，、；", "🚂🚃",
     "国务院 财政部", ";", "*", "_x000B_", "\x0b", " ", "MIIT", "Lathe"]
)  # fmt: skip
ANY = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=5)
TEXT = st.lists(st.one_of(ODD, ANY), max_size=4).map("".join)
DATES = st.none() | st.builds(
    PreciseDate, st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.sampled_from(PRECISIONS)
)
RECORD = st.fixed_dictionaries(
    {
        "title_en": TEXT, "title_zh": TEXT, "document_number": TEXT, "headline": TEXT,
        "comment": TEXT, "note": TEXT, "announced": DATES, "expires": DATES,
        "summary": TEXT.map(lambda text: f"Says {text}!"),
        "instrument": st.sampled_from(["", "plan"]), "position": st.integers(0, 9999),
        "issuers": st.lists(st.one_of(st.none(), TEXT.filter(str.strip)), max_size=3),
        "lead": st.integers(-1, 2),
    }
)  # fmt: skip
TARGET = st.fixed_dictionaries(
    {
        "text": TEXT.map(lambda text: f"Raise {text}!"), "heading": TEXT, "due": DATES,
        "value": st.decimals(-(10**15), 10**15, places=4), "unit": st.just("percent"),
        "baseline_value": st.none() | st.decimals(0, 10**9, places=2),
    }
)  # fmt: skip


def make(record: dict, target: dict) -> Policy:
    body = IssuingBody.objects.get_or_create(abbreviation="MIIT", name_en="M", kind="former")[0]
    sector = Sector.objects.get_or_create(name_en="Lathes", slug="lathes")[0]
    record = dict(record)
    issuers, lead = record.pop("issuers"), record.pop("lead")
    dates = {name: record.pop(name) for name in ("announced", "expires")}
    policy = Policy(**record)
    for name, value in dates.items():
        setattr(policy, name, value)
    policy.save()
    policy.sectors.add(sector)
    named = False
    for place, name in enumerate(issuers):
        if name is None and named:
            continue
        named |= name is None
        policy.issuers.create(
            body=body if name is None else None,
            printed=name or "",
            position=place + 1,
            is_lead=place == lead,
        )
    made = Target(policy=policy, **{name: target[name] for name in target if name != "due"})
    made.due = target["due"]
    made.save()
    return policy


@pytest.mark.django_db
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(RECORD, min_size=1, max_size=2), TARGET)
def test_any_record_comes_back_unchanged(records, target):
    with transaction.atomic():
        for record in records:
            make(record, target)
        for model in (Policy, Target):
            for kind in KINDS:
                data = exported(model, kind)
                look = seen(data, model)
                changes = [row.changes for row in look.result.rows if row.changes]
                assert (totals(look), changes) == ((0, 0, len(records), 0), [])
            assert exported(model, "csv") == exported(model, "csv")
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_difference_in_line_ends_alone_is_none():
    policy = Policy.objects.create(title_en="On Lathes", summary="One\r\ntwo\rthree")
    look = seen([["slug", "summary"], [policy.slug, "One\ntwo\nthree"]])
    assert totals(look) == (0, 0, 1, 0)


@pytest.mark.django_db
def test_excel_may_save_the_export_and_it_still_changes_nothing(seeded):
    book = load_workbook(io.BytesIO(exported(Target, "xlsx")))
    out = io.BytesIO()
    book.save(out)
    assert totals(seen(out.getvalue(), Target)) == (0, 0, Target.objects.count(), 0)


@pytest.mark.django_db
def test_the_template_is_an_empty_sheet_whose_second_page_tells_every_column():
    for model, sheets in bulk.SHEETS.items():
        book = load_workbook(io.BytesIO(bulk.template(sheets(), "xlsx")))
        headings = [cell.value for cell in book["Records"][1]]
        told = [row[0].value for row in book["Columns"].iter_rows(min_row=2)]
        assert headings == told == table(bulk.template(sheets(), "csv"))[0]
        assert all(row[1].value for row in book["Columns"].iter_rows(min_row=2)), model


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_the_examples_of_the_columns_can_be_read(seeded, model):
    resource = bulk.SHEETS[model]()
    for column in resource.columns:
        named = column.column_name in ("slug", "policy", "answers", "companies")
        if column.example and not column.readonly and not named:
            try:
                column.read(column.example, resource.known)
            except ValueError as problem:
                raise AssertionError(f"{column.column_name}: {problem}") from problem
