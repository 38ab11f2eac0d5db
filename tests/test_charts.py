"""A chart's numbers are those of the lists that its marks lead to, whatever was searched."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.charts import ABOVE, TALLEST, Cell, horizon
from policies.charts.room import WIDTHS, breadth
from policies.filters import TargetFilter
from policies.models import Policy, Sector
from policies.newsletter import PreciseDate
from policies.search.index import INDEX
from policies.search.indexing import batch

SECTORS = ["works", "lathes", "trams", "steel", "wool", "salt", "tea"]
STATUSES = ["open", "met", "missed", "replaced", "unverifiable"]
YEARS = ["2025", "2026", "2027", "2030", "unknown"]
VALUES = {
    "sector": SECTORS, "not_sector": SECTORS, "status": STATUSES, "not_status": STATUSES,
    "year": YEARS, "not_year": YEARS, "quantified": ["yes", "no"], "unit": ["percent", "GW"],
    "due": ["within-a-year", "overdue"], "due_after": ["2026"], "q": ["lathe", "-tram"],
    "page": ["2"], "sort": ["-due"],
}  # fmt: skip
PAIRS = st.sampled_from([(name, value) for name, values in VALUES.items() for value in values])

pytestmark = pytest.mark.django_db


@pytest.fixture
def targets() -> None:
    """Sixty targets of twelve policies: in no, one or three sectors, due in some years or none."""
    sectors = [Sector.objects.create(slug=slug, name_en=slug.title()) for slug in SECTORS]
    for child in sectors[1:3]:
        child.parent = sectors[0]
        child.save()
    with batch():
        for number in range(12):
            policy = Policy.objects.create(state="published", title_en=f"Plan {number}")
            policy.sectors.set({sectors[number * n % 7] for n in (1, 2, 3)} if number % 4 else ())
            for n in range(5):
                place = number * 5 + n
                target = policy.targets.model(
                    policy=policy, text="A lathe" if place % 3 else "A tram", position=n + 1,
                    value=place if place % 2 else None, status=STATUSES[place * place % 5],
                    unit=["", "percent", "", "GW"][place % 4],
                )  # fmt: skip
                year = YEARS[place % 7 % 5]
                target.due = PreciseDate.of(int(year)) if year.isdigit() else None
                target.save()
    INDEX.forget()


def found(url: str) -> int:
    filterset = TargetFilter(QueryDict(url.removeprefix("?")))
    assert filterset.errors_by_parameter == []
    return len(filterset.ids())


def asked(pairs: list[tuple[str, str]], split: str) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in [*pairs, ("split", split)]:
        if name in ("sector", "not_sector", "status", "not_status", "year", "not_year", "unit"):
            query.appendlist(name, value)
        else:
            query[name] = value
    return query


def wrong(cells: list[Cell]) -> list[Any]:
    return [(cell, found(cell.url)) for cell in cells if cell.count != found(cell.url)]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pairs=st.lists(PAIRS, max_size=4), split=st.sampled_from(["status", "sector"]))
def test_each_number_is_what_its_link_finds_and_all_add_up(targets, pairs, split):
    query = asked(pairs, split)
    filterset = TargetFilter(query)
    assert filterset.errors_by_parameter == []
    chart = horizon(filterset, query, split)
    if chart is None:
        assert not filterset.ids()
        return
    assert chart.count == len(filterset.ids())
    assert wrong(chart.parts) == []
    assert sum(part.count for part in chart.parts) == chart.count
    assert sum(column.total.count for column in chart.columns) == chart.count
    for column in chart.columns:
        assert sum(cell.count for cell in column.cells) == column.total.count
        assert wrong([cell for cell in [column.total, *column.cells] if cell.count]) == []
        assert [mark.cell for mark in column.marks] == [c for c in column.cells if c.count]


def visible(columns: list[Any], width: str) -> list[str]:
    return [column.total.label for column in columns if width not in column.unnamed]


def test_names_of_years_thin_out_and_never_touch_at_any_width(db):
    policy = Policy.objects.create(state="published", title_en="Plan")
    for place, year in enumerate([2024, 2025, 2025, 2026, 2027, 2030, 2060, None], 1):
        target = policy.targets.model(policy=policy, text="A goal", position=place)
        target.due = PreciseDate.of(year) if year else None
        target.save()
    chart = horizon(TargetFilter(QueryDict("")), QueryDict(""), "status")
    assert chart.below == list(WIDTHS)
    for width, room in WIDTHS.items():
        names = visible(chart.columns, width)
        assert (names[0], names[-1]) == ("2024", "2060")
        shown = [column for column in chart.columns if width not in column.unnamed]
        apart = [(b.middle - a.middle) * room / 100 for a, b in pairwise(shown)]
        assert min(apart) > breadth("2024")
        assert any(c.total.label == "2025" and width not in c.unnumbered for c in chart.columns)
    assert visible(chart.columns, "phone") == ["2024", "2030", "2040", "2050", "2060"]
    assert visible(chart.columns, "desk")[:4] == ["2024", "2026", "2028", "2030"]
    rows = [(row.total.label, row.last, row.total.count) for row in chart.rows]
    assert rows[4:] == [
        ("2028", "", 0), ("2029", "", 0), ("2030", "", 1), ("2031", "2059", 0), ("2060", "", 1),
        ("No date", "", 1),
    ]  # fmt: skip
    assert sum(number for _, _, number in rows) == chart.count == 8


def test_few_years_are_all_named_on_a_desk_and_no_date_stands_beside_them(targets):
    chart = horizon(TargetFilter(QueryDict("")), QueryDict(""), "status")
    assert visible(chart.columns, "desk") == [column.total.label for column in chart.columns]
    assert "desk" not in chart.below


def test_years_without_targets_leave_a_gap_and_unknown_years_stand_last(targets):
    chart = horizon(TargetFilter(QueryDict("")), QueryDict(""), "status")
    labels = [column.total.label for column in chart.columns]
    assert labels == ["2025", "2026", "2027", "2028", "2029", "2030", "No date"]
    assert [c.total.label for c in chart.columns if not c.marks] == ["2028", "2029"]
    tallest = max(chart.columns, key=lambda column: column.total.count)
    drawn = sum(mark.height for mark in tallest.marks)
    assert abs(drawn - TALLEST) <= len(tallest.marks)
    assert min(mark.y for column in chart.columns for mark in column.marks) >= ABOVE
