"""Which earlier policies a new one is proposed to follow up, and which not."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from policies.followups import FollowUps, proposed
from policies.models import DeclinedFollowUp, Policy, PolicyRelation, Provision
from policies.search.indexing import batch
from policies.vocabulary import Instrument, RelationKind, State

pytestmark = pytest.mark.django_db
FILLING = [
    "Notice on cleaner kilns for the glass industry",
    "Guidelines for the recycling of old tyres",
    "Measures on safety in coal mines",
    "Opinions on the training of nurses",
    "Action plan for the sugar industry",
    "Rules on the labelling of toys",
]


def policy(year: int = 2024, month: int = 1, *, state: str = State.PUBLISHED, **fields) -> Policy:
    if not fields.get("headline") and not fields.get("summary"):
        fields.setdefault("summary", "")
    return Policy.objects.create(
        announced_on=date(year, month, 1), announced_precision="day", state=state, **fields
    )


def new(**fields) -> Policy:
    return policy(2025, 6, state=State.IN_REVIEW, **fields)


@pytest.fixture(autouse=True)
def _others(db):
    with batch():
        for month, title in enumerate(FILLING, 1):
            policy(2023, month, title_en=title)


def told(record: Policy) -> list[tuple[int, str]]:
    return [(one.earlier.pk, one.kind) for one in proposed(record)]


def test_the_same_document_number_is_the_same_document():
    earlier = policy(title_en="First report", document_number="工信部联规〔2024〕53号")
    one = new(title_en="Second report", document_number="工信部联规[2024]53号")

    (found,) = proposed(one)
    assert (found.earlier, found.kind) == (earlier, RelationKind.FOLLOWS_UP)
    assert found.because == "same document number 工信部联规〔2024〕53号"


def test_the_same_official_address_is_the_same_document():
    earlier = policy(title_en="First report", official_url="https://example.org/1")
    one = new(title_en="Another thing", official_url="https://example.org/1")
    assert [(f.earlier, f.because) for f in proposed(one)] == [(earlier, "same official address")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("数据出境安全管理办法（征求意见稿）", "数据出境安全管理办法"),
        ("關於公開徵求《数据出境安全管理办法》意见的通知", "数据出境安全管理办法"),
        ("数据出境安全管理办法（草案）", "关于印发《数据出境安全管理办法》的通知"),
    ],
)
def test_a_document_is_a_new_version_of_its_draft(before, after):
    earlier = policy(title_zh=before)
    (found,) = proposed(new(title_zh=after))
    assert found.earlier == earlier
    assert found.kind in (RelationKind.NEW_VERSION, RelationKind.FOLLOWS_UP)


def test_a_draft_in_english_is_known_too():
    earlier = policy(title_en="Measures for the Safety of Cross-Border Data (Draft for Comments)")
    (found,) = proposed(new(title_en="Measures for the Safety of Cross-Border Data"))
    assert (found.earlier, found.kind) == (earlier, RelationKind.NEW_VERSION)
    assert found.because == "the earlier is the draft of this title"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("鼓励外商投资产业目录（2022年版）", "鼓励外商投资产业目录（2025年版）"),
        ("锂电池行业规范条件（2021年本）", "锂电池行业规范条件（2025年本）"),
        ("人工智能示范法 1.0 (专家建议稿)", "人工智能示范法 2.0 (专家建议稿)"),
    ],
)
def test_a_later_edition_is_a_new_version(before, after):
    earlier = policy(title_zh=before)
    assert told(new(title_zh=after)) == [(earlier.pk, RelationKind.NEW_VERSION)]


def test_the_work_of_another_year_follows_up():
    earlier = policy(title_zh="2024年中小企业服务工作要点")
    assert told(new(title_zh="2025年中小企业服务工作要点")) == [
        (earlier.pk, RelationKind.FOLLOWS_UP)
    ]


@pytest.mark.parametrize(
    ("before", "after", "because"),
    [
        (
            {"title_zh": "关于开展第五批专精特新“小巨人”企业培育工作的通知"},
            {"title_zh": "关于开展第六批专精特新“小巨人”企业培育工作的通知"},
            "第六批 after 第五批",
        ),
        (
            {"title_zh": "绿色工厂名单（第9批）"},
            {"title_zh": "绿色工厂名单（第十批）"},
            "第十批 after 第9批",
        ),
        (
            {"summary": "The MIIT named the fifth batch of Little Giant companies."},
            {"summary": "The MIIT invited companies to apply as Little Giant in a sixth batch."},
            "sixth batch after fifth batch",
        ),
        (
            {"title_en": "Green Factories, Batch 5"},
            {"headline": "Green factories: batch 6 is out"},
            "batch 6 after Batch 5",
        ),
    ],
)
def test_a_batch_follows_the_batch_before(before, after, because):
    earlier = policy(**before)
    policy(2023, summary="The MIIT named the fifth batch of pilot cities for sports.")
    (found, *_) = proposed(new(**after))
    assert (found.earlier, found.kind, found.because) == (
        earlier,
        RelationKind.FOLLOWS_UP,
        because,
    )


def test_only_the_nearest_batch_is_proposed_and_none_before_it_once_it_is_linked():
    policy(2022, title_zh="第三批制造业单项冠军企业名单")
    fifth = policy(2024, title_zh="关于公布第五批制造业单项冠军的通知")
    one = new(title_zh="第六批制造业单项冠军企业名单")
    assert [pk for pk, _ in told(one)] == [fifth.pk]
    PolicyRelation.objects.create(policy=one, other=fifth, kind=RelationKind.FOLLOWS_UP)
    assert told(one) == []


def test_after_a_no_to_the_nearest_batch_the_one_before_it_is_proposed():
    third = policy(2022, title_zh="第三批制造业单项冠军企业名单")
    fifth = policy(2024, title_zh="第五批制造业单项冠军企业名单")
    one = new(title_zh="第六批制造业单项冠军企业名单")
    DeclinedFollowUp.objects.create(policy=one, earlier=fifth)
    assert [pk for pk, _ in told(one)] == [third.pk]


def test_an_earlier_batch_does_not_follow_a_later_one():
    policy(2024, title_zh="第六批制造业单项冠军企业名单")
    assert told(new(title_zh="第五批制造业单项冠军企业名单")) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("为贯彻落实《推动工业领域设备更新实施方案》，现提出措施。", RelationKind.IMPLEMENTS),
        ("对《推动工业领域设备更新实施方案》进行修改。", RelationKind.AMENDS),
        ("《推动工业领域设备更新实施方案》同时废止。", RelationKind.REPLACES),
        ("现修改《推动工业领域设备更新实施方案》。", RelationKind.AMENDS),
        ("同时废止《推动工业领域设备更新实施方案》。", RelationKind.REPLACES),
        ("It implements the “Plan for Renewing Equipment in Industry”.", RelationKind.IMPLEMENTS),
        ("It replaces the “Plan for Renewing Equipment in Industry”.", RelationKind.REPLACES),
        ("It repeals 工信部联规〔2024〕53号.", RelationKind.REPLACES),
        ("See 工信部联规〔2024〕53号.", RelationKind.FOLLOWS_UP),
    ],
)
def test_a_document_that_is_named_in_the_text_is_proposed(text, kind):
    earlier = policy(
        title_zh="关于印发《推动工业领域设备更新实施方案》的通知",
        title_en="Plan for Renewing Equipment in Industry",
        document_number="工信部联规〔2024〕53号",
    )
    assert told(new(headline="Robots on farms", summary=text)) == [(earlier.pk, kind)]


def test_an_implementation_plan_implements_what_it_names():
    earlier = policy(title_zh="推动工业领域设备更新行动方案")
    one = new(
        title_zh="某某省农业机械补贴细则",
        summary="《推动工业领域设备更新行动方案》",
        instrument=Instrument.IMPLEMENTATION_PLAN,
    )
    assert told(one) == [(earlier.pk, RelationKind.IMPLEMENTS)]


def test_a_document_that_a_bullet_names_is_proposed():
    earlier = policy(title_zh="推动工业领域设备更新行动方案")
    one = new(headline="Robots on farms")
    Provision.objects.create(
        policy=one, position=1, text="Based on 《推动工业领域设备更新行动方案》"
    )
    assert told(one) == [(earlier.pk, RelationKind.FOLLOWS_UP)]


def test_the_same_programme_is_known_by_its_rarer_words():
    earlier = policy(
        summary="The MIIT opened trials of hydrogen lorries on mountain roads in Yunnan"
    )
    (found,) = proposed(new(summary="Trials of hydrogen lorries on mountain roads go on in Yunnan"))
    assert (found.earlier, found.kind) == (earlier, RelationKind.FOLLOWS_UP)
    assert found.because == "like words: hydrogen lorries"


def test_what_only_shares_words_of_every_text_is_not_proposed():
    policy(title_en="Notice on the Work of Companies in the Toy Industry")
    assert told(new(title_en="Notice on the Work of Companies in the Tea Industry")) == []


def test_laws_are_not_alike_because_the_state_made_both():
    policy(title_en="Glass Safety Law", title_zh="中华人民共和国玻璃安全法")
    assert told(new(title_en="Paper Trade Law", title_zh="中华人民共和国纸张贸易法")) == []


def test_batches_of_other_things_do_not_follow_each_other():
    policy(title_zh="关于公布第二批专精特新“小巨人”企业名单的通告")
    policy(title_zh="关于公布第二批燃料电池示范城市名单的通告")
    assert told(new(title_zh="关于公布第三批数字化转型试点医院名单的通告")) == []


def test_the_words_that_led_to_it_are_told_in_chinese_too():
    policy(title_zh="海南自由贸易港原辅料零关税政策通知")
    (found,) = proposed(new(title_zh="海南自由贸易港原辅料清单"))
    assert found.because == "like words: 海南自由贸易港原辅料"


def test_what_came_later_is_not_proposed():
    policy(2025, 7, title_zh="数据出境安全管理办法")
    assert told(new(title_zh="数据出境安全管理办法（征求意见稿）")) == []


def test_a_withdrawn_policy_is_not_proposed():
    policy(title_zh="数据出境安全管理办法（征求意见稿）", state=State.WITHDRAWN)
    assert told(new(title_zh="数据出境安全管理办法")) == []


def test_a_policy_that_is_in_review_itself_is_proposed():
    earlier = policy(title_zh="数据出境安全管理办法（征求意见稿）", state=State.IN_REVIEW)
    assert told(new(title_zh="数据出境安全管理办法")) == [(earlier.pk, RelationKind.NEW_VERSION)]


@pytest.mark.parametrize("answer", ["linked", "linked from there", "declined"])
def test_what_an_editor_answered_is_not_asked_again(answer):
    earlier = policy(title_zh="数据出境安全管理办法（征求意见稿）")
    one = new(title_zh="数据出境安全管理办法")
    if answer == "linked":
        PolicyRelation.objects.create(policy=one, other=earlier, kind=RelationKind.AMENDS)
    elif answer == "declined":
        user = get_user_model().objects.create_user("ed")
        DeclinedFollowUp.objects.create(policy=one, earlier=earlier, declined_by=user)
    else:
        PolicyRelation.objects.create(policy=earlier, other=one, kind=RelationKind.AMENDS)
    assert proposed(one) == []


def test_at_most_five_are_proposed():
    for year in range(2015, 2024):
        policy(year, title_zh=f"{year}年中小企业服务工作要点")
    found = proposed(new(title_zh="2025年中小企业服务工作要点"))
    assert len(found) == 5


def test_a_policy_with_hardly_a_word_has_none():
    for fields in ({"headline": "?"}, {"title_zh": "通知"}, {"summary": "《》 第批 〔〕"}):
        assert proposed(new(**fields)) == []


def test_many_records_cost_as_many_queries_as_few(django_assert_max_num_queries):
    with batch():
        for number in range(120):
            policy(2022, title_zh=f"第{number}号工业设备更新试点城市名单", summary="Cities " * 20)
    one = new(title_zh="第六批工业设备更新试点城市名单", summary="《工业设备更新试点》 sixth batch")
    proposed(one)
    with django_assert_max_num_queries(16):
        proposed(one)
    several = Policy.objects.filter(state=State.PUBLISHED)[:20]
    with django_assert_max_num_queries(90):
        asked = FollowUps(list(several))
        for record in several:
            asked.of(record)
