"""Query strings of many links put together at once."""

import pytest
from django.http import QueryDict

from policies.querystrings import rest, rest_by


@pytest.mark.parametrize(
    "query", ["", "q=新+energy&page=3", "sector=steel&main=miit&sector=energy&page=2", "main=ndrc"]
)
@pytest.mark.parametrize("value", ["miit", "a b&c", "国务院"])
def test_links_made_together_ask_for_what_each_alone_would(query, value):
    together, alone = rest_by(QueryDict(query), "main")(value), rest(QueryDict(query), main=value)

    assert QueryDict(together) == QueryDict(alone)
