"""What a result shows of itself: passages that really match, marked at the right characters."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.filters import EventFilter, PolicyFilter
from policies.models import Company, CorporateEvent, IssuingBody, Policy, Term
from policies.search.found import NAMES
from policies.search.index import current_index
from policies.search.kinds import KINDS, Passage
from policies.search.query import Match, leaves, parse_query
from policies.search.snippets import MOST, best, snippets, wanted
from policies.views.lists import EventList, PolicyList
from policies.views.results import fetched

from .oracle import Plain, holds
from .test_oracle import CHINESE, DENSE, ENGLISH, TEXTS

LONG = "Filler words go on and on. " * 40


class OneText:
    """A kind of record that is one text."""

    @staticmethod
    def passages(record: str) -> list[Passage]:
        return [Passage(1, "Text", record)]

    @staticmethod
    def named(record: str) -> list[Passage]:
        return []


def marked(text: str, typed: str) -> list[str]:
    """The marked passages of a text."""
    kind: Any = OneText
    found = snippets(kind, text, wanted(parse_query(typed).root))
    return [piece.text for one in found for piece in one.pieces if piece.marked]


@pytest.mark.parametrize(
    ("text", "typed", "marks"),
    [
        ("New policies for chips", "policy chip", ["policies", "chips"]),
        ("New policies for chips", "=policy chip", ["chips"]),
        ("The digital economy and digital art", '"digital economy"', ["digital economy"]),
        ("A semi-conductor, a semiconductor", "semiconductor", ["semi-conductor", "semiconductor"]),
        ("A semi-conductor plan", "conductor", ["conductor"]),
        ("Computing and computers", "comput*", ["Computing", "computers"]),
        ("China’s R&D", "china r&d", ["China’s", "R&D"]),
        ("Zürich STEEL", "zurich steel", ["Zürich", "STEEL"]),
        ("关于算力的规划", "算力", ["算力"]),
        ("专精特新“小巨人”企业", "特新小巨", ["特新“小巨"]),
        ("《数据安全法》", "数据", ["数据"]),
        ("關於計畫", "计画", ["計畫"]),
        ("算力算力 数", "算力", ["算力算力"]),
        ("到2025年算力", "2025", ["2025"]),
        ("见工信部联规〔2024〕53号文", "〔2024〕53号", ["见工信部联规〔2024〕53号"]),
        ("工信部联规（2024）53号", "工信部联规[2024]53", ["工信部联规（2024）53号"]),
        ("依国务院令第785号", "依国务院令785", ["依国务院令第785号"]),
        ("㍿算力研究", "算力", ["算力"]),
        ("㊙密数据", "秘密", ["㊙密"]),
        ("ｶﾞｽ数据", "数据", ["数据"]),
        ("steel", "-steel", []),
        ("<b>steel</b> & chips", "steel", ["steel"]),
        ("See [the steel plan](https://steel.example/x)", "steel", ["steel"]),
        ("See [it](https://steel.example/x)", "steel", []),
    ],
)
def test_exactly_the_matching_characters_are_marked(text, typed, marks):
    assert marked(text, typed) == marks


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=st.one_of(TEXTS, DENSE),
    typed=st.one_of(
        st.sampled_from([*ENGLISH, *CHINESE]),
        st.sampled_from([*ENGLISH, *CHINESE]).map(lambda word: f'="{word}"'),
        st.sampled_from(["chi*", "semi*", "数*", "polic*"]),
        st.tuples(st.sampled_from(ENGLISH), st.sampled_from(CHINESE)).map(
            lambda pair: f'"{pair[0]} {pair[1]}"'
        ),
    ),
)
def test_a_text_is_marked_where_it_matches_and_only_there(text, typed):
    root = parse_query(typed).root
    conditions = [leaf for leaf in leaves(root) if isinstance(leaf, Match)]
    marks = marked(text, typed)
    for leaf in conditions:
        if holds(leaf, Plain(1, {1: [text]})):
            assert marks, (text, typed)
    for mark in marks:
        assert mark in text


@given(st.text(max_size=80), st.text(max_size=12))
def test_no_text_and_no_query_breaks_the_marking(text, typed):
    if len(leaves(parse_query(typed).root)) < 32:
        kind: Any = OneText
        for one in snippets(kind, text, wanted(parse_query(typed).root)):
            assert one.text.strip("… ") in text.strip("… ") or one.text in text


def test_a_long_text_is_cut_around_its_marks():
    kind: Any = OneText
    text = f"{LONG}The steel plan stands here. {LONG}"
    (one,) = snippets(kind, text, wanted(parse_query("steel").root))
    assert len(one.text) < 300
    assert "The steel plan stands here." in one.text
    assert one.text.startswith("… ")
    assert one.text.endswith(" …")


def test_a_long_chinese_sentence_is_cut_around_its_marks_too():
    kind: Any = OneText
    (one,) = snippets(kind, "数" * 900 + "算力" + "据" * 900, wanted(parse_query("算力").root))
    assert "数算力据" in one.text
    assert len(one.text) < 300


def test_a_short_text_is_shown_whole():
    kind: Any = OneText
    (one,) = snippets(kind, "The steel plan.", wanted(parse_query("steel").root))
    assert one.text == "The steel plan."


# On the page


@pytest.fixture
def policy(db) -> Policy:
    policy = Policy.objects.create(
        state="published", title_en='The <b>steel</b> & "iron" plan', title_zh="《钢铁》规划",
        summary="Steel and [more steel](https://x.example/steel).",
        comment="Much steel <i>here</i>",
    )  # fmt: skip
    for number in range(6):
        policy.targets.create(text=f"Steel {number} iron{number}")
    return policy


def rows(query: str) -> list[Any]:
    filterset = PolicyFilter(QueryDict(query))
    return fetched(filterset, PolicyList().rows(), filterset.page(0, 10))


def row(query: str) -> Any:
    return rows(query)[0]


def test_signs_of_html_in_titles_and_passages_are_shown_and_not_obeyed(policy, client):
    page = client.get("/policies/?q=steel+here").content.decode()
    assert "<b>steel" not in page
    assert "&lt;b&gt;<mark>steel</mark>&lt;/b&gt; &amp; &quot;iron&quot; plan" in page
    assert "<i>here" not in page


def test_a_link_in_a_summary_is_shown_without_its_address(policy):
    shown = best(snippets(KINDS["policy"], _read(policy), wanted(parse_query("more").root)))
    assert [one.text for one in shown] == ["Steel and more steel."]


def test_what_matches_in_a_row_of_the_record_is_shown_and_other_rows_are_not_read(
    policy, django_assert_max_num_queries
):
    other = Policy.objects.create(state="published", title_en="Another plan about steel")
    other.provisions.create(text="Cheap loans")
    policy.sources.create(label="Gazette of loans")
    shown = {record.pk: record.snippets for record in rows("q=loans")}
    assert [(one.label, one.text) for one in shown[other.pk]] == [("Provision", "Cheap loans")]
    assert [(one.label, one.text) for one in shown[policy.pk]] == [("Source", "Gazette of loans")]
    filterset = PolicyFilter(QueryDict("q=another"))
    found = filterset.page(0, 10)
    fetched(filterset, PolicyList().rows(), found)
    with django_assert_max_num_queries(2):
        fetched(filterset, PolicyList().rows(), found)


def test_a_result_shows_a_few_passages_at_most(policy):
    typed = " OR ".join(f"iron{n}" for n in range(6))
    found = list(snippets(KINDS["policy"], _read(policy), wanted(parse_query(typed).root)))
    assert len(found) == 6
    assert len(best(found)) == MOST == 3


def _read(policy: Policy) -> Policy:
    read = KINDS["policy"].readable(Policy.objects.all()).get(pk=policy.pk)
    KINDS["policy"].fetch_rows([read], lambda field, record: True)
    return read


def test_a_result_says_by_which_other_name_it_was_found(policy):
    IssuingBody.objects.create(
        slug="b", name_en="Bureau of Works", short_name_zh="工务局", kind="party-organ"
    )
    policy.provisions.create(text="The Bureau of Works counts them.")
    shown = row("q=工务局").snippets
    assert "Bureau of Works" in {
        piece.text for one in shown for piece in one.pieces if piece.marked
    }


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("BOW", ["BOW"]),
        ("工务局", ["工务局"]),
        ('"bureau of works"', ["Bureau of Works"]),
        ("of works", ["Bureau of Works", "Works Inspectorate"]),
        ("works", ["Works Bureau", "Works Inspectorate"]),
        ("BOW inspectorate", ["BOW", "Works Inspectorate"]),
    ],
)
def test_a_body_is_shown_once_by_the_name_that_matches_best(policy, typed, shown):
    body = IssuingBody.objects.create(
        slug="b", abbreviation="BOW", name_en="Bureau of Works", name_zh="中华人民共和国工务局",
        short_name_zh="工务局", kind="party-organ",
    )  # fmt: skip
    body.aliases.create(name="Works Bureau")
    other = IssuingBody.objects.create(
        slug="i", name_en="Works Inspectorate", name_zh="工务检查局", kind="party-organ"
    )
    for one in (body, other):
        policy.issuers.create(body=one)
    leaves = wanted(NAMES.current(current_index()).expanded(parse_query(typed)).root)
    found = snippets(KINDS["policy"], _read(policy), leaves)
    assert [one.text for one in found if one.label == "Issuing body"] == shown


def test_a_company_is_shown_once_by_the_name_that_matches_best(db):
    event = CorporateEvent.objects.create(state="published", headline="A plant opens")
    event.companies.add(Company.objects.create(name_en="Acme", name_zh="艾克"))
    filterset = EventFilter(QueryDict("q=艾克"))
    (shown,) = fetched(filterset, EventList().rows(), filterset.page(0, 10))
    assert [one.text for one in shown.snippets] == ["艾克"]


def test_a_typed_word_is_not_said_to_be_another_name(policy):
    assert {one.via for one in row("q=steel").snippets} <= {""}


@pytest.mark.parametrize(
    ("typed", "told"),
    [("车床", "Lathe"), ("beijing 车床", "Lathe"), ("车床 beijing", "Lathe"), ("beijing lathe", ""),
     ("beijing OR 车床", "Lathe"), ("iron 车床", "Lathe")],
)  # fmt: skip
def test_another_name_is_said_to_be_one_whatever_else_was_typed(policy, typed, told):
    Term.objects.create(term_en="Lathe", term_zh="车床", definition="It turns.")
    policy.provisions.create(text="Beijing gets lathes of iron.")
    root = NAMES.current(current_index()).expanded(parse_query(typed)).root
    found = snippets(KINDS["policy"], _read(policy), wanted(root))
    assert [one.via for one in found if "lathes" in one.text] == [told]


def test_a_name_that_stands_there_as_typed_hides_no_note_of_another_thing(policy):
    Term.objects.create(term_en="Lathe", term_zh="车床", definition="It turns.")
    Term.objects.create(term_en="Mill", term_zh="铣床", definition="It mills.")
    policy.provisions.create(text="Of lathes (车床) and mills")
    root = NAMES.current(current_index()).expanded(parse_query("车床 铣床")).root
    found = snippets(KINDS["policy"], _read(policy), wanted(root))
    assert [one.via for one in found if "lathes" in one.text] == ["Mill"]
