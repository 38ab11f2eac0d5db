"""What counts as the same word, however it was typed or printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.search.characters import fold, fold_traced
from policies.search.terms import normal_text, terms_of
from policies.search.words import document_numbers, stem, traced_words, words_of

BRACKETS = ["〔{}〕", "（{}）", "({})", "[{}]", "［{}］", "【{}】", "{{{}}}"]


def numbers(text: str) -> list[str]:
    return [number for number, _, _ in document_numbers(fold(text))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zürich", "zurich"),
        ("CAFÉ", "cafe"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("ﬁne", "fine"),
        ("Ｃ９１９", "C919"),
        ("ＭＩＩＴ　２０２４", "miit 2024"),
        ("關於計畫", "关于计画"),
        ("數據", "数据"),
        ("China’s", "China's"),
        ("China's", "china"),
        ("workers’", "workers"),
        ("U.S.", "us"),
        ("J.P. Morgan", "JP Morgan"),
        ("1,200", "1200"),
        ("3,000,000.5", "3000000.5"),
        ("semi–conductor", "semi-conductor"),
        ("R＆D", "r&d"),
        ("专精特新“小巨人”企业", "专精特新小巨人企业"),
        ("专精特新‘小巨人’企业", "专精特新小巨人企业"),
        ("《数据安全法》", "数据安全法"),
        ("「算力」", "算力"),
        ("算\u200b力", "算力"),
        ("\u202e算力\u202c", "算力"),
    ],
)
def test_spellings_that_mean_the_same_are_the_same(one, other):
    assert words_of(one) == words_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.5", "15"), ("1,5", "15"), ("5G", "5"), ("C919", "919"), ("R&D", "RD"), ("算力", "力算")],
)
def test_spellings_that_mean_other_things_stay_apart(one, other):
    assert words_of(one) != words_of(other)


@pytest.mark.parametrize(
    "text", ["R&D", "C919", "5G", "U.S.", "1,200", "1.5", "covid-19", "O’Neill"]
)
def test_a_name_with_signs_or_figures_is_one_word(text):
    assert len(words_of(text)) == 1


@pytest.mark.parametrize("text", ["r & d", "5G网络", "x_y", "2024-2026", "50—60", "a.b", "½"])
def test_what_only_stands_together_is_two_words(text):
    assert len(words_of(text)) == 2


def test_figures_beside_chinese_are_words_of_their_own():
    assert words_of("到2025年，算力超过300EFLOPS") == ["到", "2025", "年", "算力超过", "300eflops"]


def test_a_stem_joins_the_forms_of_a_word_and_leaves_names_alone():
    assert stem("policies") == stem("policy")
    assert stem("computing") == stem("compute")
    assert [stem(word) for word in ("c919", "算力", "5g")] == ["c919", "算力", "5g"]


def test_a_hyphened_word_is_kept_as_its_parts_and_as_one():
    terms = terms_of(normal_text(["semi-conductor"]))
    assert {"=semi", "=conductor", "=semiconductor"} <= terms
    assert "=semi-conductor" not in terms


def test_chinese_gives_its_characters_and_pairs_but_no_pair_over_a_gap():
    terms = terms_of(normal_text(["算力，数据"]))
    assert {"算", "力", "数", "据", "算力", "数据"} <= terms
    assert "力数" not in terms


def test_the_last_word_of_one_text_is_no_neighbour_of_the_first_of_the_next():
    assert "算力 数据" not in normal_text(["算力", "数据"])
    assert "chips steel" not in normal_text(["chips", "steel"])


def test_an_endless_word_is_cut_and_an_endless_sentence_is_not():
    assert max(map(len, terms_of(normal_text(["a" * 5000])))) <= 101
    assert "尾" in terms_of(normal_text(["算" * 5000 + "尾"]))


# Document numbers


@pytest.mark.parametrize("bracket", BRACKETS)
@pytest.mark.parametrize("rest", ["53号", "第53号", "53", "第53", " 53 号", "053号"])
def test_a_document_number_is_the_same_in_every_bracket_with_and_without_its_signs(bracket, rest):
    assert numbers("工信部联规" + bracket.format(2024) + rest) == ["№工信部联规[2024]53"]


def test_a_number_without_its_office_is_found_too():
    assert numbers("〔2024〕53号") == ["№[2024]53"]
    assert "№[2024]53" in terms_of(normal_text(["工信部联规〔2024〕53号"]))


@pytest.mark.parametrize(
    "text", ["国务院令第785号", "国务院令785号", "国务院令785", "国务院令 第 785 号",
             "中华人民共和国国务院令第785号", "國務院令第785號"],
)  # fmt: skip
def test_an_order_is_the_same_with_and_without_its_signs_and_the_states_name(text):
    assert numbers(text) == ["№国务院令785"]


@pytest.mark.parametrize(
    "text",
    ["（2024）", "增长（2024）5.3%", "（1824）5号", "2024年53号", "命令785", "（2024）3,000"],
)
def test_what_only_looks_like_a_document_number_is_none(text):
    assert [n for n in numbers(text) if not n.startswith("№命令")] == []


def test_two_numbers_in_one_text_are_both_read():
    assert numbers("财会〔2024〕1号、发改〔2023〕12号") == ["№财会[2024]1", "№发改[2023]12"]


# Places in the original


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the “Zürich” plan", ["the", "Zürich", "plan"]),
        ("专精特新“小巨人”企业！", ["专精特新“小巨人”企业"]),
        ("《数据》法", ["数据》法"]),
        ("ﬁne Straße", ["ﬁne", "Straße"]),
        ("China’s R&D", ["China’s", "R&D"]),
        ("算\u200b力 5G", ["算\u200b力", "5G"]),
        ("㍿算力", ["㍿算力"]),
        ("É\u0301clair end", ["É\u0301clair", "end"]),
    ],
)
def test_a_word_points_at_its_characters_in_the_original(text, found):
    assert [text[w.start : w.end] for w in traced_words(text)] == found


@given(st.text(max_size=60))
def test_any_text_folds_the_same_traced_or_not_and_each_word_reads_back(text):
    folded, places = fold_traced(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert places == sorted(places)
    words = traced_words(text)
    assert [word.text for word in words] == words_of(text)
    assert all(0 <= w.start < w.end <= len(text) for w in words)
    assert normal_text([text]) == "" or words


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
