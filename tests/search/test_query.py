"""The language of the search box: what each sign means, and that nothing typed is an error."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.search.query import (
    DEEPEST,
    FIELDS,
    All,
    Any,
    Match,
    Not,
    Number,
    QueryRefused,
    leaves,
    parse_query,
)
from policies.search.terms import FIELD_NAMES
from policies.search.writing import written

SIGNS = ['"', "(", ")", "-", "=", "*", ":", " OR ", " NOT ", " AND ", "|", "+", "&&", " ", "\0",
         "title:", "body:", "TITLE:", "算力", "工信部联规〔2024〕53号",
         "国务院令第785号", "（2024）7号",
         "chips", "semi-conductor", "“", "”", "（", "）", "《", "》",
         "U.S.", "5G", "\u202e", "\ud800"]  # fmt: skip
TYPED = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(SIGNS), max_size=25).map("".join),
)


def root(typed: str):
    return parse_query(typed).root


def word(text: str, **more) -> Match:
    return Match((text,), text, **more)


def notices(typed: str) -> str:
    return " ".join(parse_query(typed).notices)


def test_words_beside_each_other_must_all_occur():
    assert root("steel chips") == All((word("steel"), word("chips")))
    assert root("steel AND chips") == root("steel && chips") == root("steel + chips")
    assert root("steel AND chips") == root("steel chips")


def test_a_phrase_stands_in_quotes_of_any_kind():
    assert root('"digital economy"') == Match(
        ("digital", "economy"), "digital economy", quoted=True
    )
    assert root("“digital economy”") == root('"digital economy"') == root("«digital economy»")


def test_an_equals_sign_asks_for_words_as_typed():
    assert root("=chips") == word("chips", exact=True)
    assert root('="digital economy"').exact
    assert root("=chip*") == word("chip", exact=True, prefix=True)


def test_a_star_asks_for_what_begins_so():
    assert root("comput*") == word("comput", prefix=True)
    assert root("数*").prefix
    assert root('"digital econ"*').prefix
    assert root('="digital econ"*') == replace(root('"digital econ"*'), exact=True)


@pytest.mark.parametrize("typed", ["TITLE:)0", "title:", "(title:) steel", ":title: *"])
def test_a_field_of_nothing_is_a_word_however_often_it_is_read(typed):
    found = parse_query(typed).root
    assert parse_query(written(found)).root == found


def test_a_space_after_the_name_of_a_field_is_no_word():
    assert root("title: steel") == root("title:steel")
    assert root("body:  工信部 steel") == root("body:工信部 steel")


@pytest.mark.parametrize("typed", ["-steel", "NOT steel", "－steel", "--steel"])
def test_minus_and_not_exclude(typed):
    assert root(typed) == Not(word("steel"))


def test_a_dash_on_its_own_excludes_nothing():
    assert root("steel - chips") == root("steel chips")


def test_a_hyphen_inside_a_word_excludes_nothing():
    assert root("semi-conductor") == word("semi-conductor")


@pytest.mark.parametrize("typed", ["steel OR chips", "steel | chips", "steel || chips"])
def test_or_gives_alternatives(typed):
    assert root(typed) == Any((word("steel"), word("chips")))


def test_or_binds_less_than_standing_together_and_brackets_more():
    assert root("a b OR c") == Any((All((word("a"), word("b"))), word("c")))
    assert root("a (b OR c)") == All((word("a"), Any((word("b"), word("c")))))
    assert root("a （b OR c）") == root("a (b OR c)")


def test_small_or_and_not_are_words():
    assert len(leaves(root("steel or not chips"))) == 4


def test_a_group_can_be_excluded():
    assert root("-(a OR b)") == Not(Any((word("a"), word("b"))))


@pytest.mark.parametrize("name", FIELD_NAMES)
def test_each_field_narrows_words_phrases_groups_and_numbers(name):
    fields = FIELD_NAMES[name]
    for typed in (
        "{}:steel",
        '{}:"a b"',
        "{}:(a OR b -c)",
        "{}:工信部联规〔2024〕53号",
        "{}：steel",
    ):
        assert {leaf.fields for leaf in leaves(root(typed.format(name)))} == {fields}
    assert leaves(root(f"{name}:a b"))[1].fields == FIELDS
    assert root(f"-{name}:a") == root(f"{name}:-a")
    assert root(f"{name.upper()}:a") == root(f"{name}:a")


def test_the_name_of_a_field_before_a_closing_bracket_is_a_word():
    assert [leaf.words for leaf in leaves(root("(steel title:) chips"))] == [
        ("steel",),
        ("title",),
        ("chips",),
    ]


def test_a_name_that_is_no_field_is_a_word():
    assert [leaf.words for leaf in leaves(root("author:wu"))] == [("author",), ("wu",)]


@pytest.mark.parametrize(
    "typed", ["工信部联规〔2024〕53号", "工信部联规（2024）53号", "工信部联规(2024)53",
              "工信部联规 [2024] 第53号", "(工信部联规〔2024〕53号)", "工信部联规【2024】53号"],
)  # fmt: skip
def test_a_document_number_is_one_condition_in_any_brackets(typed):
    found = root(typed)
    assert isinstance(found, Number)
    assert found.term == "№工信部联规[2024]53"


def test_an_order_is_one_condition_and_may_be_excluded():
    assert root("国务院令第785号").term == "№国务院令785"
    assert isinstance(root("-国务院令第785号"), Not)
    assert len(leaves(root("国务院令第785号 steel"))) == 2


def test_a_year_in_brackets_is_a_group_and_no_document_number():
    assert root("(2024) 53") == All((word("2024"), word("53")))


# Read kindly


@pytest.mark.parametrize(
    ("typed", "meant", "said"),
    [
        ('"digital economy', '"digital economy"', "quotation mark is not closed"),
        ("(a b", "a b", "bracket is not closed"),
        ("a b)", "a b", "closing bracket"),
        ("OR a", "a", "OR stands between two words"),
        ("a OR", "a", "OR stands between two words"),
        ("a OR OR b", "a OR b", "OR stands between two words"),
        ("(a OR) b", "a b", "OR stands between two words"),
        ("AND a", "a", "AND stands between two words"),
        ("a AND", "a", "AND stands between two words"),
        ("a AND AND b", "a b", "AND stands between two words"),
        ("a && OR b", "a OR b", "AND stands between two words"),
        ("a NOT", "a", "Nothing follows"),
        ("a -()", "a", "Nothing follows"),
        ("a & b", "a b", "holds no letter or figure"),
        ("a*b", '"a b"', "star stands only at the end"),
        (
            "foo:bar",
            "foo bar",
            "“foo:” is no place to search in; it was read as a word. Places: "
            "title, body, target, text, comment, source, facts.",
        ),
        ('a (Author:"wu li")', 'a author "wu li"', "“Author:” is no place"),
        ("-foo:bar", "-foo bar", "“foo:” is no place"),
        ("title:", "title", "Nothing follows “title:”; it was read as a word."),
        ("(title:) a", "title a", "Nothing follows “title:”"),
        ('title:"" a', "a", "Nothing to search for follows “title:”; it was left out."),
    ],
)
def test_what_makes_no_sense_is_read_kindly_and_said_so(typed, meant, said):
    assert said in notices(typed)
    assert [leaf.words for leaf in leaves(root(typed))] == [
        leaf.words for leaf in leaves(root(meant))
    ]


@pytest.mark.parametrize(
    "typed", ["a b", "a OR b", '"a b" -c', "(a OR b) c", "title:(a b)", "a*", "facts:a",
              "from 10:30 to 11:00", "ratio 3:2", "https://www.gov.cn/a/content_1.htm", "AI：行动",
              "Notice: steel", '"foo:bar"', "foo:", "title：算力", "T:a", "a:b", "2024:plan",
              "意见:steel", "mailto://x"],
)  # fmt: skip
def test_nothing_is_said_of_a_good_query(typed):
    assert notices(typed) == ""


@pytest.mark.parametrize("typed", ["", "  ", '""', "()", "-", "*", "OR", "&", "。", "\0", "\u202e"])
def test_a_query_without_words_asks_for_nothing_and_says_so(typed):
    assert parse_query(typed).is_empty
    said = "What was typed holds nothing to search for."
    assert notices(typed) == (said if typed.replace("\0", "").strip() else "")


# Limits


def test_five_hundred_characters_are_read_and_one_more_is_refused_in_words():
    assert root("算" * 500).words == ("算" * 500,)
    with pytest.raises(QueryRefused, match="at most 500 characters; this one has 501"):
        parse_query("算" * 501)


def test_thirty_two_terms_are_read_and_one_more_is_refused_in_words():
    assert len(leaves(root(" ".join(["a"] * 32)))) == 32
    with pytest.raises(QueryRefused, match="at most 32 terms; this one has 33"):
        parse_query(" ".join(["a"] * 33))


def test_brackets_within_too_many_brackets_are_left_out_and_those_after_them_are_not():
    deep = "(" * (DEEPEST + 30) + "a" + ")" * (DEEPEST + 30)
    assert root(deep) == word("a")
    assert "so many brackets" in notices(deep)
    assert _meaning(root(f"{deep} (b OR c) d")) == _meaning(root("a (b OR c) d"))


def test_what_is_excluded_twice_is_wanted_and_can_be_written_out():
    assert root("NOT NOT a") == Not(Not(word("a")))
    assert root(written(root("NOT NOT a"))) == root("NOT NOT a")


@pytest.mark.parametrize("sign", ["(", "-(", "NOT ", "title:", '"', "-", "OR ", "=", ")", "a(-"])
def test_a_wall_of_signs_is_read(sign):
    typed = (sign * 500)[:500]
    try:
        found = root(typed)
    except QueryRefused:
        return
    assert len(leaves(found)) <= 32


# Anything at all


@given(TYPED)
def test_whatever_is_typed_is_read_or_refused_and_reads_the_same_written_out(typed):
    try:
        found = parse_query(typed)
    except QueryRefused:
        return
    again = parse_query(written(found.root))
    assert _meaning(again.root) == _meaning(found.root), written(found.root)


def _meaning(node):
    """A tree without how its words were spelt, and without groups that change nothing."""
    if isinstance(node, Match):
        return (node.words, node.fields, node.exact, node.prefix)
    if isinstance(node, Number):
        return (node.term, node.fields)
    if isinstance(node, Not):
        return ("not", _meaning(node.part))
    parts = []
    for part in map(_meaning, node.parts):
        parts += part[1:] if part[0] == type(node).__name__ else [part]
    return parts[0] if len(parts) == 1 else (type(node).__name__, *parts)
