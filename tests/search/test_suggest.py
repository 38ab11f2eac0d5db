"""Suggestions while typing: names and public titles, whatever is typed."""

from __future__ import annotations

import pytest

from policies.filters import PolicyFilter
from policies.models import Company, IssuingBody, Policy, Sector, Term
from policies.search.suggest import MOST_NAMES, MOST_TITLES, suggestions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _names(db):
    body = IssuingBody.objects.create(
        slug="moa", name_en="Ministry of Algae", abbreviation="MOA", short_name_zh="藻类部",
        kind="party-organ",
    )  # fmt: skip
    body.aliases.create(name="Seaweed Bureau", language="en")
    Term.objects.create(term_en="Computing power", term_zh="算力", definition="d")
    Sector.objects.create(slug="w", name_en="Wafers", name_zh="晶圆", aliases=["silicon"])
    Company.objects.create(slug="s", name_en="Secret Ltd", name_zh="秘密")
    Policy.objects.create(state="published", title_en="Plan for seagrass", title_zh="海草规划")
    Policy.objects.create(title_en="Draft for seagrass")


def texts(typed: str) -> list[str]:
    return [suggestion.text for suggestion in suggestions(typed)]


def names(typed: str) -> list[str]:
    return [name for one in suggestions(typed) for name in (one.text, one.beside)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("minis", "Ministry of Algae"), ("ALGAE", "Ministry of Algae"), ("moa", "Ministry of Algae"),
     ("seaweed", "Ministry of Algae"), ("藻", "Ministry of Algae"), ("zaolei", "Ministry of Algae"),
     ("zao lei", "Ministry of Algae"), ("comp", "Computing power"), ("power", "Computing power"),
     ("算", "Computing power"), ("suanl", "Computing power"), ("suan l", "Computing power"),
     ("waf", "Wafers"), ("silic", "Wafers"), ("晶", "Wafers"), ("jingyuan", "Wafers"),
     ("seagr", "Plan for seagrass"), ("plan sea", "Plan for seagrass"),
     ("海草", "Plan for seagrass"),
     ("ＷＡＦ", "Wafers")],
)  # fmt: skip
def test_a_name_or_title_is_suggested_by_its_first_letters(typed, name):
    assert name in names(typed)


def test_the_language_of_the_suggestions_is_that_of_what_is_typed():
    Policy.objects.create(state="published", title_en="Only English")
    assert suggestions("algae") == [("Ministry of Algae", "藻类部", "Issuing body")]
    assert suggestions("藻") == [("藻类部", "Ministry of Algae", "Issuing body")]
    assert suggestions("海草") == [("海草规划", "Plan for seagrass", "Policy")]
    assert suggestions("suan") == [("Computing power", "算力", "Term")]
    assert suggestions("suan", in_chinese=True) == [("算力", "Computing power", "Term")]
    assert suggestions("only", in_chinese=True) == [("Only English", "", "Policy")]


def test_a_name_that_two_things_bear_is_suggested_once():
    Sector.objects.create(slug="c", name_en="Computing power", name_zh="算力")
    assert suggestions("computing") == [("Computing power", "算力", "Term")]


def test_what_the_public_does_not_see_is_never_suggested():
    assert "Draft for seagrass" not in texts("draft") + texts("seagrass") + texts("d")
    assert texts("secret") == texts("秘密") == texts("mimi") == []


@pytest.mark.parametrize(
    "typed", ["", "   ", "*", "-", "&", "。", "\0", "\ud800", "()", ")", '"', "=", "-zzz", "a" * 81]
)
def test_nothing_is_suggested_where_nothing_was_meant(typed):
    assert texts(typed) == []


@pytest.mark.parametrize(
    "typed", [") OR (x", 'a" b', "title:(", "NOT", "OR", "comment:x", "\u202ealgae", "算" * 80,
              "a\0b", "%", "_", "'; --", "[", "(" * 80],
)  # fmt: skip
def test_odd_input_is_answered(client, typed):
    assert suggestions(typed) is not None
    assert client.get("/suggest/", {"q": typed.replace("\ud800", "")}).status_code == 200


def test_a_few_suggestions_are_enough():
    for number in range(20):
        Term.objects.create(term_en=f"Algae form {number}", term_zh=f"藻{number}", definition="d")
        Policy.objects.create(state="published", title_en=f"Algae plan {number}")
    found = suggestions("algae")
    assert len(found) == MOST_NAMES + MOST_TITLES
    assert len(set(found)) == len(found)


def test_what_begins_so_stands_before_what_holds_it():
    Term.objects.create(term_en="Algae power", term_zh="藻力", definition="d")
    assert texts("algae")[0] == "Algae power"


@pytest.mark.parametrize(
    "title",
    ["Plan for weed -free ponds", "Plan with a = sign", "Plan =exactly so", "Plan comment: do not",
     "Plan “of quotes", "Plan for 5\" pipes", "Plan (not closed", "Plan closed) here",
     "Plan NOT to wait", "Plan A OR plan B", "Plan for weed*", "Plan – a dash & no word",
     "Plan https://example.org", "Plan title:x", "Plan 〔2024〕 3 of 7", "Plan ((((a) b) c) d)",
     "Plan " + " ".join(f"word{n}" for n in range(41)), "Plan " + "long " * 99,
     "Plan 关于“专精特新”中小企业“小巨人”的通知", "Plan《海草》（2024—2026年）", "Plan “A” to “B”",
     "Plan (for Trial Implementation)", "Plan: kelp, dulse and -nori-", "Plan -", "Plan \\ / | ||"],
)  # fmt: skip
def test_what_is_put_into_the_box_finds_the_record_that_was_offered(title):
    policy = Policy.objects.create(state="published", title_en=title, title_zh="计划 -“海” 甲=乙")
    for typed, in_chinese in (("plan", False), ("plan", True)):
        offered = suggestions(typed, in_chinese=in_chinese)
        one = next(one for one in offered if title in (one.text, one.beside))
        found = PolicyFilter({"q": one.query})
        assert policy.pk in found.ids(), one.query
        assert found.query.notices == []
        assert len(one.query) <= 500


def test_a_title_of_plain_words_is_searched_as_it_reads():
    title = "Plan for seagrass (2024-2026): “little” kelp, with R&D"
    Policy.objects.create(state="published", title_en=title)
    assert title in [one.query for one in suggestions("plan")]
