"""What a reader is told when a search finds nothing or a word is misspelt."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from policies.filters import PolicyFilter
from policies.models import Company, CorporateEvent, IssuingBody, Policy, Term
from policies.search.indexing import batch
from policies.searchhelp import Help, help_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _records(db):
    with batch():
        _fill()


def _fill():
    body = IssuingBody.objects.create(slug="moa", name_en="Bureau", kind="party-organ")
    for title in ("Digital talent plan", "Digital economy plan", "Semi-conductor law", "Straße"):
        Policy.objects.create(state="published", title_en=title)
    Policy.objects.get(title_en="Digital talent plan").issuers.create(body=body)
    IssuingBody.objects.create(slug="idle", name_en="Idle", kind="party-organ")
    Term.objects.create(term_en="Computing power", term_zh="算力", pinyin="suan li", definition="d")


def helped(query: str) -> Help | None:
    data = QueryDict(query)
    return help_for(PolicyFilter(data), data)


def ways(query: str) -> dict[str, int]:
    """What may be left out and the count promised; each address is checked to keep its promise."""
    found = helped(query)
    assert found is not None
    for way in found.ways_out:
        assert len(PolicyFilter(QueryDict(way.url[1:])).ids()) == way.count, way
    counts = [way.count for way in found.ways_out]
    assert counts == sorted(counts, reverse=True)
    return {way.what: way.count for way in found.ways_out}


def test_the_word_to_drop_is_named_with_what_that_would_give():
    assert ways("q=digital+zebra") == {"zebra": 2}
    assert ways("q=digital+law") == {"digital": 1, "law": 2}
    assert ways("q=digital+-plan") == {"-plan": 2, "digital": 2}


def test_a_phrase_a_group_and_a_field_are_dropped_whole():
    assert ways('q=digital+"zebra+plan"') == {'"zebra plan"': 2}
    assert ways("q=digital+(zebra+OR+lion)") == {"zebra OR lion": 2}
    assert ways("q=digital+comment:plan") == {"comment:plan": 2}


def test_the_filter_to_drop_is_named_with_what_that_would_give():
    assert ways("q=law&body=moa") == {"Issuing body: Bureau": 1, "law": 1}
    assert ways("body=idle") == {"Issuing body: Idle": 4}
    assert ways("announced_after=2030&q=law") == {"Announced from: 2030": 1}


def test_the_other_filters_are_kept_and_the_page_is_not():
    found = helped("q=law&body=moa&page=2&sort=relevance")
    assert found is not None
    for way in found.ways_out:
        assert "page=" not in way.url
        assert "sort=relevance" not in way.url or "q=" in way.url


def test_no_way_out_is_offered_that_leads_nowhere():
    assert ways("q=zebra+lion") == {}


def test_where_every_kind_is_searched_the_ways_out_count_every_kind(client):
    page = client.get("/search/?q=bureau+zebra")
    (way,) = page.context["help"].ways_out
    assert way.what == "zebra"
    assert client.get(f"/search/{way.url}").context["count"] == way.count == 2
    whole = {str(name): (url, number) for name, url, number in page.context["whole"]}
    assert whole["Policies"] == ("/policies/", 4)
    assert whole["Issuing bodies"] == ("/bodies/", 2)
    for url, number in whole.values():
        assert client.get(url).status_code == 200
        assert f'href="{url}"' in page.content.decode(), number


def test_the_only_word_of_a_search_for_everything_is_not_left_out(client):
    page = client.get("/search/?q=zebra")
    assert page.context["help"].ways_out == []
    text = page.content.decode()
    assert 'href="/search/?"' not in text
    assert "Start again" not in text
    assert "How to search" in text


@pytest.mark.parametrize("typed", ["-", "(", ")", "OR", "  ", "&"])
def test_a_search_for_nothing_says_so_and_how_to_search(client, typed):
    text = client.get("/search/", {"q": typed}).content.decode()
    assert ("holds nothing to search for" in text) is bool(typed.strip())
    assert "How to search" in text
    assert 'class="empty"' not in text


@pytest.mark.parametrize("path", ["/policies/", "/issues/", "/phrases/"])
def test_other_pages_say_too_that_nothing_was_searched_for(client, path):
    assert "holds nothing to search for" in client.get(path, {"q": "-"}).content.decode()


@pytest.mark.parametrize(
    ("typed", "spelling"),
    [
        ("digtal talent", "digital talent"),
        ("Digtal", "digital"),
        ("ecconomy", "economy"),
        ("digtál plan", "digital plan"),
        ("ｄｉｇｔａｌ", "digital"),
        ("Straße digtal", "Straße digital"),
        ('"digtal talent"', '"digital talent"'),
        ("-digtal law", "-digital law"),
        ("title:digtal", "title:digital"),
        ("semi-condutor", "semi-conductor"),
    ],
)
def test_a_word_that_no_text_holds_is_put_right_where_it_stands(typed, spelling):
    data = QueryDict(mutable=True)
    data["q"] = typed
    found = help_for(PolicyFilter(data), data)
    assert found is not None
    assert found.spelling == spelling
    assert QueryDict(found.spelling_url[1:])["q"] == spelling


@pytest.mark.parametrize(
    "typed", ["digital", "semi-conductor", "semiconductor", "plans", "算例", "digt*", "2024", "xyz",
              "talent-digital", "zzzzzzzz"],
)  # fmt: skip
def test_a_word_that_is_right_or_near_to_nothing_is_left_alone(typed):
    found = helped(f"q={typed}")
    assert found is None or found.spelling == ""


@pytest.mark.parametrize(
    ("typed", "spelling"),
    [("Telsa", "tesla"), ("powre", "power"), ("buraeu", "bureau"),
     ("digtal powre", "digital power"), ("taxx", "taxi")],
)  # fmt: skip
def test_where_every_kind_is_searched_a_word_of_any_of_them_is_put_right(client, typed, spelling):
    tesla = Company.objects.create(slug="tesla", name_en="Tesla")
    for text in ("A works opens", "More taxis", "A taxi", "One taxi"):
        event = CorporateEvent.objects.create(state="published", text=text)
        event.companies.add(tesla)
    Policy.objects.create(state="published", title_en="Taxa")
    page = client.get("/search/", {"q": typed})
    assert page.context["help"].spelling == spelling
    assert "Did you mean" in page.content.decode()


def test_where_every_kind_is_searched_a_word_of_any_of_them_is_left_alone(client):
    IssuingBody.objects.create(slug="digtal", name_en="Digtal", kind="party-organ")
    page = client.get("/search/", {"q": "digtal zebra"})
    assert page.context["help"].spelling == ""


@pytest.mark.parametrize("typed", ["computing powr", "compute power", "算力网", "suan l"])
def test_the_nearest_terms_of_the_glossary_are_offered(typed):
    found = helped(f"q={typed} zebra lion"[: len(typed) + 2])
    assert found is not None
    assert "Computing power" in {term.term_en for term in found.terms}


def test_no_help_is_given_where_none_is_needed_or_a_value_is_wrong():
    assert helped("") is None
    assert helped("q=digital") is None
    assert helped("q=zebra&body=nobody") is None


@pytest.mark.parametrize(
    "query", ["q=%22%22", "q=-", "q=%28", "q=%F0%9F%98%80", "q=zz%00", "q=zebra+%E7%AE%97%E7%AE%97",
              "q=NOT+NOT+zebra", "q=" + "z" * 500, "q=%E2%80%AEzebra", "q=--zebra+%29%29",
              "q=" + "zebra+" * 31, "q=%C4%B0zebra+digtal", "q=%EF%AC%81zebra"],
)  # fmt: skip
def test_odd_input_is_helped_or_left_but_raises_nothing(client, query):
    assert client.get(f"/policies/?{query}").status_code == 200
    assert client.get(f"/search/?{query}").status_code == 200
