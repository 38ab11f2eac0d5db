"""Other names of the same thing find each other, and nothing else."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from policies.filters import PolicyFilter
from policies.models import Company, CorporateEvent, IssuingBody, Policy, Region, Sector, Term
from policies.search.query import Either, leaves, parse_query
from policies.search.thesaurus import Thesaurus, also_searched, pinyin

pytestmark = pytest.mark.django_db


@pytest.fixture
def names(db) -> Thesaurus:
    body = IssuingBody.objects.create(
        slug="moa", name_en="Ministry of Algae", abbreviation="MOA", name_zh="中央藻类部",
        short_name_zh="藻类部", kind="party-organ",
    )  # fmt: skip
    body.aliases.create(name="Algae Bureau", language="en")
    Term.objects.create(term_en="Computing power", term_zh="算力", definition="d",
                        aliases_en=["compute capacity"])  # fmt: skip
    Term.objects.create(term_en="Little giants", term_zh="小巨人", definition="d")
    Term.objects.create(term_en="Computing power network", term_zh="算力网", definition="d")
    Sector.objects.create(slug="w", name_en="Wafers", name_zh="晶圆", aliases=["silicon", "chips"])
    acme = Company.objects.create(slug="a", name_en="Acme", name_zh="艾克米")
    Company.objects.create(slug="s", name_en="Secret", name_zh="秘密公司")
    event = CorporateEvent.objects.create(state="published", text="Acme opens")
    event.companies.add(acme)
    return Thesaurus(Company.objects.published().values_list("pk", flat=True))


def others(names: Thesaurus, typed: str) -> set[str]:
    """All other names that are searched for what is typed."""
    found = also_searched(names.expanded(parse_query(typed)))
    return {name for _, listed in found for name in listed}


ALGAE = {"MOA", "Ministry of Algae", "中央藻类部", "藻类部", "Algae Bureau"}


@pytest.mark.parametrize("typed", sorted(ALGAE))
def test_every_name_of_a_body_leads_to_all_its_others(names, typed):
    assert others(names, typed) == ALGAE - {typed}


@pytest.mark.parametrize(
    ("typed", "name"),
    [("computing power", "算力"), ("Compute Capacity", "算力"), ("算力", "Computing power"),
     ("little giant", "小巨人"), ("小巨人", "Little giants"), ("wafer", "晶圆"), ("晶圆", "Wafers"),
     ("acme", "艾克米"), ("艾克米", "Acme"), ("algae-bureau", "MOA"), ('"computing power"', "算力"),
     ("“小巨人”", "Little giants"), ("ＭＯＡ", "藻类部"), ("藻類部", "MOA")],
)  # fmt: skip
def test_names_match_each_other_in_both_languages_and_any_form(names, typed, name):
    assert name in others(names, typed)


@pytest.mark.parametrize("typed", ["suanli", "suan li", "SuanLi", "zaoleibu", "zao lei bu"])
def test_pinyin_finds_by_way_of_the_name_together_and_apart(names, typed):
    assert others(names, typed) & {"算力", "藻类部"}


@pytest.mark.parametrize("typed", ["lüse tongdao", "luse tongdao", "lvse tongdao", "lǜsè tōngdào",
                                   "LÜSETONGDAO", "lu se tong dao", "lv se tong dao"])  # fmt: skip
def test_the_pinyin_u_with_dots_is_known_however_it_is_typed(names, typed):
    Term.objects.create(term_en="Green channel", term_zh="绿色通道", definition="d")
    assert "绿色通道" in others(Thesaurus([]), typed)


def test_pinyin_leaves_the_v_of_other_words_alone():
    assert pinyin("EV绿电") == ("EV lv dian", "ev lu dian")
    assert pinyin("算力") == ("suan li",)
    assert pinyin("Electric vehicle") == ()


@pytest.mark.parametrize(
    ("name_en", "name_zh", "short"),
    [("Shanxi", "山西省", "山西"), ("Shaanxi", "陕西省", "陕西"), ("Shenyang", "沈阳市", "沈阳"),
     ("Xi'an", "西安市", "西安"), ("Inner Mongolia", "内蒙古自治区", "内蒙古"),
     ("Guangxi", "广西壮族自治区", "广西"), ("Macao", "澳门特别行政区", "澳门"),
     ("Yangtze River Delta", "长三角地区", "长三角")],
)  # fmt: skip
def test_a_place_is_known_by_its_names_without_what_it_is(db, name_en, name_zh, short):
    Region.objects.create(slug="a", name_en="Shanxi", name_zh="山西省", kind="province")
    Region.objects.create(slug="b", name_en="Shaanxi", name_zh="陕西省", kind="province")
    Region.objects.create(slug="c", name_en=name_en, name_zh=name_zh, kind="area")
    names, every = Thesaurus([]), {name_en, name_zh, short}
    for typed in every:
        assert others(names, typed) == every - {typed}
    assert short in others(names, pinyin(short)[0])


def test_the_names_of_a_place_stay_parts_of_longer_names(names):
    for slug, name, chinese in (
        ("algae", "Algae", "藻市"), ("delta", "Algae Delta", "藻三角地区"), ("one", "Wu", "吴市"),
    ):  # fmt: skip
        Region.objects.create(slug=slug, name_en=name, name_zh=chinese, kind="area")
    names = Thesaurus([])
    assert others(names, "Ministry of Algae") == ALGAE - {"Ministry of Algae"}
    assert others(names, "Algae Delta") == {"藻三角地区", "藻三角"}
    assert others(names, "Moss-Algae Delta") == set()
    assert others(names, "Wu") == {"吴市"}


def test_a_sectors_looser_names_are_found_by_it_and_do_not_find_it(names):
    assert {"silicon", "chips"} <= others(names, "wafers")
    assert others(names, "silicon") == others(names, "chips") == set()


def test_the_longest_name_wins(names):
    assert "算力网" in others(names, "computing power network")
    assert "算力" not in others(names, "computing power network")


def test_words_beside_a_name_stay_as_they_are(names):
    root = names.expanded(parse_query("new computing power plan")).root
    assert [type(part).__name__ for part in root.parts] == ["Match", "Either", "Match"]


@pytest.mark.parametrize(
    "typed", ["=moa", '="computing power"', "moa*", "computing OR power", "power computing",
              "computing -power", "title:computing power", "secret", "computing"],
)  # fmt: skip
def test_what_is_no_name_or_is_asked_for_as_typed_gets_no_others(names, typed):
    assert others(names, typed) == set()


def test_other_names_are_looked_for_in_the_same_field(names):
    root = names.expanded(parse_query("title:(computing power)")).root
    assert isinstance(root, Either)
    assert len({leaf.fields for leaf in leaves(root)}) == 1


def test_an_excluded_name_excludes_its_other_names(names):
    policy = Policy.objects.create(state="published", title_zh="算力规划")
    assert not PolicyFilter(QueryDict('q=-"computing+power"')).ids()
    assert list(PolicyFilter(QueryDict('q=-"computing+power"&exact=1')).ids()) == [policy.pk]


def test_exact_searches_only_what_was_typed(names):
    policy = Policy.objects.create(state="published", title_zh="算力规划")
    assert list(PolicyFilter(QueryDict("q=computing+power")).ids()) == [policy.pk]
    assert not PolicyFilter(QueryDict("q=computing+power&exact=1")).ids()


def test_the_names_of_a_company_that_is_not_public_are_not_told(names):
    assert others(names, "Secret") == others(names, "秘密公司") == set()
