"""The order of records in a preview and in a mail: no record is lost for it."""

import pytest
from django.http import QueryDict

from policies.alerts.searches import Search


@pytest.mark.parametrize("query", ["", "q=computing"])
def test_a_record_that_the_order_does_not_hold_yet_comes_last(seeded, query):
    search = Search("policies", QueryDict(query))
    keys = list(search.ids)
    late = 1_000_000
    assert search.in_order([late, *keys])[-1] == late
    assert set(search.in_order([late, *keys])) == {late, *keys}
