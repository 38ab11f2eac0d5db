"""What is typed into a cell, and what is read from it."""

from datetime import date
from decimal import Decimal

import pytest

from policies.bulk.columns import Choice, Link, Number, Text, parts, quoted, read_date
from policies.bulk.known import Known
from policies.models import IssuingBody, Policy, Target
from policies.models.dates import write_period

NOTHING = Known()


def column(kind, model, field):
    return kind(model, field, tells="")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2024", "2024"), ("2024-Q2", "2024-Q2"), ("2024q2", "2024-Q2"), ("2024-04", "2024-04"),
        ("2024-4", "2024-04"), ("2024-04-26", "2024-04-26"), ("2024/4/26", "2024-04-26"),
        ("2024.4.26", "2024-04-26"), ("2024年4月26日", "2024-04-26"), ("2024年4月", "2024-04"),
        ("2024年", "2024"), ("2024/04", "2024-04"), (" 2024-04-26 00:00:00 ", "2024-04-26"),
        ("2024-12-31", "2024-12-31"),
    ],
)  # fmt: skip
def test_a_date_is_as_exact_as_it_is_typed(typed, meant):
    assert write_period(read_date(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("26/04/2024", "which is the day"), ("04-05-24", "which is the day"),
        ("Apr-24", "no date"), ("2024-02-30", "no day of the calendar"),
        ("2024-13", "no date"), ("0000", "no date"), ("spring", "no date"), ("202404", "no date"),
    ],
)  # fmt: skip
def test_a_date_that_could_mean_two_days_or_none_is_refused(typed, words):
    with pytest.raises(ValueError, match=words):
        read_date(typed)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1200", "1200"), (" 25.5 ", "25.5"), ("-5", "-5"), ("1e3", "1000"), ("1200.0000", "1200"),
     ("1234567890123456.1234", "1234567890123456.1234"), ("", None)],
)  # fmt: skip
def test_a_number_is_read_exactly(typed, value):
    read = column(Number, Target, "value").read(typed, NOTHING)
    assert read == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("typed", "words"),
    [("1,200", "has a comma"), ("1，200", "has a comma"), ("25%", "percentage"),
     ("lots", "no number"),
     ("NaN", "no number"), ("1.23456", "4 decimal places"), ("1" * 30, "digits")],
)  # fmt: skip
def test_a_number_that_could_be_misread_is_refused(typed, words):
    with pytest.raises(ValueError, match=words):
        column(Number, Target, "value").read(typed, NOTHING)


def test_a_whole_number_is_whole_and_within_its_bounds():
    year = column(Number, IssuingBody, "active_from")
    assert year.read("2008.0", NOTHING) == 2008
    for typed, words in (("2008.5", "whole"), ("12", "1800")):
        with pytest.raises(ValueError, match=words):
            year.read(typed, NOTHING)


@pytest.mark.parametrize("typed", ["action-plan", "Action plan", "ACTION PLAN", " action_plan "])
def test_a_choice_is_its_value_or_its_label(typed):
    assert column(Choice, Policy, "instrument").read(typed, NOTHING) == "action-plan"


def test_an_empty_choice_is_the_usual_one():
    assert column(Choice, Policy, "instrument").read("", NOTHING) == ""
    assert column(Choice, Policy, "legal_status").read("", NOTHING) == "unknown"
    with pytest.raises(ValueError, match="It is needed: state-organ"):
        column(Choice, IssuingBody, "kind").read(" ", NOTHING)


def test_a_choice_that_is_not_in_the_list_shows_the_list():
    with pytest.raises(ValueError, match="“edict” is not in the list: law, regulation"):
        column(Choice, Policy, "instrument").read("edict", NOTHING)


def test_a_text_keeps_the_rules_of_its_field():
    title = column(Text, Policy, "title_en")
    assert title.read("  A\r\nB ", NOTHING) == "A\nB"
    with pytest.raises(ValueError, match="at most 500 characters"):
        title.read("A" * 501, NOTHING)
    with pytest.raises(ValueError, match="longer than 200,000"):
        column(Text, Policy, "summary").read("A" * 200_001, NOTHING)


def test_a_link_that_is_none_is_quoted():
    with pytest.raises(ValueError, match=r"“https://no host”: Enter a valid URL\."):
        column(Link, Policy, "official_url").read("https://no host", NOTHING)


def test_a_link_without_a_scheme_is_taken_as_https():
    link = column(Link, Policy, "official_url")
    assert link.read("www.gov.cn/x", NOTHING) == "https://www.gov.cn/x"
    assert link.read("http://www.gov.cn/x", NOTHING) == "http://www.gov.cn/x"
    for typed in ("javascript:alert(1)", "see there", "ftp://a.cn/b"):
        with pytest.raises(ValueError, match="valid URL"):
            link.read(typed, NOTHING)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("MIIT; NDRC", ["MIIT", "NDRC"]),
        ("财政部、商务部；科技部", ["财政部", "商务部", "科技部"]),
        ("A\nB\r\nC", ["A", "B", "C"]), (";; A ;", ["A"]), ('"A; B"; C', ["A; B", "C"]),
        ('"say ""A"""', ['say "A"']), ("", []), (' "A" B', ['"A" B']), ('"A', ['"A']),
    ],
)  # fmt: skip
def test_names_in_a_cell_are_parted(cell, names):
    assert [part.name for part in parts(cell)] == names


@pytest.mark.parametrize(
    "name", ["A", "A; B", "甲、乙", 'a "b"', "*", "A*", " A", "A\nB", '"', "；"]
)
def test_a_quoted_name_is_read_whole_again(name):
    for before, after in (("", ""), ("X; ", "; Y")):
        found = [part.name for part in parts(before + quoted(name) + after)]
        assert name in found
        assert len(found) == (3 if before else 1)


def test_a_day_is_shown_as_typed():
    assert read_date("2024-04-30").value == date(2024, 4, 30)
