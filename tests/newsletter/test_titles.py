"""The line that names a document."""

from __future__ import annotations

import pytest

from policies.newsletter.titles import read_title


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        ("Port Plan (港口方案)", "Port Plan", "港口方案"),
        ("Port Plan（港口方案）", "Port Plan", "港口方案"),
        (
            "Port Plan (关于印发《港口方案（试行）》的通知) ([Link](#))",
            "Port Plan",
            "关于印发《港口方案（试行）》的通知",
        ),
        (
            "Port Plan (2024-2026)(港口方案 (2024—2026 年)) ([Link](#))",
            "Port Plan (2024-2026)",
            "港口方案 (2024—2026 年)",
        ),
        (
            "Model Law 2.0 (Expert Draft) (示范法 2.0 (专家稿)) ([Link to version](#))",
            "Model Law 2.0 (Expert Draft)",
            "示范法 2.0 (专家稿)",
        ),
        ("Locks (船闸规则); Tolls (通行费)", "Locks; Tolls", "船闸规则；通行费"),
        ("Port Plan [港口方案]", "Port Plan", "港口方案"),
        ("Port Plan 港口方案", "Port Plan", "港口方案"),
        ("Port Plan《港口方案》", "Port Plan", "《港口方案》"),
        ("港口方案（试行）", "", "港口方案（试行）"),
        ("“Port Plan” (港口方案)", "Port Plan", "港口方案"),
        ("*Port Plan* (港口方案", "Port Plan", "港口方案"),
        ("Port Plan", "Port Plan", ""),
        ("Port Plan (Draft)", "Port Plan (Draft)", ""),
        ("", "", ""),
    ],
)
def test_the_titles_in_both_languages_are_told_apart(value, english, chinese):
    title = read_title(value)
    assert (title.english, title.chinese) == (english, chinese)


@pytest.mark.parametrize(
    "value",
    [
        "Port Plan (港口方案) ([Link](https://example.org/p))",
        "[Port Plan (港口方案)](https://example.org/p)",
        "Port Plan (港口方案) (Link: https://example.org/p)",
        "Port Plan (港口方案) https://example.org/p",
    ],
)
def test_the_link_is_taken_wherever_it_stands(value):
    title = read_title(value)
    assert (title.english, title.chinese) == ("Port Plan", "港口方案")
    assert title.url == "https://example.org/p"


def test_a_link_without_an_address_is_unknown():
    assert read_title("Port Plan ([Link](#))").url == ""


def test_a_document_number_is_no_part_of_a_title():
    title = read_title("Port Plan (港口方案) (交水规〔2024〕第12号)")
    assert (title.chinese, title.number) == ("港口方案", "交水规〔2024〕12号")
