"""The headings that divide an issue."""

from __future__ import annotations

import pytest

from policies.newsletter.sections import find_section, split_people_line


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("MERICS TOP 5", "top"),
        ("HARBOUR TOP 7", "top"),
        ("Top five stories", "top"),
        ("TOP STORIES", "top"),
        ("NOTEWORTHY", "noteworthy"),
        ("## Noteworthy:", "noteworthy"),
        ("Policy news", "policy_news"),
        ("**Policy updates**", "policy_news"),
        ("policy news", "policy_news"),
        ("CORPORATE NEWS", "corporate_news"),
        ("Company news", "corporate_news"),
        ("AUTHORS", "authors"),
        ("Editor", "editors"),
        ("PUBLISHER", "publisher"),
        ("Imprint", "publisher"),
        ("Table of contents", "contents"),
    ],
)
def test_a_heading_is_known_in_any_case_and_decoration(text, section):
    assert find_section(text) == section


@pytest.mark.parametrize(
    "text", ["", "Policy news from May", "The top 5 of them", "Editorial", "x" * 200]
)
def test_other_lines_are_no_headings(text):
    assert find_section(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Authors: Ada Example", ("Authors", "Ada Example")),
        ("**Editor:** Ada Example", ("Editor", "Ada Example")),
        ("Written by Ada Example", ("Written by", "Ada Example")),
        ("Authors", None),
        ("Editors say: no", None),
    ],
)
def test_a_heading_and_names_on_one_line_are_parted(text, parts):
    assert split_people_line(text) == parts
