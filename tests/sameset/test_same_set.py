"""Whatever is asked, each form of the answer holds the same records."""

from __future__ import annotations

import pytest

from .comparing import Comparison, asked_of
from .questions import Questions

pytestmark = pytest.mark.django_db
SEED, NUMBER = 5, 8


def test_each_form_of_a_random_search_holds_what_its_page_holds(seeded, client):
    comparison = Comparison(client, SEED)
    assert sum(1 for _ in asked_of(comparison, Questions(SEED), NUMBER)) == NUMBER
    assert comparison.differences == []
    assert sum(comparison.sizes) > 0
    assert {"atom", "ics", "alert", "xlsx", "API", "facet"} <= comparison.forms.keys()
