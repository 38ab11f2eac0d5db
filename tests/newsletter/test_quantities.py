"""The figures of a bullet, with how they are compared and what they count."""

from __future__ import annotations

import pytest

from policies.newsletter.quantities import find_quantities, has_unread_digits, has_unread_multiple


def rows(text: str) -> list[tuple[str, str, str, int | None]]:
    return [
        (one.comparator, str(one.value), one.unit, one.baseline_year)
        for one in find_quantities(text)
    ]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        (
            "Raise output by over 25 percent compared to 2023",
            ("increase by at least", "25", "percent", 2023),
        ),
        ("cut emissions by 18 percent from 2020 levels", ("change by", "18", "percent", 2020)),
        ("more than 50 percent of firms", ("at least", "50", "percent", None)),
        ("only about 4.5 percent", ("about", "4.5", "percent", None)),
        ("about [4.5 percent](https://example.org/9)", ("about", "4.5", "percent", None)),
        ("no more than 5%", ("at most", "5", "percent", None)),
        ("not exceeding 3 per cent", ("at most", "3", "percent", None)),
        ("30-percent tax credit", ("equal", "30", "percent", None)),
        ("100 or more firms", ("at least", "100", "firms", None)),
        ("16 measures", ("equal", "16", "measures", None)),
        ("1,200 stations", ("equal", "1200", "stations", None)),
        ("1 200 stations", ("equal", "1200", "stations", None)),
        ("at least ten national laboratories", ("at least", "10", "national laboratories", None)),
        ("half a million engineers", ("equal", "500000", "engineers", None)),
        ("a dozen centers", ("equal", "12", "centers", None)),
        ("two-thirds of plants", ("equal", "66.7", "percent", None)),
        ("a quarter of all ports", ("equal", "25", "percent", None)),
        ("at least 180 GW", ("at least", "180", "GW", None)),
        ("a density of 400 Wh/kg", ("equal", "400", "Wh/kg", None)),
        ("4 million m² of docks", ("equal", "4000000", "m²", None)),
        ("by 3 percentage points", ("change by", "3", "percentage points", None)),
        ("500-billion-yuan fund", ("equal", "500000000000", "CNY", None)),
        ("港口吞吐量提高20%以上", ("at least", "20", "percent", None)),
        ("to no more than ten", ("at most", "10", "", None)),
        ("from 10 percent to 20 percent", ("equal", "20", "percent", None)),
        ("to 3.5 percent, up from 2.1 percent", ("equal", "3.5", "percent", None)),
    ],
)
def test_a_figure_is_read_with_comparison_unit_and_base(text, figure):
    assert rows(text) == [figure]


def test_two_figures_of_a_bullet_are_two_quantities():
    text = "raise the share of tools to 90 percent, and of methods to 75 percent"
    assert [row[1] for row in rows(text)] == ["90", "75"]


@pytest.mark.parametrize(
    "text", ["20-30 percent", "between 20 and 30 percent", "20 percent to 30 percent"]
)
def test_a_range_is_a_lower_and_an_upper_bound(text):
    assert [row[:2] for row in rows(text)] == [("at least", "20"), ("at most", "30")]


@pytest.mark.parametrize(
    "text",
    [
        "by 2027",
        "the 2024-2026 plan",
        "before May 19, 2024",
        "5G and C919",
        "Version 2.0",
        "Made in China 2025",
        "Article 5 of the law",
        "国能发〔2025〕18号",
        "one of the firms",
        "the second half",
    ],
)
def test_years_dates_and_numbers_in_names_are_no_figures(text):
    assert rows(text) == []


@pytest.mark.parametrize("text", ["split 40/60", "grow by 3,5 percent", "follow 1.2.3 closely"])
def test_a_figure_that_is_not_understood_is_noticed(text):
    assert has_unread_digits(text)


@pytest.mark.parametrize(
    "text", ["reach 90 percent by 2027", "by 2027 and 5G", "Version 2.0", "by April 3, 2026", ""]
)
def test_a_text_whose_figures_are_understood_raises_no_doubt(text):
    assert not has_unread_digits(text)


def test_a_decimal_comma_makes_no_wrong_figure():
    assert rows("grow by 3,5 percent") == []


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Create three to five clusters", "3", "5", "clusters"),
        ("Create between three and five clusters", "3", "5", "clusters"),
        ("Train two to three million workers", "2000000", "3000000", "workers"),
        ("Train 2 to 3 million workers", "2000000", "3000000", "workers"),
        ("Found one or two labs", "1", "2", "labs"),
        ("Found twenty-five to thirty labs", "25", "30", "labs"),
        ("Take in five hundred to six hundred students", "500", "600", "students"),
        ("Take in 500 to one thousand students", "500", "1000", "students"),
    ],
)
def test_a_range_in_words_is_a_lower_and_an_upper_bound(text, low, high, unit):
    assert [row[:3] for row in rows(text)] == [("at least", low, unit), ("at most", high, unit)]


@pytest.mark.parametrize("text", ["from one to another", "one or more of the firms", "one to be"])
def test_words_that_begin_no_range_are_no_figures(text):
    assert rows(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Double the number of charging points",
        "Triple output by 2027",
        "Raise output threefold",
        "Raise output 10-fold",
        "Halve the use of coal",
        "Cut waste in half",
        "Cut waste by more than half",
        "Cut waste by a third",
        "Aim to more than double sales",
        "Three-to-five new clusters",
        "产值翻一番",
    ],
)
def test_a_multiple_is_not_read_and_doubted(text):
    assert rows(text) == []
    assert has_unread_multiple(text)


@pytest.mark.parametrize(
    "text",
    [
        "Promote double first-class universities",
        "Go on with the double reduction policy",
        "Build double-track lines",
        "Leave it to a third party, or by a third party",
        "By half a million",
        "in the first half of 2027",
    ],
)
def test_words_that_only_look_like_multiples_raise_no_doubt(text):
    assert not has_unread_multiple(text)


def test_by_half_is_a_change_by_fifty_percent():
    assert rows("Cut waste by half by 2027") == [("change by", "50", "percent", None)]
    assert not has_unread_multiple("Cut waste by half by 2027")
