"""docs/newsletter-format.md names every heading, label and warning that the parser knows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from policies.newsletter import labels, parse_issue, sections

PAGE = Path(__file__).parents[2] / "docs" / "newsletter-format.md"
TEXT = PAGE.read_text(encoding="utf-8")
CASES = Path(__file__).parent / "cases"
VARYING = re.compile(r"\d+|: '.*|: \".*")


@pytest.mark.parametrize("word", sorted(set(sections.KINDS) | set(labels.KINDS)))
def test_every_heading_and_label_is_documented(word):
    assert re.search(rf"(?:[|,;] ){re.escape(word)}(?=,|;| \|)", TEXT)


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.json")))
def test_every_warning_of_the_cases_is_documented(name):
    told = json.loads((CASES / f"{name}.json").read_text("utf-8")).get("warnings", [])
    for warning in told:
        words = VARYING.split(warning.partition(": ")[2])[0].strip()
        known = "speaks of", "not understood", "a second", "already", "links without"
        assert words in TEXT or any(one in warning for one in known), warning


def test_the_documented_issue_is_read_without_any_doubt_but_lost_links():
    issue = parse_issue(TEXT.split("```")[3])
    assert [item.section for item in issue.items] == ["top", "policy_news", "corporate_news"]
    assert all(one.furniture for one in issue.leftovers)
    assert {one.text for one in issue.warnings} == {"a link without an address"}
