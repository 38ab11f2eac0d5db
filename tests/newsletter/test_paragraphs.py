"""Wrapped lines become paragraphs again."""

from __future__ import annotations

import pytest

from policies.newsletter.drafts import Piece
from policies.newsletter.paragraphs import Layout, make_blocks

SPACED, DENSE = Layout(70, spaced=True), Layout(70, spaced=False)


def texts(*pieces: Piece, layout: Layout = SPACED) -> list[str]:
    return [block.text for block in make_blocks(pieces, layout)]


def test_lines_without_a_blank_line_between_them_are_one_paragraph():
    assert texts(Piece(1, "The MOF said"), Piece(2, "so.")) == ["The MOF said so."]


def test_a_blank_line_after_a_sentence_parts_paragraphs():
    assert texts(Piece(1, "It said so."), Piece(3, "It was.", gap=True)) == [
        "It said so.",
        "It was.",
    ]


@pytest.mark.parametrize("second", ["firms felt so.", "2023, it said."])
def test_a_blank_line_inside_a_sentence_parts_nothing(second):
    assert texts(Piece(1, "The majority of all"), Piece(3, second, gap=True)) == [
        f"The majority of all {second}"
    ]


def test_a_blank_line_behind_a_word_that_hangs_parts_nothing():
    pieces = Piece(1, "It was issued by the"), Piece(3, "Ministry.", gap=True)
    assert texts(*pieces) == ["It was issued by the Ministry."]


def test_every_bullet_is_a_block_and_takes_its_wrapped_lines():
    made = make_blocks(
        [Piece(1, "One", bullet=True), Piece(2, "more", indent=2), Piece(3, "Two", bullet=True)],
        SPACED,
    )
    assert [(block.text, block.bullet, block.lines) for block in made] == [
        ("One more", True, (1, 2)),
        ("Two", True, (3, 3)),
    ]


def test_without_blank_lines_a_short_line_that_ends_a_sentence_ends_its_paragraph():
    pieces = Piece(1, "It ends."), Piece(2, "Another begins.")
    assert len(texts(*pieces, layout=DENSE)) == 2
    assert len(texts(*pieces, layout=SPACED)) == 1


def test_lines_too_long_to_be_wrapped_are_paragraphs():
    long = "A sentence of some length that ends here. " * 8
    assert len(texts(Piece(1, long.strip()), Piece(2, "Another begins."))) == 2


def test_chinese_lines_are_joined_without_a_space():
    assert texts(Piece(1, "港口"), Piece(2, "方案")) == ["港口方案"]


def test_a_block_knows_where_each_of_its_lines_begins():
    (block,) = make_blocks([Piece(4, "The MOF"), Piece(5, "said"), Piece(6, "so.")], SPACED)
    assert [(line, block.text[start:][:4]) for line, start in block.starts] == [
        (4, "The "),
        (5, "said"),
        (6, "so."),
    ]
