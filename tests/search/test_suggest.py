"""Suggestions while typing: names and public titles, whatever is typed."""

from __future__ import annotations

import pytest

from policies.filters import (
    BodyFilter,
    CompanyFilter,
    EventFilter,
    PolicyFilter,
    SectorFilter,
    TargetFilter,
    TermFilter,
)
from policies.models import Company, CorporateEvent, IssuingBody, Policy, Sector, Target, Term
from policies.search.suggest import MOST_NAMES, MOST_TITLES, suggestions

LISTS = {
    "policy": PolicyFilter, "target": TargetFilter, "event": EventFilter, "body": BodyFilter,
    "company": CompanyFilter, "sector": SectorFilter, "term": TermFilter,
}  # fmt: skip

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


def test_a_name_comes_first_when_it_is_typed_whole():
    for number in range(MOST_NAMES):
        IssuingBody.objects.create(
            slug=f"s{number}", name_en=f"State Bureau {number}", kind="other"
        )
        IssuingBody.objects.create(
            slug=f"m{number}", name_en=f"Mixed Bureau {number}", kind="other"
        )
    Sector.objects.create(slug="b", name_en="Bases of data", name_zh="数据库")
    Sector.objects.create(slug="d", name_en="Data", name_zh="数据")
    tax = IssuingBody.objects.create(
        slug="t", name_en="Tax Office", abbreviation="STA", kind="other"
    )
    mill = IssuingBody.objects.create(slug="i", name_en="Works", abbreviation="MIIT", kind="other")
    Term.objects.create(term_en="Data elements", term_zh="数据要素", definition="d")
    assert texts("STA")[0] == texts("sta")[0] == tax.name_en
    assert texts("MI")[0] == mill.name_en
    assert texts("data") == ["Data", "Data elements", "Bases of data"]


def test_of_names_that_begin_alike_the_one_with_more_records_comes_first():
    def body(name: str, records: int, **more: str) -> None:
        issuer = IssuingBody.objects.create(slug=name.lower(), name_en=name, kind="other", **more)
        for number in range(records):
            policy = Policy.objects.create(state="published", title_en=f"{name} rule {number}")
            policy.issuers.create(body=issuer, position=1, printed=name)

    body("Kelp House", 1)
    body("Kelp Office", 3)
    body("Kelp Yard", 2)
    body("Farm for kelp", 4)
    Term.objects.create(term_en="Kelp rule", term_zh="海带规则", definition="d")
    names = ["Kelp rule", "Kelp Office", "Kelp Yard", "Kelp House", "Farm for kelp"]
    assert texts("kelp")[:5] == names


@pytest.mark.parametrize(
    ("typed", "name"),
    [("zhongguo renmin yinhang", "Bank"), ("zhongguorenminyinhang", "Bank"),
     ("renmin yinhang", "Bank"), ("renminyin", "Bank"), ("人民", "Bank"), ("semicond", "Chips"),
     ("semi-conductor", "Chips"), ("semi-cond", "Chips"), ("semi cond", "Chips"),
     ("nonferrous", "Non-ferrous metals"), ("ferrous", "Non-ferrous metals")],
)  # fmt: skip
def test_spaces_and_hyphens_make_no_difference(typed, name):
    IssuingBody.objects.create(slug="p", name_en="Bank", name_zh="中国人民银行", kind="other")
    Sector.objects.create(slug="c", name_en="Chips", name_zh="芯片", aliases=["semiconductors"])
    Sector.objects.create(slug="n", name_en="Non-ferrous metals", name_zh="有色金属")
    assert name in names(typed)


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


def _records() -> None:
    policy = Policy.objects.create(state="published", title_en="Wafers for all", title_zh="晶圆")
    policy.issuers.create(body=IssuingBody.objects.get(), position=1, printed="Algae")
    Target.objects.create(policy=policy, metric="Share of new wafers", text="A share of 9 percent")
    Target.objects.create(policy=policy, text="Use wafers - “all”")
    company = Company.objects.create(slug="k", name_en="Kelp & Wafers", name_zh="海带")
    event = CorporateEvent.objects.create(
        state="published", headline="Kelp builds a yard", text="It *cuts* wafers -all-"
    )
    event.companies.add(company)


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("typed", ["w", "wafers", "algae", "comp", "kelp", "晶", "suanli", "moa"])
def test_all_that_a_list_suggests_finds_something_on_it(kind, typed):
    _records()
    for one in suggestions(typed, kinds=[kind]):
        assert LISTS[kind]({"q": one.query}).ids(), one


@pytest.mark.parametrize(
    ("kind", "typed", "offered"),
    [("target", "waf", ["Wafers", "Share of new wafers", "Use wafers - “all”"]),
     ("event", "waf", ["Wafers", "Kelp & Wafers", "Kelp builds a yard"]),
     ("company", "waf", ["Wafers", "Kelp & Wafers"]), ("company", "algae", []),
     ("body", "waf", []), ("body", "algae", ["Ministry of Algae"]),
     ("policy", "algae", ["Ministry of Algae"]), ("policy", "comp", []),
     ("sector", "waf", ["Wafers"]), ("term", "comp", ["Computing power"]), ("event", "algae", [])],
)  # fmt: skip
def test_a_list_suggests_its_own_records_and_what_they_bear(kind, typed, offered):
    _records()
    found = [one.text for one in suggestions(typed, kinds=[kind])]
    assert found == offered


def test_a_list_finds_its_own_records_behind_many_names_that_find_nothing():
    for number in range(30):
        Term.objects.create(term_en=f"Kelp kind {number}", term_zh=f"海{number}", definition="d")
    Company.objects.create(slug="k", name_en="Kelp Corp", name_zh="海带公司")
    event = CorporateEvent.objects.create(state="published", text="Something happened.")
    event.companies.add(Company.objects.get(slug="k"))
    assert [one.text for one in suggestions("kelp", kinds=["company"])] == ["Kelp Corp"]


def test_drafts_of_no_kind_are_suggested():
    Company.objects.create(slug="k", name_en="Dulse Corp", name_zh="红藻")
    CorporateEvent.objects.create(headline="Dulse is cut", text="Dulse")
    Target.objects.create(policy=Policy.objects.get(title_en="Draft for seagrass"), text="Dulse")
    for kind in LISTS:
        assert suggestions("dulse", kinds=[kind]) == []
