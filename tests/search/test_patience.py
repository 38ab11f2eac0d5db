"""What is found, and said, where looking through the texts takes too long."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from policies.filters import PolicyFilter
from policies.models import IssuingBody, Policy
from policies.search import evaluate
from policies.search.index import INDEX

pytestmark = pytest.mark.django_db


@pytest.fixture
def records(db) -> dict[str, Policy]:
    titles = ("Smart computing", "Computing smart", "Steel", "Steel for smart computing", "Issued")
    made = {title: Policy.objects.create(state="published", title_en=title) for title in titles}
    body = IssuingBody.objects.create(slug="o", name_en="Smart Computing Office", kind="former")
    made["Issued"].issuers.create(body=body)
    return made


def found(records: dict[str, Policy], typed: str) -> tuple[set[str], bool]:
    data = QueryDict(mutable=True)
    data["q"] = typed
    asked = PolicyFilter(data)
    assert asked.errors_by_parameter == []
    keys = asked.page(0, 100)
    assert set(keys) == set(asked.ids())
    return {t for t, policy in records.items() if policy.pk in keys}, asked.found.is_partial


QUERIES = {
    '"smart computing"': set(),
    '-"smart computing"': {"Steel"},
    'steel -"smart computing"': {"Steel"},
    'NOT NOT "smart computing"': set(),
    '-(steel OR "smart computing")': set(),
    '-(steel "smart computing")': {"Smart computing", "Computing smart", "Steel", "Issued"},
    '-(steel -"smart computing")': {"Smart computing", "Computing smart", "Issued"},
    '-(-(-"smart computing"))': {"Steel"},
    '-="smart computing"': {"Steel"},
    '-"smart comput"*': {"Steel"},
    'steel OR -"smart computing"': {"Steel", "Steel for smart computing"},
    'NOT body:"smart computing"': {"Smart computing", "Computing smart", "Steel",
                                   "Steel for smart computing"},
}  # fmt: skip


@pytest.mark.parametrize("typed", QUERIES)
def test_a_search_that_was_cut_short_gives_nothing_that_it_should_not(records, monkeypatch, typed):
    with monkeypatch.context() as slow:
        slow.setattr(evaluate, "PATIENCE", -1.0)
        cut, is_partial = found(records, typed)
    assert cut == QUERIES[typed]
    assert is_partial
    INDEX.forget()
    whole, is_partial = found(records, typed)
    assert cut <= whole
    assert not is_partial
