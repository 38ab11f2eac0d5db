"""The index made anew is the one that edits made, and whatever is wrong with it is named."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from policies.models import (
    Policy,
    SearchDocument,
    SearchPosting,
    SearchState,
    Term,
)
from policies.search import rebuilding
from policies.search.found import Found
from policies.search.index import Index
from policies.search.kinds import KINDS
from policies.search.query import parse_query
from policies.search.rebuilding import faults, rebuild

TEXTS = ["the state of the art", "of the", "the the of", "state-of-the-art", "The art, of state",
         "art of", "算力 of the 数据", "off the"]  # fmt: skip
PHRASES = ['"of the"', '"the state of the art"', '"the of"', '"state of the"', '"of the 数据"',
           '="the art"', '"state-of-the-art"', "of the",
           '"art of"', '"of stat"*', "of -the"]  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _records(db):
    for text in TEXTS:
        Policy.objects.create(state="published", title_en=text, summary=text[::-1])
    Policy.objects.create(title_en="A draft of the law")
    Term.objects.create(term_en="Computing power", term_zh="算力", definition="d")


def quiet(*_: Any) -> None:
    """Hear of a step and do nothing."""


def tables() -> tuple:
    """All that the index holds."""
    postings = SearchPosting.objects.values_list("kind", "term", "block", "data")
    documents = SearchDocument.objects.values_list("kind", "record_id", "text", "values")
    made = [(kind, bytes(term), block, bytes(data)) for kind, term, block, data in postings]
    return sorted(made), sorted(documents)


def verified() -> tuple[str, int]:
    """What `verify_search` says, and its exit status."""
    out = StringIO()
    try:
        call_command("verify_search", stdout=out)
    except SystemExit as status:
        return out.getvalue(), int(str(status.code))
    return out.getvalue(), 0


def answers() -> dict[str, list[int]]:
    index = Index().current()
    return {typed: list(Found(index, "policy", parse_query(typed)).matching) for typed in PHRASES}


def test_a_rebuild_makes_what_edits_made():
    before = tables()
    assert rebuild(quiet) == len(TEXTS) + 1
    assert tables() == before
    assert verified() == ("The search index is right.\n", 0)


def test_a_rebuild_mends_an_index_that_was_lost():
    before = tables()
    SearchPosting.objects.all().delete()
    SearchDocument.objects.all().delete()
    assert verified()[1] == 1
    call_command("rebuild_search", stdout=StringIO())
    assert tables() == before


class Stopped(Exception):
    """Somebody pressed Ctrl-C."""


def test_a_rebuild_that_was_stopped_goes_on_where_it_was():
    SearchPosting.objects.all().delete()
    heard: list[str] = []

    def stop_after_policies(name: str, *_: int) -> None:
        heard.append(name)
        if name == "policy":
            raise Stopped

    with pytest.raises(Stopped):
        rebuild(stop_after_policies)
    progress = SearchState.objects.get().progress
    assert list(progress) == ["policy"]
    assert rebuild(quiet) == 1
    assert SearchState.objects.get().next_pair_words is None
    assert verified()[1] == 0


def test_a_stopped_rebuild_can_be_started_over():
    def stop(*_: Any) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        rebuild(stop)
    assert rebuild(quiet, anew=True) == len(TEXTS) + 1


def test_searches_go_on_and_edits_are_kept_during_a_rebuild():
    reader = Index()

    def edit(name: str, *_: int) -> None:
        Policy.objects.create(state="published", title_en=f"Algae beside {name}")
        held = reader.current().kind("policy")
        assert len(held.everything) == Policy.objects.published().count()

    rebuild(edit)
    assert verified()[1] == 0


def test_edits_while_a_block_is_made_are_kept(monkeypatch):
    make = rebuilding.block_terms

    def made_slowly(*given: Any) -> Any:
        made = make(*given)
        Policy.objects.filter(title_en="off the").first().delete()
        policy = Policy.objects.get(title_en="of the")
        policy.title_en = "Algae"
        policy.save()
        Policy.objects.create(state="published", title_en="Algae too")
        monkeypatch.setattr(rebuilding, "block_terms", make)
        return made

    monkeypatch.setattr(rebuilding, "block_terms", made_slowly)
    rebuild(quiet)
    assert verified()[1] == 0
    found = Found(Index().current(), "policy", parse_query("algae"))
    assert len(found.matching) == 2


def test_pairs_of_frequent_words_give_the_same_answers(monkeypatch):
    plain = answers()
    assert sum(map(len, plain.values())) > 10
    monkeypatch.setattr(rebuilding, "FEWEST_FOR_PAIRS", 1)
    rebuild(quiet)
    state = SearchState.objects.get()
    assert {"of", "the"} <= set(state.pair_words)
    assert SearchPosting.objects.filter(term=b"of|the").exists()
    assert answers() == plain
    Policy.objects.create(state="published", title_en="An end of the line")
    assert len(answers()['"of the"']) == len(plain['"of the"']) + 1
    assert verified()[1] == 0


def test_what_was_deleted_past_django_goes_with_a_rebuild():
    key = Term.objects.get().pk
    Term.objects.all()._raw_delete("default")
    assert f"term {key} is in the index and not public" in verified()[0]
    rebuild(quiet)
    assert verified()[1] == 0


# Planted faults


def _stale() -> None:
    Policy.objects.filter(title_en="art of").update(title_en="Algae")


def _unindexed() -> None:
    Policy.objects.filter(state="in-review").update(state="published")


def _orphan() -> None:
    Policy.objects.filter(title_en="art of").update(state="withdrawn")


def _missing_posting() -> None:
    SearchPosting.objects.filter(kind=KINDS["policy"].number, term=b"art").delete()


def _stray_posting() -> None:
    row = SearchPosting.objects.filter(kind=KINDS["policy"].number, term=b"art").get()
    SearchPosting.objects.create(kind=row.kind, term=b"algae", block=0, data=bytes(row.data))


def _posting_of_no_record() -> None:
    row = SearchPosting.objects.filter(kind=KINDS["policy"].number, term=b"art").get()
    SearchPosting.objects.create(kind=row.kind, term=b"art", block=3, data=bytes(row.data))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (_stale, "is in the index as it was before a change"),
        (_unindexed, "is public and not in the index"),
        (_orphan, "is in the index and not public"),
        (_missing_posting, "the postings of “art” in block 0 are wrong"),
        (_stray_posting, "the postings of “algae” in block 0 are wrong"),
        (_posting_of_no_record, "the postings of “art” in block 3 are wrong"),
    ],
)
def test_a_fault_is_named_with_exit_status_1_and_a_rebuild_mends_it(fault, said):
    fault()
    out, status = verified()
    assert said in out
    assert "rebuild_search puts them right" in out
    assert status == 1
    rebuild(quiet)
    assert list(faults(quiet)) == []
