"""Proposals for invented items in both languages."""

from __future__ import annotations

import pytest

from policies.models import Company, Policy, Sector
from policies.newsletter import Item, Source
from policies.newsletter.document import CORPORATE_NEWS, POLICY_NEWS, TOP
from policies.proposals import Proposer

from .measured import Measure


def item(section: str = POLICY_NEWS, **fields) -> Item:
    return Item(section, 1, (1, 1), **fields)


def event(summary: str) -> Item:
    return item(CORPORATE_NEWS, summary=summary)


@pytest.fixture
def proposer(seeded) -> Proposer:
    return Proposer()


INSTRUMENTS = [
    ({"title_zh": "关于印发《氢能产业高质量发展行动计划（2025—2027年）》的通知"}, "action-plan"),
    ({"title_zh": "国务院办公厅关于加快构建新型储能体系的指导意见"}, "opinions"),
    ({"title_zh": "工业和信息化部办公厅关于组织开展智能工厂申报的通知"}, "application-call"),
    ({"title_zh": "数据出境安全管理办法（征求意见稿）"}, "draft"),
    ({"title_zh": "关于公开征求《网络安全技术规范》意见的通知"}, "draft"),
    ({"title_zh": "中华人民共和国民营经济促进法"}, "law"),
    ({"title_zh": "低空飞行管理条例"}, "regulation"),
    ({"title_zh": "鼓励外商投资产业目录（2025年版）"}, "catalogue"),
    ({"title_zh": "国家人工智能产业综合标准化体系建设指南（2024版）"}, "guideline"),
    ({"title_zh": "“十四五”原材料工业发展规划"}, "plan"),
    ({"title_zh": "关于开展县域充换电设施补短板试点工作的通知"}, "pilot"),
    ({"title_zh": "锂电池行业规范条件（2025年本）"}, "standard"),
    ({"title_zh": "关于做好2025年稳外贸工作的通知"}, "notice"),
    ({"title_zh": "关于对部分船舶部件实施出口管制的公告"}, "announcement"),
    ({"title_zh": "2025年中小企业工作要点"}, "work-plan"),
    ({"title_en": "Notice on Printing and Distributing the Work Plan for Steel"}, "work-plan"),
    ({"title_en": "Guiding Opinions on Raising the Standards of Rail Equipment"}, "opinions"),
    ({"title_en": "Administrative Measures for Data Centers (Draft for Comments)"}, "draft"),
    ({"title_en": "Notice on Launching Pilots for Autonomous Driving"}, "pilot"),
    ({"title_en": "Catalog of Encouraged Technologies"}, "catalogue"),
    ({"summary": "The MIIT is seeking public comments on rules for battery makers"}, "draft"),
    ({"summary": "The NDRC published guidelines for hydrogen stations"}, "guideline"),
    ({"summary": "Shanghai unveiled an action plan on chips; a notice follows"}, "action-plan"),
    ({"summary": "The MOST opened applications for a third batch"}, "application-call"),
    ({"summary": "商务部发布《关于促进数字贸易发展的实施方案》"}, "implementation-plan"),
]  # fmt: skip


def test_the_form_of_a_document_stands_in_its_words(proposer):
    wrong = []
    for fields, form in INSTRUMENTS:
        found = proposer.for_item(item(**fields)).instrument
        (text,) = fields.values()
        if found is None or found.slug != form or found.because not in text:
            wrong.append((text, found))
    assert wrong == []


def test_where_no_word_tells_the_form_none_is_proposed(proposer):
    assert proposer.for_item(item(summary="The MIIT met with makers of steel")).instrument is None


def test_a_source_that_is_called_a_notice_tells_the_form_last_of_all(proposer):
    source = (Source("MIIT notice"),)
    found = proposer.for_item(item(summary="The MIIT met makers of steel", sources=source))
    assert (found.instrument.slug, found.instrument.because) == ("notice", "notice")


SECTORS = [
    ({"title_zh": "關於加快氫能產業發展的通知"}, {"hydrogen"}),
    ({"title_zh": "新能源汽车动力电池回收利用管理办法"}, {"new-energy-vehicles", "batteries"}),
    ({"title_zh": "促进专精特新“小巨人”企业发展若干措施"}, {"smes"}),
    ({"title_zh": "生成式人工智能服务管理暂行办法"}, {"artificial-intelligence"}),
    ({"title_zh": "数据出境安全评估办法"}, {"cross-border-data"}),
    ({"headline": "Drones: A new order for the lower sky"}, {"low-altitude-economy"}),
    ({"headline": "Semi-conductors get their own fund"}, set()),
    ({"headline": "Semiconductor makers get their own fund"}, {"semiconductors"}),
    ({"title_en": "Data Center Energy Efficiency"}, {"computing-power", "energy-efficiency"}),
    ({"summary": "The NMPA shortened its review of medical devices"}, {"biomedicine"}),
    ({"summary": "The PBOC widened relending for energy storage"}, {"credit", "batteries"}),
    ({"summary": "The MIIT named robots and CNC machine tools"}, {"machine-tools-robotics"}),
    ({"summary": "The Ministry of Industry and Information Technology held a meeting"}, set()),
    ({"summary": "工信部发布集成电路和工业软件攻关任务"}, {"semiconductors", "software"}),
    ({"summary": "财政部提高充电桩补贴，支持以旧换新"}, {"consumption"}),
    ({"headline": "Rail equipment and rail transport equipment standards"}, {"rail"}),
]  # fmt: skip


def test_sectors_are_found_in_both_languages(proposer):
    measure = Measure()
    for fields, chosen in SECTORS:
        measure.count((one.slug for one in proposer.for_item(item(**fields)).sectors), chosen)
    print(f"invented sectors: {measure}")  # noqa: T201
    assert measure.precision >= 0.9
    assert measure.recall >= 0.9


def test_a_longer_name_is_not_taken_for_the_shorter_one_in_it(proposer):
    found = proposer.for_item(item(title_en="Rules on Data Security")).sectors
    assert [(one.slug, one.because) for one in found] == [("cybersecurity", "Data Security")]


def test_a_title_tells_more_than_the_summary(proposer):
    one = item(headline="Hydrogen: New pipes", summary="Of use for solar power and batteries too.")
    assert proposer.for_item(one).sectors[0].slug == "hydrogen"


def test_the_comment_proposes_nothing_while_there_are_facts(proposer):
    one = item(TOP, summary="Rules on steel.", comment="Semiconductors will suffer in Shanghai.")
    found = proposer.for_item(one)
    assert not found.sectors
    assert not found.regions


def test_the_comment_proposes_where_nothing_else_stands(proposer):
    found = proposer.for_item(item(TOP, comment="Semiconductors will suffer in Shanghai."))
    assert [one.slug for one in found.sectors] == ["semiconductors"]


def test_an_abbreviation_is_no_other_word(proposer):
    assert not proposer.for_item(item(summary="A sip of the pv and ai kind")).sectors
    found = proposer.for_item(item(summary="Quotas for PV and AI makers")).sectors
    assert {one.slug for one in found} == {"solar", "artificial-intelligence"}


def test_an_earlier_record_with_a_like_title_gives_its_sectors(seeded):
    earlier = Policy.objects.create(title_zh="关于支持县域商业体系建设促进农村快递进村的通知")
    earlier.sectors.set([Sector.objects.get(slug="consumption"), Sector.objects.get(slug="smes")])
    one = item(title_zh="关于开展第二批县域商业体系建设促进农村快递进村工作的通知")
    found = {p.slug: p.because for p in Proposer().for_item(one).sectors}
    assert set(found) == {"consumption", "smes"}
    assert found["smes"] == "县域商业体系建设促进农村快递进村"


def test_a_company_is_in_the_sectors_of_its_earlier_events(seeded):
    found = Proposer().for_item(event("Tesla opened a plant in Shanghai")).sectors
    assert [(one.slug, one.because) for one in found] == [("connected-vehicles", "Tesla")]


LEVELS = [
    (("MIIT", "NDRC"), "", "national", {"china"}),
    (("Shanghai Economy and Informatization Bureau",), "", "municipal", {"shanghai"}),
    (("Guangdong Provincial Government",), "", "provincial", {"guangdong"}),
    (("广东省工业和信息化厅",), "", "provincial", {"guangdong"}),
    (("合肥市人民政府",), "", "municipal", {"hefei"}),
    (("Shenzhen Municipal Government",), "", "municipal", {"shenzhen"}),
    (("China Association of Automobile Manufacturers",), "", "non-governmental", {"china"}),
    (("National Bureau of Something New",), "", "national", {"china"}),
    ((), "工业和信息化部 国家发展改革委等七部门关于印发实施方案的通知", "national", {"china"}),
    ((), "深圳市工业和信息化局关于印发办法的通知", "municipal", {"shenzhen"}),
    ((), "新疆维吾尔自治区人民政府关于实施意见", "provincial", {"xinjiang"}),
    (("Some Unheard-of Body",), "", None, {"china"}),
]  # fmt: skip


def test_who_issues_tells_the_level_and_the_place(proposer):
    for bodies, title, level, regions in LEVELS:
        found = proposer.for_item(item(issuing_bodies=bodies, title_zh=title))
        given = found.level.slug if found.level else None
        assert (bodies, title, given) == (bodies, title, level)
        assert {one.slug for one in found.regions} == regions


def test_a_capital_that_stands_for_its_government_is_no_place(proposer):
    found = proposer.for_item(item(TOP, headline="Beijing hopes for more", summary="Rules."))
    assert [one.slug for one in found.regions] == []
    found = proposer.for_item(item(TOP, summary="Trials begin in Beijing and Hefei."))
    assert [one.slug for one in found.regions] == ["beijing", "hefei"]


def test_an_institution_called_after_a_city_is_no_place(proposer):
    found = proposer.for_item(
        item(summary="The Shanghai Stock Exchange and 深圳证券交易所 changed")
    )
    assert not found.regions


EVENTS = [
    ("CATL is to invest EUR 7 billion in a plant in Hungary", "investment", {"CATL"}),
    ("A survey found that most Japanese firms expect lower sales", "survey", set()),
    ("The Chinese start-up Unitree unveiled a robot; orders open in May", "launch", {"Unitree"}),
    ("Regulators approved tests of driverless taxis by Pony.ai", "permit", set()),
    ("China's exports of cars rose by 20 percent in May", "statistic", set()),
    ("COMAC delivered its tenth C919 to China Eastern Airlines", "delivery", {"COMAC"}),
    ("Hudong Shipbuilding Group won orders for six ships", "order", {"Hudong Shipbuilding Group"}),
    ("比亚迪股份有限公司在深圳投资100亿元", "investment", {"比亚迪股份有限公司"}),
    ("Reuters reported that talks went on", None, set()),
    ("Somepaper reported that talks went on", None, set()),
    ("In Suzhou, Nord Group China opened a works", "launch", {"Nord Group China"}),
    ("The Hong Kong-listed Sensor Group posted a loss", None, {"Sensor Group"}),
    ("Nordwind and Hua Feng both reported less", None, {"Nordwind", "Hua Feng"}),
    ("The Lathe Works of Somewhere (LWS) received orders", "order", {"Lathe Works of Somewhere"}),
    ("On April 3, Nord-Benz said it would invest EUR 1.8 billion", "investment", {"Nord-Benz"}),
    ("The Chinese-built AG600 aircraft received its type certificate", "permit", set()),
    ("Foreign companies invested less in China in spring", "investment", set()),
    ("The EU Chamber of Commerce in China published a survey", "survey", set()),
    ("Exports of lamps fell by 12 percent, customs data showed", "statistic", set()),
]  # fmt: skip


def test_a_corporate_note_tells_its_kind_and_who_acts(proposer):
    for summary, kind, companies in EVENTS:
        found = proposer.for_item(event(summary))
        given = found.event_kind.slug if found.event_kind else None
        assert (summary, given, {one.name for one in found.companies}) == (summary, kind, companies)
        assert (found.instrument, found.level) == (None, None)


def test_a_registered_company_is_known_in_either_language(seeded):
    Company.objects.create(name_en="Great Wall Motor", name_zh="长城汽车")
    proposer = Proposer()
    for text in ("Great Wall Motor opened a plant", "长城汽车公司在泰国建厂"):
        found = proposer.for_item(event(text)).companies
        assert [(one.slug, one.name) for one in found] == [("great-wall-motor", "Great Wall Motor")]


def test_policies_propose_no_company_that_is_not_registered(proposer):
    assert not proposer.for_item(item(summary="The chipmaker Newchip received a subsidy")).companies


def test_thousands_of_items_cost_no_query(proposer, django_assert_num_queries):
    one = item(TOP, title_zh="新能源汽车发展规划", summary="Steel, 半导体 and data. " * 40)
    with django_assert_num_queries(0):
        for _ in range(200):
            proposer.for_item(one)


def test_the_registry_is_read_in_a_handful_of_queries(seeded, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        Proposer()


def test_odd_texts_propose_nothing_and_break_nothing(proposer):
    for text in ("", "  ", "—", "“”", "[x](#)", "。" * 50, "中" * 5000, "A" * 5000, "(" * 300):
        assert not proposer.for_item(item(headline=text, title_zh=text, summary=text)).sectors
        proposer.for_item(event(text))
